/** What an authority signed that is no certificate: lists of what was revoked, and answers about one (RFC 5280 section 5.1.1.2, RFC 6960 section 4.3). */
import { type KeyObject, verify } from 'node:crypto'

export type SignedText = {
  readonly signed: Uint8Array
  readonly signature: Uint8Array
  /** Of `node:crypto`; null where the algorithm has a digest of its own. */
  readonly digest: string | null
}

/** By the object identifier of the signature. SHA-1 and MD5 are broken for this; PSS is not read. */
const DIGESTS: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': null,
  '1.3.101.113': null,
}

/** Throws where one of the three is missing, or not taken. */
export function signedText(signed: ArrayBuffer | undefined, algorithm: string, signature: ArrayBuffer): SignedText {
  const digest = DIGESTS[algorithm]
  if (digest === undefined) throw new Error(`signed by an algorithm that is not taken: ${algorithm}`)
  if (signed === undefined) throw new Error('nothing is signed in it')
  return { signed: new Uint8Array(signed), signature: new Uint8Array(signature), digest }
}

/** With another digest, or without one, `verify` throws. */
const KEYS_WITHOUT_DIGEST: readonly string[] = ['ed25519', 'ed448']

export function isSignedWith({ signed, signature, digest }: SignedText, key: KeyObject): boolean {
  return KEYS_WITHOUT_DIGEST.includes(key.asymmetricKeyType ?? '') === (digest === null) && verify(digest, signed, key, signature)
}
