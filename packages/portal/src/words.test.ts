import { afterEach, expect, test, vi } from 'vitest'
import { loadWords } from './words.tsx'

afterEach(() => vi.unstubAllGlobals())

test.each([
  [['en-GB', 'en'], '3 October 2026'],
  [['en-US'], 'October 3, 2026'],
  [['en-US@posix', 'en-GB'], '3 October 2026'],
  [['de-DE', 'en@posix', ''], 'October 3, 2026'],
])('a browser that speaks %j writes a date as %s', async (languages, date) => {
  vi.stubGlobal('navigator', { languages })

  expect((await loadWords('en')).date('2026-10-03T12:00:00Z')).toBe(date)
})
