import { expect, test } from 'vitest'
import { parseFormParameters, parseParameters, requireParameter } from './parameters.ts'

test('a parameter without a value was not sent', () => {
  expect(parseParameters(new URLSearchParams('a=&b=1')).values).toEqual(new Map([['b', '1']]))
  expect(() => requireParameter(new Map(), 'code')).toThrow('code is missing')
})

test('a repeated parameter is told, but for those that may be', () => {
  expect(parseParameters(new URLSearchParams('a=1&a=2&resource=x&resource=y'))).toEqual({
    values: new Map([
      ['a', '1'],
      ['resource', 'x'],
    ]),
    repeated: ['a'],
  })
  expect(() => parseFormParameters(new URLSearchParams('a=1&a=1'))).toThrow('a came more than once')
})
