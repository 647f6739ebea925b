/** scrypt (RFC 7914). */
import { type ScryptOptions, scrypt } from 'node:crypto'
import type { Compute } from './compute.ts'

export type ScryptCost = { readonly logN: number; readonly blockSize: number; readonly lanes: number }

export const compute: Compute<'scrypt'> = async ({ salt, hash, ...cost }, password) => {
  const expected = Buffer.from(hash, 'base64')
  return { computed: await derive(password, Buffer.from(salt, 'base64'), cost, expected.length), expected }
}

export function derive(password: Buffer, salt: Buffer, { logN, blockSize, lanes }: ScryptCost, length: number): Promise<Buffer> {
  const N = 2 ** logN
  const options: ScryptOptions = { N, r: blockSize, p: lanes, maxmem: 128 * blockSize * (N + lanes + 2) }
  return new Promise((resolve, reject) => {
    scrypt(password, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
