import { expect, test } from 'vitest'
import { parseTime } from './time.ts'

const NOW = Date.UTC(2026, 10, 26, 12)

test.each([
  ['30s', NOW - 30_000],
  ['15m', NOW - 900_000],
  ['2h', NOW - 7_200_000],
  ['3d', NOW - 259_200_000],
  ['2026-11-26', Date.UTC(2026, 10, 26)],
  ['2026-11-26T09:00:00Z', Date.UTC(2026, 10, 26, 9)],
])('%s is a time', (text, at) => {
  expect(parseTime('--since', text, NOW)).toBe(at)
})

test.each(['', '15', 'm', '-15m', '1.5h', '15 m', 'yesterday', '2026-99-99', '9999999m'])('"%s" is none', (text) => {
  expect(() => parseTime('--since', text, NOW)).toThrow(
    `--since is 30s, 15m, 2h, 3d, or a time such as 2026-11-26T09:00:00Z, not "${text}"`,
  )
})
