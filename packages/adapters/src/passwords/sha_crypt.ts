/**
 * SHA-crypt (`$5$`, `$6$`), step by step as https://www.akkadia.org/drepper/SHA-crypt.txt numbers them. Its one package on npm is wrong where a password is as
 * long as the digest (decision 0047). Many rounds give the event loop a turn now and then.
 */
import { hash as digestOf } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { Compute } from './compute.ts'

const LEAST_ROUNDS = 1000
const ROUNDS_A_TURN = 5000
const SALT_CHARACTERS = 16
const RADIX = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export const compute: Compute<'sha_crypt'> = async ({ digest, rounds, text }, password) => {
  const parts = text.split('$')
  const [salt = '', expected = ''] = parts.slice(-2)
  const sum = await derive(digest, password, Buffer.from(salt.slice(0, SALT_CHARACTERS)), Math.max(rounds, LEAST_ROUNDS))
  return { computed: Buffer.from(encode(sum)), expected: Buffer.from(expected) }
}

async function derive(digest: 'sha256' | 'sha512', password: Buffer, salt: Buffer, rounds: number): Promise<Buffer> {
  const sum = (...parts: readonly Buffer[]) => digestOf(digest, Buffer.concat(parts), 'buffer')
  // Steps 4 to 8.
  const b = sum(password, salt, password)
  // Steps 1 to 3, 9 to 12.
  const bits = password.length === 0 ? [] : [...password.length.toString(2)].toReversed()
  const a = sum(password, salt, repeated(b, password.length), ...bits.map((bit) => (bit === '1' ? b : password)))
  // Steps 13 to 16, and 17 to 20.
  const p = repeated(sum(...Array.from({ length: password.length }, () => password)), password.length)
  const s = repeated(sum(...Array.from({ length: 16 + (a[0] ?? 0) }, () => salt)), salt.length)
  // Step 21.
  let c = a
  for (let round = 0; round < rounds; round++) {
    if (round % ROUNDS_A_TURN === ROUNDS_A_TURN - 1) await turn()
    const isOdd = round % 2 === 1
    c = sum(isOdd ? p : c, ...(round % 3 === 0 ? [] : [s]), ...(round % 7 === 0 ? [] : [p]), isOdd ? c : p)
  }
  return c
}

/** The bytes over and over, to this length. */
function repeated(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes)
}

/** Step 22: three bytes in four characters; the three places move on by one and change their order from group to group. */
function encode(sum: Buffer): string {
  const third = Math.floor(sum.length / 3)
  let places: readonly [number, number, number] = [0, third, 2 * third]
  let text = ''
  for (let group = 0; group < third; group++) {
    text += characters(
      places.map((place) => sum[place] ?? 0),
      4,
    )
    const [a, b, c] = places
    places = sum.length === 32 ? [c + 1, a + 1, b + 1] : [b + 1, c + 1, a + 1]
  }
  return text + (sum.length === 32 ? characters([0, sum[31] ?? 0, sum[30] ?? 0], 3) : characters([0, 0, sum[63] ?? 0], 2))
}

function characters([high = 0, middle = 0, low = 0]: readonly number[], count: number): string {
  const bits = (high << 16) | (middle << 8) | low
  return Array.from({ length: count }, (_, at) => RADIX[(bits >> (6 * at)) & 63]).join('')
}
