/** Passwords as Argon2id hashes (OWASP's m = 19 MiB, t = 2, p = 1), a bounded number at a time. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { PasswordHasher } from '@gatehouse/ports/password_hasher.ts'
import { bestEngine, type Engine } from './engine.ts'
import { type Cost, parsePhc, renderPhc } from './phc.ts'
import { openTurnstile } from './turnstile.ts'

export type Argon2Options = {
  /** Hashes at one time; each holds 19 MiB. Default: one per core. */
  readonly concurrency?: number
  /** Callers that may wait for their turn; more are told to come back. */
  readonly maximumWaiting?: number
  readonly engine?: () => Promise<Engine>
}

const COST: Cost = { memoryKib: 19_456, passes: 2, lanes: 1 }
const CURRENT = `$argon2id$v=19$m=${COST.memoryKib},t=${COST.passes},p=${COST.lanes}$`
const SALT_BYTES = 16
const HASH_BYTES = 32

export function openArgon2({
  concurrency = availableParallelism(),
  maximumWaiting = 400,
  engine = bestEngine,
}: Argon2Options = {}): PasswordHasher {
  const { admit, pass } = openTurnstile(concurrency, maximumWaiting)
  let loaded: Promise<Engine> | undefined
  let dummy: Promise<string> | undefined

  function compute(password: string, salt: Buffer, cost: Cost, length: number): Promise<Buffer> {
    return pass(async () => {
      loaded ??= engine()
      const run = await loaded
      // NIST SP 800-63B section 3.1.1.2: one keyboard writes é in one character, another in two, and both mean the same password.
      return run(password.normalize('NFC'), salt, cost, length)
    })
  }

  async function hashOf(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES)
    return renderPhc({ cost: COST, salt, hash: await compute(password, salt, COST, HASH_BYTES) })
  }

  /** Most houses never meet one: what computes it is loaded then. */
  async function verifyForeign(stored: string, password: string): Promise<boolean> {
    const foreign = await import('../passwords/verify_foreign.ts')
    return pass(() => foreign.verifyForeign(stored, password))
  }

  async function verify(stored: string, password: string): Promise<boolean> {
    if (!stored.startsWith('$argon2id$')) return verifyForeign(stored, password)
    const expected = parsePhc(stored)
    const computed = await compute(password, expected.salt, expected.cost, expected.hash.length)
    return timingSafeEqual(computed, expected.hash)
  }

  return {
    hash: (password) => admit(() => hashOf(password)),
    isCurrent: (stored) => stored.startsWith(CURRENT),
    admit: (work) => admit(() => work(verify, hashOf)),
    dummy() {
      dummy ??= hashOf(randomBytes(32).toString('base64url')).catch((error: unknown) => {
        dummy = undefined
        throw error
      })
      return dummy
    },
  }
}
