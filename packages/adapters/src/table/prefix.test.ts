import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { prefixEnd } from './prefix.ts'

const bytes = (text: string) => Buffer.from(text)

test.each([
  ['a', 'b'],
  ['S#', 'S$'],
  ['a\u{10ffff}', 'b'],
  ['\ud7ff', '\ue000'],
  ['\uffff', '\u{10000}'],
  ['\u{10ffff}\u{10ffff}', undefined],
])('above all that begin with %j stands %j', (prefix, end) => {
  expect(prefixEnd(prefix)).toBe(end)
})

test('whatever begins with the prefix lies between it and its end, in bytes, and nothing else does', () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(text, text, (prefix, other) => {
      const end = prefixEnd(prefix)
      const inRange = (key: string) =>
        Buffer.compare(bytes(key), bytes(prefix)) >= 0 && (end === undefined || Buffer.compare(bytes(key), bytes(end)) < 0)

      expect(inRange(prefix + other)).toBe(true)
      expect(inRange(other)).toBe(other.startsWith(prefix))
    }),
  )
})
