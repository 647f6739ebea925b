/** Firebase's modified scrypt (https://github.com/firebase/scrypt): the derived key encrypts the project's signer key with AES-256 in counter mode; we compare the key stream. */
import { createCipheriv } from 'node:crypto'
import type { Compute } from './compute.ts'
import { derive } from './scrypt.ts'

const KEY_BYTES = 32

export const compute: Compute<'firebase_scrypt'> = async ({ salt, separator, hash, ...cost }, password) => {
  const expected = Buffer.from(hash, 'base64')
  const salted = Buffer.concat([Buffer.from(salt, 'base64'), Buffer.from(separator, 'base64')])
  const key = await derive(password, salted, cost, KEY_BYTES)
  return { computed: createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(expected.length)), expected }
}
