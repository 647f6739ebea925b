/** Keys and signatures in the words of COSE (RFC 9052 section 7, RFC 9053 section 2), for `node:crypto`. */
import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

/** COSE algorithm -> its hash; null: the algorithm hashes by itself. */
const HASHES: ReadonlyMap<number, string | null> = new Map([
  [-7, 'sha256'],
  [-35, 'sha384'],
  [-36, 'sha512'],
  [-8, null],
  [-53, null],
  [-257, 'sha256'],
  [-258, 'sha384'],
  [-259, 'sha512'],
  // RS1: many TPMs sign what they certify with it, and with nothing else
  [-65_535, 'sha1'],
])
const CURVES: ReadonlyMap<unknown, string> = new Map([
  [1, 'P-256'],
  [2, 'P-384'],
  [3, 'P-521'],
  [6, 'Ed25519'],
  [7, 'Ed448'],
])
const OKP = 1
const EC2 = 2
const RSA = 3

export type CredentialKey = { readonly key: KeyObject; readonly alg: number }

export function credentialKeyOf(cose: Uint8Array<ArrayBuffer>): CredentialKey {
  const map: unknown = isoCBOR.decodeFirst(cose)
  if (!(map instanceof Map)) throw new Error('no COSE key')
  const alg: unknown = map.get(3)
  if (typeof alg !== 'number') throw new Error('a COSE key without algorithm')
  return { key: createPublicKey({ key: jwkOf(map), format: 'jwk' }), alg }
}

/** The hash of an algorithm that has one of its own; throws for the others. */
export function hashOf(alg: number): string {
  const hash = HASHES.get(alg)
  if (!hash) throw new Error(`algorithm ${alg} has no hash`)
  return hash
}

export function checkSignature(alg: number, key: KeyObject, data: Uint8Array, signature: Uint8Array): void {
  const hash = HASHES.get(alg)
  if (hash === undefined) throw new Error(`unknown algorithm ${alg}`)
  const hashesByItself = key.asymmetricKeyType === 'ed25519' || key.asymmetricKeyType === 'ed448'
  if (hashesByItself !== (hash === null)) throw new Error(`algorithm ${alg} with a key of ${key.asymmetricKeyType}`)
  if (!verify(hash, data, key, signature)) throw new Error('the signature of the statement is wrong')
}

function jwkOf(map: ReadonlyMap<unknown, unknown>): JsonWebKey {
  const kty = map.get(1)
  if (kty === RSA) return { kty: 'RSA', n: text(map.get(-1)), e: text(map.get(-2)) }
  const crv = CURVES.get(map.get(-1))
  if (crv === undefined) throw new Error('an unknown curve')
  if (kty === OKP) return { kty: 'OKP', crv, x: text(map.get(-2)) }
  if (kty === EC2) return { kty: 'EC', crv, x: text(map.get(-2)), y: text(map.get(-3)) }
  throw new Error('an unknown type of key')
}

function text(bytes: unknown): string {
  if (!(bytes instanceof Uint8Array)) throw new Error('a COSE key that is incomplete')
  return Buffer.from(bytes).toString('base64url')
}
