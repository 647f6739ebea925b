/** A password hasher that costs next to nothing, for the rows that leave the hash out, and the rival's Argon2id. Only the bench knows them. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { PasswordHasher, Verify } from '@gatehouse/ports/password_hasher.ts'

/** `BENCH_HASHER=argon2`: every server hashes as in earnest. */
export const isHashing = process.env.BENCH_HASHER === 'argon2'

const verify: Verify = async (stored, password) => timingSafeEqual(Buffer.from(stored), Buffer.from(digest(password)))

export const cheapHasher: PasswordHasher & { readonly verify: Verify } = {
  hash: async (password) => digest(password),
  verify,
  isCurrent: () => true,
  admit: (work) => work(verify, async (password) => digest(password)),
  dummy: async () => digest('nobody knows this'),
}

/** At the cost of the house's own hashes; the native code is loaded only where it is used. */
export async function openRivalHasher(): Promise<Pick<PasswordHasher, 'hash'> & { readonly verify: Verify }> {
  const { hash, verify } = await import('@node-rs/argon2')
  const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
  return { hash: (password) => hash(password, cost), verify: (stored, password) => verify(stored, password) }
}

function digest(password: string): string {
  return `$sha256$${createHash('sha256').update(password).digest('base64url')}`
}
