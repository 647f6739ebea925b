/**
 * Compares a password with a hash that another system made. A row for each kind, loaded when the first such hash is met: a house without imported people
 * never parses one of these files.
 */
import { timingSafeEqual } from 'node:crypto'
import { findHashProblem } from '@gatehouse/core/password_hash/limits.ts'
import { type HashKind, type PasswordHash, parseStoredHash } from '@gatehouse/core/password_hash/password_hash.ts'
import type { Compute, Computed } from './compute.ts'

type Rows = { readonly [K in HashKind]: () => Promise<{ readonly compute: Compute<K> }> }

const ROWS: Rows = {
  argon2: () => import('./argon2.ts'),
  bcrypt: () => import('./bcrypt.ts'),
  scrypt: () => import('./scrypt.ts'),
  firebase_scrypt: () => import('./firebase_scrypt.ts'),
  pbkdf2: () => import('./pbkdf2.ts'),
  digest: () => import('./digest.ts'),
  md5_crypt: () => import('./md5_crypt.ts'),
  sha_crypt: () => import('./sha_crypt.ts'),
}

/** Some of these functions take time with the length of the password, too. Whoever has a longer one sets it anew. */
const LONGEST_BYTES = 512

/** Other systems hash what was typed, without bringing it to one form. */
export async function verifyForeign(stored: string, password: string): Promise<boolean> {
  const hash = parseStoredHash(stored)
  if (findHashProblem(hash) !== undefined) throw new TypeError('A stored password hash costs too much to be checked.')
  const { compute } = (await ROWS[hash.kind]()) as { readonly compute: (hash: PasswordHash, password: Buffer) => Promise<Computed> }
  const typed = Buffer.from(password, 'utf8')
  const { computed, expected } = await compute(hash, typed.subarray(0, LONGEST_BYTES))
  return typed.length <= LONGEST_BYTES && computed.length === expected.length && timingSafeEqual(computed, expected)
}
