/** What each kind of hash has a file for. */
import type { HashKind, PasswordHash } from '@gatehouse/core/password_hash/password_hash.ts'

/** What was computed from the password's bytes, and what it must be. */
export type Computed = { readonly computed: Buffer; readonly expected: Buffer }
export type Compute<K extends HashKind> = (hash: Extract<PasswordHash, { kind: K }>, password: Buffer) => Promise<Computed>
