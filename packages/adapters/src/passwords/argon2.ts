/** Argon2 in another variant, or at another cost, than the house's own (RFC 9106). */
import { argon2 } from 'node:crypto'
import { promisify } from 'node:util'
import type { Compute } from './compute.ts'

const run = promisify(argon2)

export const compute: Compute<'argon2'> = async ({ variant, memoryKib, passes, lanes, salt, hash }, password) => {
  const expected = Buffer.from(hash, 'base64')
  const cost = { memory: memoryKib, passes, parallelism: lanes, tagLength: expected.length }
  return { computed: Buffer.from(await run(variant, { message: password, nonce: Buffer.from(salt, 'base64'), ...cost })), expected }
}
