/** The KeyVault of a house that runs in one process: 32 random bytes in a file that only its owner can read. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { KeyVault } from '@gatehouse/ports/key_vault.ts'
import { loadKey } from './load_key.ts'

/** Names the format, so that another one can be told apart from a damaged text. */
const VERSION = 'k1.'
const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/** The key is made at the first start. Throws `KeyfileRefused` for a file that others can read, or that holds no key. */
export function openKeyfile(file: string): KeyVault {
  const master = loadKey(file)
  const derived = (purpose: string) => new Uint8Array(hkdfSync('sha256', master, new Uint8Array(), purpose, KEY_BYTES))
  // Apart from every key that `derive` gives away: no purpose of a caller begins so.
  const sealing = derived('\0gatehouse seal')

  return {
    async seal(plaintext, context) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv, { authTagLength: TAG_BYTES })
      cipher.setAAD(Buffer.from(context))
      const text = Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
      return VERSION + text.toString('base64url')
    },
    async unseal(sealed, context) {
      const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url')
      if (!sealed.startsWith(VERSION) || bytes.length < IV_BYTES + TAG_BYTES) throw damaged()
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(context))
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      try {
        return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]))
      } catch (cause) {
        throw damaged(cause)
      }
    },
    async derive(purpose) {
      if (purpose.startsWith('\0')) throw new TypeError('A purpose is plain text.')
      return derived(purpose)
    },
  }
}

function damaged(cause?: unknown): Error {
  return new Error('The sealed text was changed, or belongs to another context or key.', { cause })
}
