/** Hashes that other systems keep in several fields: a table's columns, a user export of Firebase, a credential of Keycloak. */
import { base64Of, base64OfText, bytesOf, bytesOfHex, plainBase64 } from './base64.ts'
import { type Digest, isDigest, type PasswordHash, wholeNumber } from './password_hash.ts'

type Encoding = 'base64' | 'hex'

/** `hash` is base64 unless `encoding` says otherwise; `salt` is the text itself, as WSO2 uses its column, unless `saltEncoding` does. */
export type FieldHash =
  | {
      readonly algorithm: Digest
      readonly hash: string
      readonly encoding?: Encoding | undefined
      readonly salt?: string | undefined
      readonly saltEncoding?: Encoding | 'text' | undefined
      readonly saltPosition?: 'before' | 'after' | undefined
    }
  | {
      readonly algorithm: `pbkdf2-${Digest}`
      readonly hash: string
      readonly encoding?: Encoding | undefined
      readonly salt: string
      readonly saltEncoding?: Encoding | 'text' | undefined
      readonly iterations: number
    }
  | {
      readonly algorithm: 'firebase-scrypt'
      readonly hash: string
      readonly salt: string
      readonly signerKey: string
      readonly saltSeparator: string
      readonly rounds: number
      readonly memCost: number
    }

/** As a realm's export has it: JSON in text, or the object. */
export type KeycloakCredential = { readonly secretData: string | object; readonly credentialData: string | object }

export function readFields(fields: FieldHash): PasswordHash | undefined {
  if (fields.algorithm === 'firebase-scrypt') return readFirebase(fields)
  const hash = decode(fields.hash, fields.encoding ?? 'base64')
  const salt = decode(fields.salt ?? '', fields.saltEncoding ?? 'text')
  if (hash === undefined || salt === undefined) return undefined
  if ('iterations' in fields) {
    const digest = fields.algorithm.slice('pbkdf2-'.length)
    return isDigest(digest) ? { kind: 'pbkdf2', digest, iterations: fields.iterations, salt, hash } : undefined
  }
  const isWhole = bytesOf(hash)?.length === DIGEST_BYTES[fields.algorithm]
  return isWhole ? { kind: 'digest', digest: fields.algorithm, saltPosition: fields.saltPosition ?? 'after', salt, hash } : undefined
}

const DIGEST_BYTES: Readonly<Record<Digest, number>> = { sha1: 20, sha256: 32, sha512: 64 }

/** Firebase encrypts the signer key with a stream cipher: what it encrypted with is what is left when the key is taken out. */
function readFirebase(fields: Extract<FieldHash, { algorithm: 'firebase-scrypt' }>): PasswordHash | undefined {
  const [hash, signerKey] = [urlSafe(fields.hash), urlSafe(fields.signerKey)]
  const [salt, separator] = [plainBase64(fields.salt.replaceAll('-', '+').replaceAll('_', '/')), plainBase64(fields.saltSeparator)]
  if (!hash || !signerKey || salt === undefined || separator === undefined || hash.length !== signerKey.length) return undefined
  const stream = base64Of(hash.map((byte, index) => byte ^ (signerKey[index] ?? 0)))
  return { kind: 'firebase_scrypt', logN: fields.memCost, blockSize: fields.rounds, lanes: 1, separator, salt, hash: stream }
}

/** Firebase's export is in base64, its Admin SDK's in base64url. */
function urlSafe(text: string): Uint8Array | undefined {
  return bytesOf(text.replaceAll('-', '+').replaceAll('_', '/'))
}

export function readKeycloak({ secretData, credentialData }: KeycloakCredential): PasswordHash | undefined {
  const [secret, credential] = [parseObject(secretData), parseObject(credentialData)]
  const [salt, hash] = [plainBase64(String(secret?.salt ?? '')), plainBase64(String(secret?.value ?? ''))]
  if (!credential || !salt || !hash) return undefined
  const iterations = Number(credential.hashIterations)
  const { algorithm } = credential
  const digest = algorithm === 'pbkdf2' ? 'sha1' : String(algorithm).replace(/^pbkdf2-/, '')
  if (isDigest(digest)) return { kind: 'pbkdf2', digest, iterations, salt, hash }
  if (algorithm !== 'argon2') return undefined
  const more = parseObject(credential.additionalParameters ?? {})
  const one = (name: string): string => String(Array.isArray(more?.[name]) ? more[name][0] : more?.[name])
  const variant = `argon2${one('type')}`
  if (one('version') !== '1.3' || (variant !== 'argon2id' && variant !== 'argon2i' && variant !== 'argon2d')) return undefined
  const cost = { memoryKib: wholeNumber(one('memory')), passes: iterations, lanes: wholeNumber(one('parallelism')) }
  return { kind: 'argon2', variant, ...cost, salt, hash }
}

function parseObject(given: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof given === 'object') return given === null ? undefined : (given as Record<string, unknown>)
  try {
    return parseObject(Object(JSON.parse(String(given))))
  } catch (error) {
    // No JSON: no credential.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function decode(text: string, encoding: Encoding | 'text'): string | undefined {
  if (encoding === 'text') return base64OfText(text)
  if (encoding === 'base64') return plainBase64(text)
  const bytes = bytesOfHex(text)
  return bytes && base64Of(bytes)
}
