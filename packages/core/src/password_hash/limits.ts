/**
 * What a foreign hash may cost. Whoever may import one could else have the house compute for minutes, at every try that a stranger makes; and a hash with
 * next to nothing in it would be matched by chance.
 */
import { bytesOf } from './base64.ts'
import type { HashKind, PasswordHash } from './password_hash.ts'

export const HASH_LIMITS = {
  argon2MemoryKib: 262_144,
  /** Memory times passes: how much is written in all. */
  argon2WorkKib: 1_048_576,
  argon2Lanes: 16,
  bcryptCost: 14,
  scryptMemoryBytes: 134_217_728,
  /** N times r times p. */
  scryptWork: 2 ** 20,
  pbkdf2Iterations: 2_000_000,
  shaCryptRounds: 1_000_000,
} as const

const LEAST_HASH_BYTES = 16
const MOST_HASH_BYTES = 128
const MOST_SALT_BYTES = 256

type Of<K extends HashKind> = Extract<PasswordHash, { kind: K }>
type Rows = { readonly [K in HashKind]: (hash: Of<K>) => string | undefined }

const ROWS: Rows = {
  argon2: ({ memoryKib, passes, lanes }) =>
    isWithin(memoryKib, 8, HASH_LIMITS.argon2MemoryKib) &&
    isWithin(passes, 1, 1000) &&
    isWithin(lanes, 1, HASH_LIMITS.argon2Lanes) &&
    memoryKib >= 8 * lanes &&
    memoryKib * passes <= HASH_LIMITS.argon2WorkKib
      ? undefined
      : `argon2 costs at most ${HASH_LIMITS.argon2MemoryKib} KiB and ${HASH_LIMITS.argon2Lanes} lanes, and memory times passes at most ${HASH_LIMITS.argon2WorkKib} KiB`,
  bcrypt: ({ rounds }) =>
    isWithin(rounds, 2 ** 4, 2 ** HASH_LIMITS.bcryptCost) ? undefined : `bcrypt costs 4 to ${HASH_LIMITS.bcryptCost}`,
  scrypt: checkScrypt,
  firebase_scrypt: checkScrypt,
  pbkdf2: ({ iterations }) =>
    isWithin(iterations, 1, HASH_LIMITS.pbkdf2Iterations) ? undefined : `PBKDF2 has 1 to ${HASH_LIMITS.pbkdf2Iterations} iterations`,
  digest: () => undefined,
  md5_crypt: () => undefined,
  sha_crypt: ({ rounds }) =>
    isWithin(rounds, 1, HASH_LIMITS.shaCryptRounds) ? undefined : `SHA-crypt has at most ${HASH_LIMITS.shaCryptRounds} rounds`,
}

/** What is wrong with it, in words that say no part of it; undefined where nothing is. */
export function findHashProblem(hash: PasswordHash): string | undefined {
  const row = ROWS[hash.kind] as (one: PasswordHash) => string | undefined
  return row(hash) ?? ('salt' in hash ? findSizeProblem(hash) : undefined)
}

function checkScrypt({ logN, blockSize, lanes }: Of<'scrypt'> | Of<'firebase_scrypt'>): string | undefined {
  const isNumbers = isWithin(logN, 1, 24) && isWithin(blockSize, 1, 64) && isWithin(lanes, 1, 64)
  return isNumbers &&
    2 ** logN * blockSize * 128 <= HASH_LIMITS.scryptMemoryBytes &&
    2 ** logN * blockSize * lanes <= HASH_LIMITS.scryptWork
    ? undefined
    : `scrypt takes at most ${HASH_LIMITS.scryptMemoryBytes / 2 ** 20} MiB (128 x N x r), and N x r x p is at most ${HASH_LIMITS.scryptWork}`
}

function findSizeProblem({ salt, hash }: { readonly salt: string; readonly hash: string }): string | undefined {
  const [saltBytes, hashBytes] = [bytesOf(salt)?.length, bytesOf(hash)?.length]
  if (saltBytes === undefined || hashBytes === undefined) return 'salt and hash are base64'
  if (!isWithin(hashBytes, LEAST_HASH_BYTES, MOST_HASH_BYTES)) return `a hash has ${LEAST_HASH_BYTES} to ${MOST_HASH_BYTES} bytes`
  return saltBytes > MOST_SALT_BYTES ? `a salt has at most ${MOST_SALT_BYTES} bytes` : undefined
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
