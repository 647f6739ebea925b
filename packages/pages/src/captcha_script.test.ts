import { createHash } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { CAPTCHA_SCRIPT } from './captcha_script.ts'

type Found = { readonly tried: number; readonly answer?: string }

/** The script as a worker runs it: no document, messages in and out. */
function solve(challenge: string, difficulty: number): Found[] {
  const said: Found[] = []
  const scope: Record<string, unknown> = { postMessage: (found: Found) => said.push(found) }
  runInNewContext(CAPTCHA_SCRIPT, scope)
  const onmessage = scope.onmessage as (event: { data: unknown }) => void
  onmessage({ data: { challenge, difficulty } })
  return said
}

test.each([1, 54, 55, 56, 62, 63, 64, 119, 250])(
  'a challenge of %i characters is solved as SHA-256 says, by the first number that does',
  (length) => {
    const challenge = 'A-'.repeat(length).slice(0, length)
    const digest = (number: number) => createHash('sha256').update(`${challenge}.${number}`).digest().readUInt16BE(0)

    const answer = Number(solve(challenge, 8).at(-1)?.answer)

    expect(digest(answer)).toBeLessThan(2 ** 8)
    for (let number = 0; number < answer; number++) expect(digest(number)).toBeGreaterThanOrEqual(2 ** 8)
  },
)

test('how far the search has come is told on the way', () => {
  const said = solve('a challenge', 14)

  expect(said.length).toBeGreaterThan(1)
  expect(said.slice(0, -1).every(({ answer }) => answer === undefined)).toBe(true)
  expect(said[0]?.tried).toBe(20_000)
})

test('the script does nothing on a page that shows no check', () => {
  const document = { currentScript: { src: '/captcha.js' }, querySelectorAll: () => [] }

  expect(() => runInNewContext(CAPTCHA_SCRIPT, { document })).not.toThrow()
})
