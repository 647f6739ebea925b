import { expect, test } from 'vitest'
import { placesOf, renderPhrase } from './phrase.ts'

test('values stand in their places', () => {
  expect(renderPhrase('en', '{application} asks {user}', { application: 'Pickup', user: 'Jo' })).toBe('Pickup asks Jo')
})

test('a value that looks like a place is not read again', () => {
  expect(renderPhrase('en', 'Hello {name}', { name: '{secret}', secret: 'x' })).toBe('Hello {secret}')
})

test('a number chooses its plural form by the language, also the six of Arabic', () => {
  const english = { one: '{count} character', other: '{count} characters' }
  const arabic = { zero: 'z', one: 'o', two: 't', few: 'f', many: 'm', other: 'x' }

  expect(renderPhrase('en', english, { count: 1 })).toBe('1 character')
  expect(renderPhrase('en', english, { count: 12 })).toBe('12 characters')
  expect([0, 1, 2, 5, 12, 100].map((count) => renderPhrase('ar', arabic, { count }))).toEqual(['z', 'o', 't', 'f', 'm', 'x'])
})

test('in a right-to-left sentence a foreign value is isolated, so that its punctuation stays with it', () => {
  expect(renderPhrase('ar', 'مرحبا {name}', { name: 'Jo (a)' })).toBe('مرحبا \u2068Jo (a)\u2069')
})

test('a missing value is a mistake, never an empty place', () => {
  expect(() => renderPhrase('en', 'Hello {name}')).toThrow(RangeError)
})

test('the places of all plural forms are found once', () => {
  expect(placesOf({ one: '{count} of {all}', other: '{count}' })).toEqual(['all', 'count'])
})
