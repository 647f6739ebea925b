import { expect, test } from 'vitest'
import { systemRandom } from './system.ts'

test('no two tokens are the same, also where the pool is filled anew in between', () => {
  const tokens = Array.from({ length: 5000 }, () => systemRandom.token(16))

  expect(new Set(tokens).size).toBe(5000)
  expect(tokens.every((token) => /^[A-Za-z0-9_-]{22}$/.test(token))).toBe(true)
})

test('bytes are the caller’s own: what is drawn later does not change them', () => {
  const first = systemRandom.bytes(32)
  const copy = Uint8Array.from(first)

  for (let index = 0; index < 200; index++) systemRandom.bytes(32)

  expect(first).toEqual(copy)
  expect(first.some((byte) => byte !== 0)).toBe(true)
})

test('more than the pool holds can be asked for', () => {
  const bytes = systemRandom.bytes(10_000)

  expect(bytes).toHaveLength(10_000)
  expect(new Set(bytes).size).toBeGreaterThan(200)
})
