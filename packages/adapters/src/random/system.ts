/** The platform's generator. */
import { randomBytes } from 'node:crypto'
import type { Random } from '@gatehouse/ports/random.ts'

export const systemRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  token: (bytes) => randomBytes(bytes).toString('base64url'),
}
