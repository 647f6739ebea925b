import { expect, test } from 'vitest'
import { parseRange } from './breached_range.ts'

const A = '0018A45C4D1DEF81644B54AB7F969B88D65'
const B = '00D4F6E8FA6EECAD2A3AA415EEC418D38EC'

test('lines with a count name passwords; those with none are padding', () => {
  expect(parseRange(`${A}:3\r\n${B}:0\r\n`)).toEqual(new Set([A]))
  expect(parseRange(`${A.toLowerCase()}:1`)).toEqual(new Set([A]))
})

test.each([
  '',
  '<html>sign in to the network first</html>',
  `${A}:3\n<script>`,
  `${A}`,
  `${A.slice(1)}:3`,
  `${A}:-1`,
  `${A}:1e9`,
  `${A}:3,${B}:4`,
  `${A}:1\n`.repeat(10_001),
])('%o is no answer', (body) => {
  expect(parseRange(body)).toBeUndefined()
})
