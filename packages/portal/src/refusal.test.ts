import { expect, test } from 'vitest'
import { ApiProblem } from './api.ts'
import { en } from './locales/en.ts'
import { fieldProblem, refusalText } from './refusal.ts'
import type { Words } from './words.tsx'

const words: Pick<Words, 'text' | 'say'> = {
  text: en,
  say: (phrase, values) => (typeof phrase === 'string' ? phrase : phrase.other.replace('{count}', String(values?.count))),
}

test('what the server refuses is told by its code, never by its own English sentence', () => {
  expect(refusalText(words, new ApiProblem('csrf', 403, 'the form had expired'))).toBe(en.problems.csrf)
  expect(refusalText(words, new ApiProblem('network', 0, 'TypeError: Failed to fetch'))).toBe(en.problems.network)
  expect(refusalText(words, new ApiProblem('a_code_of_tomorrow', 400, 'something new'))).toBe(en.problems.failed)
  expect(refusalText(words, new TypeError('x is not a function'))).toBe(en.problems.failed)
})

test('how long to wait is told in whole minutes, at least one', () => {
  expect(refusalText(words, new ApiProblem('too_many_requests', 429, '', {}, 121))).toContain('wait 3 minutes')
  expect(refusalText(words, new ApiProblem('too_many_requests', 429, ''))).toContain('wait 1 minutes')
})

test('a field says what is wrong with it, and a code without words is not a valid value', () => {
  const problem = new ApiProblem('validation_failed', 422, '', { email: 'email_invalid', phone_number: 'a_code_of_tomorrow' })

  expect(fieldProblem(words, problem, 'email')).toBe(en.problems.email_invalid)
  expect(fieldProblem(words, problem, 'phone_number')).toBe(en.problems.invalid)
  expect(fieldProblem(words, problem, 'given_name')).toBeUndefined()
  expect(fieldProblem(words, null, 'email')).toBeUndefined()
})
