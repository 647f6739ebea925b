import { expect, test } from 'vitest'
import { encryptMessage } from './message_encryption.ts'

/** RFC 8291 section 5 and appendix A. */
const VECTOR = {
  plaintext: 'When I grow up, I want to be a watermelon',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  privateKey: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  message:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}
const secrets = { privateKey: Buffer.from(VECTOR.privateKey, 'base64url'), salt: Buffer.from(VECTOR.salt, 'base64url') }

test('the example of RFC 8291', () => {
  expect(encryptMessage(VECTOR.plaintext, VECTOR, secrets).toString('base64url')).toBe(VECTOR.message)
})

test('a key that is no point of the curve is not written to', () => {
  const nowhere = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]).toString('base64url')

  expect(() => encryptMessage('text', { ...VECTOR, p256dh: nowhere }, secrets)).toThrow()
})
