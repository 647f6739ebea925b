/** An attestation statement (WebAuthn Level 3 section 6.5.4) with what its checks compare it to, and what several formats take out of one. */
import type { X509Certificate } from 'node:crypto'
import type { CredentialKey } from './cose.ts'

export type Statement = {
  /** The entries of `attStmt`: whatever the browser sent. */
  readonly entries: ReadonlyMap<string, unknown>
  readonly authData: Buffer
  readonly clientDataHash: Buffer
  readonly rpIdHash: Uint8Array
  readonly aaguid: Uint8Array
  readonly credentialId: Uint8Array
  readonly credential: CredentialKey
  /** Of `x5c`; empty: nobody but the credential itself vouches. */
  readonly chain: readonly X509Certificate[]
}

/** The first of the chain, which the formats call `attestnCert`, `aikCert` or `credCert`. */
export function leafOf({ chain }: Statement): X509Certificate {
  const [leaf] = chain
  if (leaf === undefined) throw new Error('no certificate')
  return leaf
}

/** What most formats sign: the authenticator's data and the hash of the client's. */
export function signedData({ authData, clientDataHash }: Statement): Buffer {
  return Buffer.concat([authData, clientDataHash])
}

export function algorithmOf({ entries }: Statement): number {
  const alg = entries.get('alg')
  if (typeof alg !== 'number') throw new Error('no algorithm')
  return alg
}

export function bytesOf({ entries }: Statement, name: 'sig' | 'certInfo' | 'pubArea'): Buffer {
  return bytes(entries.get(name))
}

export function bytes(value: unknown): Buffer {
  if (!(value instanceof Uint8Array)) throw new Error('bytes are missing')
  return Buffer.from(value)
}
