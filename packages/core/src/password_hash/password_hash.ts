/**
 * A hash of a password as other systems make it, and the one text in which it is stored: in the crypt(3) form where it has one, else as a PHC string
 * (https://github.com/P-H-C/phc-string-format). Salts and hashes are base64 without padding. What came from outside is read by `notations.ts`.
 */

export type Digest = 'sha1' | 'sha256' | 'sha512'
type Derived = { readonly salt: string; readonly hash: string }

export type PasswordHash =
  /** RFC 9106, version 1.3. */
  | ({ readonly kind: 'argon2'; readonly variant: 'argon2id' | 'argon2i' | 'argon2d' } & Argon2Cost & Derived)
  /** `$2a$`, `$2b$`, `$2y$`: the same function. */
  | { readonly kind: 'bcrypt'; readonly rounds: number; readonly text: string }
  /** RFC 7914. `logN`: the binary logarithm of N. */
  | ({ readonly kind: 'scrypt' } & ScryptCost & Derived)
  /** `hash` is the key stream under which Firebase encrypts the project's signer key; the key itself is not kept. */
  | ({ readonly kind: 'firebase_scrypt'; readonly separator: string } & ScryptCost & Derived)
  /** RFC 8018 section 5.2, with HMAC. */
  | ({ readonly kind: 'pbkdf2'; readonly digest: Digest; readonly iterations: number } & Derived)
  /** One digest over the password and a salt beside it. */
  | ({ readonly kind: 'digest'; readonly digest: Digest; readonly saltPosition: 'before' | 'after' } & Derived)
  /** `$1$` and Apache's `$apr1$`: always 1,000 rounds. */
  | { readonly kind: 'md5_crypt'; readonly text: string }
  /** `$5$` and `$6$` (Drepper, SHA-crypt). */
  | { readonly kind: 'sha_crypt'; readonly digest: 'sha256' | 'sha512'; readonly rounds: number; readonly text: string }

export type HashKind = PasswordHash['kind']
type Argon2Cost = { readonly memoryKib: number; readonly passes: number; readonly lanes: number }
type ScryptCost = { readonly logN: number; readonly blockSize: number; readonly lanes: number }

/** Throws where the text is none. The text itself is secret enough not to stand in an error. */
export function parseStoredHash(text: string): PasswordHash {
  const hash = parseCrypt(text) ?? parsePhc(text)
  if (hash === undefined) throw new TypeError('A stored password hash has no form that is known.')
  return hash
}

export function renderPasswordHash(hash: PasswordHash): string {
  switch (hash.kind) {
    case 'argon2':
      return phc(`${hash.variant}$v=19`, { m: hash.memoryKib, t: hash.passes, p: hash.lanes }, hash)
    case 'scrypt':
      return phc('scrypt', { ln: hash.logN, r: hash.blockSize, p: hash.lanes }, hash)
    case 'firebase_scrypt':
      return phc('firebase-scrypt', { ln: hash.logN, r: hash.blockSize, p: hash.lanes, ss: hash.separator }, hash)
    case 'pbkdf2':
      return phc(`pbkdf2-${hash.digest}`, { i: hash.iterations }, hash)
    case 'digest':
      return phc(`digest-${hash.digest}`, { salt: hash.saltPosition }, hash)
    default:
      return hash.text
  }
}

const CRYPT_RADIX = '[./A-Za-z0-9]'
const BCRYPT = new RegExp(`^\\$2[aby]\\$(\\d{2})\\$${CRYPT_RADIX}{53}$`)
const MD5_CRYPT = new RegExp(`^\\$(?:1|apr1)\\$${CRYPT_RADIX}{0,8}\\$${CRYPT_RADIX}{22}$`)
const SHA_CRYPT = new RegExp(`^\\$([56])\\$(?:rounds=([1-9]\\d{0,8})\\$)?${CRYPT_RADIX}{0,16}\\$(${CRYPT_RADIX}{43}|${CRYPT_RADIX}{86})$`)
const SHA_CRYPT_ROUNDS = 5000

/** The forms of crypt(3): kept as they are. */
export function parseCrypt(text: string): PasswordHash | undefined {
  const bcrypt = BCRYPT.exec(text)
  if (bcrypt) return { kind: 'bcrypt', rounds: 2 ** Number(bcrypt[1]), text }
  if (MD5_CRYPT.test(text)) return { kind: 'md5_crypt', text }
  const [, id, rounds, sum] = SHA_CRYPT.exec(text) ?? []
  if (sum === undefined || (id === '5') !== (sum.length === 43)) return undefined
  return { kind: 'sha_crypt', digest: id === '5' ? 'sha256' : 'sha512', rounds: Number(rounds ?? SHA_CRYPT_ROUNDS), text }
}

const PHC = /^\$([a-z0-9-]+)(?:\$v=(\d+))?\$([a-z]+=[A-Za-z0-9+/]*(?:,[a-z]+=[A-Za-z0-9+/]*)*)\$([A-Za-z0-9+/]*)\$([A-Za-z0-9+/]+)$/

export function parsePhc(text: string): PasswordHash | undefined {
  const [, id = '', version, parameters = '', salt, hash] = PHC.exec(text) ?? []
  if (salt === undefined || hash === undefined) return undefined
  const named = new Map(parameters.split(',').map((parameter) => parameter.split('=', 2) as [string, string]))
  const number = (name: string) => wholeNumber(named.get(name))
  const derived = { salt, hash }
  if (id === 'argon2id' || id === 'argon2i' || id === 'argon2d') {
    if (version !== '19') return undefined
    return { kind: 'argon2', variant: id, memoryKib: number('m'), passes: number('t'), lanes: number('p'), ...derived }
  }
  const scrypt = { logN: number('ln'), blockSize: number('r'), lanes: number('p'), ...derived }
  if (id === 'scrypt') return { kind: 'scrypt', ...scrypt }
  if (id === 'firebase-scrypt') return { kind: 'firebase_scrypt', separator: named.get('ss') ?? '', ...scrypt }
  const [family, digest] = id.split('-', 2)
  if (!isDigest(digest)) return undefined
  if (family === 'pbkdf2') return { kind: 'pbkdf2', digest, iterations: number('i'), ...derived }
  const saltPosition = named.get('salt')
  if (family !== 'digest' || (saltPosition !== 'before' && saltPosition !== 'after')) return undefined
  return { kind: 'digest', digest, saltPosition, ...derived }
}

/** Written in decimal; NaN is beyond every limit. */
export function wholeNumber(text: string | undefined): number {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
}

export function isDigest(text: string | undefined): text is Digest {
  return text === 'sha1' || text === 'sha256' || text === 'sha512'
}

function phc(id: string, parameters: Readonly<Record<string, string | number>>, { salt, hash }: Derived): string {
  const named = Object.entries(parameters).map(([name, value]) => `${name}=${value}`)
  return `$${id}$${named.join(',')}$${salt}$${hash}`
}
