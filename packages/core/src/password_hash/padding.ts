/**
 * What a refusal must still compute so that its time tells nothing: a tenant with foreign hashes does the work of its dearest one at every refusal. Work is
 * counted in the function's own unit (rounds, iterations, N, passes), and the rest between a cheaper hash and the dearest is made up of powers of two.
 */
import { bytesOf } from './base64.ts'
import { type Digest, type PasswordHash, parseStoredHash, renderPasswordHash } from './password_hash.ts'
import type { ImportedHashes, Shape } from './sorts.ts'

const SALT = 'AAAAAAAAAAAAAAAAAAAAAA'
const BCRYPT_SUM = '.'.repeat(53)
const DIGEST_BYTES: Readonly<Record<Digest, number>> = { sha1: 20, sha256: 32, sha512: 64 }
const LEAST_ARGON2_PASSES = 1

/** Undefined for what takes microseconds: one digest. */
export function shapeOf(hash: PasswordHash): Shape | undefined {
  switch (hash.kind) {
    case 'digest':
      return undefined
    case 'argon2':
      return { name: `${hash.variant}:m=${hash.memoryKib},p=${hash.lanes}`, work: hash.passes }
    case 'bcrypt':
      return { name: 'bcrypt', work: hash.rounds }
    case 'scrypt':
    case 'firebase_scrypt':
      return { name: `scrypt:r=${hash.blockSize},p=${hash.lanes}`, work: 2 ** hash.logN }
    case 'pbkdf2':
      // Each block of the result is an iteration of its own.
      return {
        name: `pbkdf2-${hash.digest}`,
        work: hash.iterations * Math.ceil((bytesOf(hash.hash)?.length ?? 0) / DIGEST_BYTES[hash.digest]),
      }
    case 'md5_crypt':
      return { name: 'md5_crypt', work: 1 }
    case 'sha_crypt':
      return { name: `sha_crypt-${hash.digest}`, work: hash.rounds }
  }
}

/** Hashes that are nobody's, to be computed for nothing. `stored`: the one that was computed already. */
export function paddingFor(shapes: ImportedHashes, stored: string | undefined): readonly string[] {
  const own = stored === undefined ? undefined : shapeOf(parseStoredHash(stored))
  return Object.entries(shapes).flatMap(([name, most]) => {
    const left = most - (own?.name === name ? own.work : 0)
    return parts(name, left).map((work) => renderPasswordHash(nobodys(name, work)))
  })
}

/** Where work is set as an exponent, the sum is made of powers of two. */
function parts(name: string, left: number): number[] {
  if (left <= 0) return []
  const isExponent = name === 'bcrypt' || name.startsWith('scrypt:')
  if (!isExponent) return [left]
  return Array.from({ length: 31 }, (_, bit) => 2 ** bit).filter((power) => (left & power) !== 0)
}

function nobodys(name: string, work: number): PasswordHash {
  const [family = '', rest = ''] = name.split(/[:]/)
  const numbers = new Map(rest.split(',').map((part) => part.split('=', 2) as [string, string]))
  const number = (key: string) => Number(numbers.get(key))
  const derived = { salt: SALT, hash: SALT }
  if (family === 'bcrypt') return { kind: 'bcrypt', rounds: work, text: `$2b$${String(Math.log2(work)).padStart(2, '0')}$${BCRYPT_SUM}` }
  if (family === 'scrypt') return { kind: 'scrypt', logN: Math.log2(work), blockSize: number('r'), lanes: number('p'), ...derived }
  if (family === 'md5_crypt') return { kind: 'md5_crypt', text: `$1$........$${'.'.repeat(22)}` }
  if (family === 'argon2id' || family === 'argon2i' || family === 'argon2d')
    return {
      kind: 'argon2',
      variant: family,
      memoryKib: number('m'),
      passes: Math.max(work, LEAST_ARGON2_PASSES),
      lanes: number('p'),
      ...derived,
    }
  const digest = family.endsWith('sha512') ? 'sha512' : family.endsWith('sha256') ? 'sha256' : 'sha1'
  if (family.startsWith('pbkdf2-')) return { kind: 'pbkdf2', digest, iterations: work, ...derived }
  const crypt = digest === 'sha512' ? { id: 6, length: 86 } : { id: 5, length: 43 }
  const text = `$${crypt.id}$rounds=${work}$................$${'.'.repeat(crypt.length)}`
  return { kind: 'sha_crypt', digest: digest === 'sha512' ? 'sha512' : 'sha256', rounds: work, text }
}
