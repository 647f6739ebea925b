/** The platform's generator, asked for some kilobytes at a time: each call of it costs as much as the rest of a token. What was given out is wiped. */
import { randomFillSync } from 'node:crypto'
import type { Random } from '@gatehouse/ports/random.ts'

const pool = Buffer.alloc(4096)
let used = pool.length

export const systemRandom: Random = {
  bytes: (length) => take(length, (bytes) => new Uint8Array(bytes)),
  token: (length) => take(length, (bytes) => bytes.toString('base64url')),
}

/** `use` copies what it keeps: the bytes are wiped when it returns. */
function take<T>(length: number, use: (bytes: Buffer) => T): T {
  if (length > pool.length) return use(randomFillSync(Buffer.alloc(length)))
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = pool.subarray(used, used + length)
  used += length
  try {
    return use(bytes)
  } finally {
    bytes.fill(0)
  }
}
