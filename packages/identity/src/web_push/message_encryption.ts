/** A message for one browser, which no push service reads: RFC 8291, in the content encoding `aes128gcm` of RFC 8188, as a single record. */
import { createCipheriv, createECDH, hkdfSync } from 'node:crypto'
import type { PushSubscription } from '@gatehouse/core/web_push.ts'

/** Of the sender, for this message alone: 32 random bytes for the key pair, and the salt. */
export type MessageSecrets = { readonly privateKey: Uint8Array; readonly salt: Uint8Array }

export const PRIVATE_KEY_BYTES = 32
export const SALT_BYTES = 16
const CURVE = 'prime256v1'
const RECORD_SIZE = 4096
/** What marks the end of the last record: RFC 8188 section 2. */
const LAST = Buffer.of(2)

/** Throws where the browser's key is no point of the curve. */
export function encryptMessage(
  text: string,
  { p256dh, auth }: Omit<PushSubscription, 'endpoint'>,
  { privateKey, salt }: MessageSecrets,
): Buffer {
  const theirs = Buffer.from(p256dh, 'base64url')
  const ecdh = createECDH(CURVE)
  ecdh.setPrivateKey(privateKey)
  const own = ecdh.getPublicKey()
  const keyMaterial = derive(
    ecdh.computeSecret(theirs),
    Buffer.from(auth, 'base64url'),
    Buffer.concat([Buffer.from('WebPush: info\0'), theirs, own]),
    32,
  )
  const key = derive(keyMaterial, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const nonce = derive(keyMaterial, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const cipher = createCipheriv('aes-128-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.update(LAST), cipher.final(), cipher.getAuthTag()])
  const head = Buffer.alloc(5)
  head.writeUInt32BE(RECORD_SIZE)
  head.writeUInt8(own.length, 4)
  return Buffer.concat([salt, head, own, sealed])
}

function derive(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length))
}
