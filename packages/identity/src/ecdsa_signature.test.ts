import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { derToJose, joseToDer } from './ecdsa_signature.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

test('both forms verify, whatever the leading bytes of r and s', () => {
  for (let round = 0; round < 600; round++) {
    const text = Buffer.from(`round ${round}`)
    const der = sign('sha256', text, privateKey)
    const jose = derToJose(der)

    expect(jose).toHaveLength(64)
    expect(verify('sha256', text, { key: publicKey, dsaEncoding: 'ieee-p1363' }, jose)).toBe(true)
    expect(joseToDer(jose)).toEqual(der)
  }
})

test('short numbers and numbers of nothing but zeros keep their place', () => {
  const jose = Buffer.alloc(64)
  jose[31] = 1
  jose[32] = 0x80

  expect(derToJose(joseToDer(jose) ?? Buffer.alloc(0))).toEqual(jose)
  expect(joseToDer(Buffer.alloc(64))?.toString('hex')).toBe('3006020100020100')
})

test('another length is no signature', () => {
  for (const length of [0, 63, 65, 72]) expect(joseToDer(Buffer.alloc(length, 1))).toBeUndefined()
})
