/** PBKDF2 with HMAC (RFC 8018 section 5.2). */
import { pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import type { Compute } from './compute.ts'

const run = promisify(pbkdf2)

export const compute: Compute<'pbkdf2'> = async ({ digest, iterations, salt, hash }, password) => {
  const expected = Buffer.from(hash, 'base64')
  return { computed: await run(password, Buffer.from(salt, 'base64'), iterations, expected.length, digest), expected }
}
