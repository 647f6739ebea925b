import { expect, test } from 'vitest'
import { directionOf, findLocale, negotiateLocale, readableValue } from './locale.ts'

test('ui_locales wins over the earlier choice, which wins over Accept-Language', () => {
  expect(negotiateLocale({ uiLocales: 'fr ar', chosen: 'de', acceptLanguage: 'en' })).toBe('ar')
  expect(negotiateLocale({ uiLocales: 'fr', chosen: 'de', acceptLanguage: 'en' })).toBe('de')
  expect(negotiateLocale({ acceptLanguage: 'ar' })).toBe('ar')
})

test('a region or script falls back to its language', () => {
  expect(negotiateLocale({ acceptLanguage: 'de-CH' })).toBe('de')
  expect(findLocale('AR_eg')).toBe('ar')
  expect(findLocale('den')).toBeUndefined()
})

test('Accept-Language is read by quality, and q=0 is a refusal', () => {
  expect(negotiateLocale({ acceptLanguage: 'en;q=0.2, de;q=0.8, ar;q=0.5' })).toBe('de')
  expect(negotiateLocale({ acceptLanguage: 'de;q=0, *;q=0.1' })).toBe('en')
})

test('a language that the tenant does not offer is not spoken', () => {
  expect(negotiateLocale({ uiLocales: 'ar' }, ['de', 'en'])).toBe('de')
  expect(negotiateLocale({ acceptLanguage: 'en' }, ['de', 'en'])).toBe('en')
})

test('a tenant that offers only languages without a catalogue still gets pages', () => {
  expect(negotiateLocale({ acceptLanguage: 'de' }, ['fr'])).toBe('de')
  expect(negotiateLocale({}, ['fr'])).toBe('en')
  expect(negotiateLocale({}, [])).toBe('en')
})

test('rubbish in the header is passed over', () => {
  expect(negotiateLocale({ acceptLanguage: ';;q=,,"<script>;q=x' })).toBe('en')
})

test('Arabic runs right to left, German does not', () => {
  expect(directionOf('ar-EG')).toBe('rtl')
  expect(directionOf('de')).toBe('ltr')
})

test('a language is named in the language of who reads; what is no tag is shown as it is', () => {
  expect(readableValue('locale', 'de', 'en')).toBe('German')
  expect(readableValue('locale', 'ar', 'de')).toBe('Arabisch')
  expect(readableValue('locale', 'not a tag!', 'en')).toBe('not a tag!')
  expect(readableValue('given_name', 'de', 'en')).toBe('de')
})
