/**
 * How other systems write hashes of passwords: a row each. Text is recognised by its beginning; what has no text form of its own comes as an object. Whatever
 * is read is checked against the limits before it is taken.
 */
import { base64Of, base64OfText, bytesOf, plainBase64 } from './base64.ts'
import { type FieldHash, type KeycloakCredential, readFields, readKeycloak } from './field_notations.ts'
import { findHashProblem } from './limits.ts'
import { type Digest, isDigest, type PasswordHash, parseCrypt, parsePhc, renderPasswordHash, wholeNumber } from './password_hash.ts'

export type ImportedHash = string | FieldHash | KeycloakCredential

export type Imported = { readonly kind: 'hash'; readonly stored: string } | { readonly kind: 'problem'; readonly message: string }

export function importHash(input: ImportedHash): Imported {
  const hash = typeof input === 'string' ? readText(input) : 'credentialData' in input ? readKeycloak(input) : readFields(input)
  if (hash === undefined) return { kind: 'problem', message: 'no hash in a form that is known (docs/migration.md lists them)' }
  const problem = findHashProblem(hash)
  return problem === undefined ? { kind: 'hash', stored: renderPasswordHash(hash) } : { kind: 'problem', message: problem }
}

type TextNotation = { readonly begins: RegExp; readonly read: (text: string, begin: string) => PasswordHash | undefined }

const TEXT_NOTATIONS: readonly TextNotation[] = [
  // Django's wrapping of what has a form of its own.
  { begins: /^(?:argon2|bcrypt)\$(?=\$?(?:argon2|2))/, read: (text, begin) => readText(text.slice(begin.length).replace(/^\$*/, '$')) },
  // LDAP's and Spring's (RFC 2307 section 5.3).
  { begins: /^\{(?:CRYPT|BCRYPT|ARGON2)\}/i, read: (text, begin) => readText(text.slice(begin.length)) },
  { begins: /^\$(?:2[aby]|1|apr1|5|6)\$/, read: parseCrypt },
  { begins: /^\$fbscrypt\$/, read: readFirebaseText },
  { begins: /^\$pbkdf2(?:-sha(?:1|256|512))?\$(?=\d)/, read: readPasslibPbkdf2 },
  {
    begins: /^\{PBKDF2(?:-SHA(?:1|256|512))?\}/i,
    read: (text, begin) => readText(`$${begin.slice(1, -1).toLowerCase()}$${text.slice(begin.length)}`),
  },
  { begins: /^pbkdf2_sha(?:1|256)\$/, read: readDjangoPbkdf2 },
  { begins: /^\{S?SHA(?:-?(?:1|256|512))?\}/i, read: readLdapSha },
  { begins: /^\$(?:argon2(?:id|i|d)|scrypt|pbkdf2-sha(?:1|256|512))\$/, read: (text) => parsePhc(withPlainBase64(text)) },
]

function readText(text: string): PasswordHash | undefined {
  for (const { begins, read } of TEXT_NOTATIONS) {
    const begin = begins.exec(text)?.[0]
    if (begin !== undefined) return read(text, begin)
  }
  return undefined
}

/** Padding, and passlib's alphabet, in the last two parts. */
function withPlainBase64(text: string): string {
  const parts = text.split('$')
  return [...parts.slice(0, -2), ...parts.slice(-2).map((part) => plainBase64(part) ?? part)].join('$')
}

/** `$pbkdf2-sha256$29000$salt$hash`; without a digest it is SHA-1. */
function readPasslibPbkdf2(text: string): PasswordHash | undefined {
  const [, id = '', iterations, salt = '', hash = ''] = text.split('$')
  const digest = id.split('-')[1] ?? 'sha1'
  return isDigest(digest) ? pbkdf2(digest, wholeNumber(iterations), plainBase64(salt), plainBase64(hash)) : undefined
}

/** `pbkdf2_sha256$iterations$salt$hash`: the salt is the text itself. */
function readDjangoPbkdf2(text: string): PasswordHash | undefined {
  const [id = '', iterations, salt = '', hash = '', ...more] = text.split('$')
  const digest = id.slice('pbkdf2_'.length)
  return more.length === 0 && isDigest(digest) ? pbkdf2(digest, wholeNumber(iterations), base64OfText(salt), plainBase64(hash)) : undefined
}

const DIGEST_BYTES: Readonly<Record<Digest, number>> = { sha1: 20, sha256: 32, sha512: 64 }

/** `{SSHA}`: base64 of the digest with the salt behind it; `{SHA}`: without one. */
function readLdapSha(text: string, begin: string): PasswordHash | undefined {
  const name = begin.slice(1, -1).toLowerCase().replace('-', '')
  const isSalted = name.startsWith('ssha')
  const digest = `sha${name.slice(isSalted ? 4 : 3) || '1'}`
  const bytes = bytesOf(text.slice(begin.length))
  if (!isDigest(digest) || bytes === undefined) return undefined
  const length = DIGEST_BYTES[digest]
  if (isSalted ? bytes.length <= length : bytes.length !== length) return undefined
  const [hash, salt] = [base64Of(bytes.slice(0, length)), base64Of(bytes.slice(length))]
  return { kind: 'digest', digest, saltPosition: 'after', salt, hash }
}

/** `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=...$salt$hash`, as Supabase writes what Firebase exports. */
function readFirebaseText(text: string): PasswordHash | undefined {
  const [, , parameters = '', salt = '', hash = ''] = text.split('$')
  const named = new Map(
    parameters.split(',').map((parameter) => [parameter.split('=', 1)[0] ?? '', parameter.slice(parameter.indexOf('=') + 1)]),
  )
  if (named.get('v') !== '1' || named.get('p') !== '1') return undefined
  return readFields({
    algorithm: 'firebase-scrypt',
    hash,
    salt,
    signerKey: named.get('sk') ?? '',
    saltSeparator: named.get('ss') ?? '',
    rounds: wholeNumber(named.get('r')),
    memCost: wholeNumber(named.get('n')),
  })
}

function pbkdf2(digest: Digest, iterations: number, salt: string | undefined, hash: string | undefined): PasswordHash | undefined {
  return salt === undefined || hash === undefined ? undefined : { kind: 'pbkdf2', digest, iterations, salt, hash }
}
