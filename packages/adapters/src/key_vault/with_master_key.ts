/** A KeyVault over one master key of 32 bytes, wherever it is kept: AES-256-GCM to seal, HKDF-SHA256 to derive. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { KeyVault } from '@gatehouse/ports/key_vault.ts'

export const MASTER_KEY_BYTES = 32
/** Names the format, so that another one can be told apart from a damaged text. */
const VERSION = 'k1.'
const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/** `master` is asked when the key is first needed, once: a failure is told to that caller, and the next one asks again. */
export function withMasterKey(master: () => Promise<Uint8Array> | Uint8Array): KeyVault {
  let asked: Promise<Uint8Array> | undefined
  let sealing: Uint8Array | undefined

  const load = (): Promise<Uint8Array> => {
    asked ??= Promise.resolve()
      .then(master)
      .catch((error: unknown) => {
        asked = undefined
        throw error
      })
    return asked
  }
  // Apart from every key that `derive` gives away: no purpose of a caller begins so.
  const sealingKey = async () => {
    sealing ??= derived(await load(), '\0gatehouse seal')
    return sealing
  }

  return {
    async seal(plaintext, context) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', await sealingKey(), iv, { authTagLength: TAG_BYTES })
      cipher.setAAD(Buffer.from(context))
      const text = Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
      return VERSION + text.toString('base64url')
    },
    async unseal(sealed, context) {
      const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64url')
      if (!sealed.startsWith(VERSION) || bytes.length < IV_BYTES + TAG_BYTES) throw damaged()
      const decipher = createDecipheriv('aes-256-gcm', await sealingKey(), bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
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
      return derived(await load(), purpose)
    },
  }
}

function derived(master: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', master, new Uint8Array(), purpose, KEY_BYTES))
}

function damaged(cause?: unknown): Error {
  return new Error('The sealed text was changed, or belongs to another context or key.', { cause })
}
