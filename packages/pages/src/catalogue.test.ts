import { placesOf } from '@gatehouse/core/phrase.ts'
import { expect, test } from 'vitest'
import { loadWords, wordsOf } from './catalogue.ts'
import { FACTOR_CATALOGUES } from './factor_words.ts'
import { FIRST_CATALOGUES } from './first_words.ts'
import { en } from './locales/en.ts'
import { RECOVERY_CATALOGUES } from './recovery_words.ts'

await Promise.all([loadWords('de'), loadWords('ar')])

test.each(['de', 'ar'] as const)('the places of %s agree with those of English', (locale) => {
  expect(placesByKey(wordsOf(locale).text)).toEqual(placesByKey(en))
  expect(placesByKey(FACTOR_CATALOGUES[locale])).toEqual(placesByKey(FACTOR_CATALOGUES.en))
  expect(placesByKey(FIRST_CATALOGUES[locale])).toEqual(placesByKey(FIRST_CATALOGUES.en))
  expect(placesByKey(RECOVERY_CATALOGUES[locale])).toEqual(placesByKey(RECOVERY_CATALOGUES.en))
})

test.each(['de', 'ar'] as const)('nothing of %s was left in English', (locale) => {
  const all = (of: 'en' | 'de' | 'ar') => ({
    ...sentences(wordsOf(of).text),
    ...sentences(FACTOR_CATALOGUES[of], 'factors.'),
    ...sentences(FIRST_CATALOGUES[of], 'first.'),
    ...sentences(RECOVERY_CATALOGUES[of], 'recovery.'),
  })
  const same = Object.entries(all(locale)).filter(([key, sentence]) => sentence.includes(' ') && all('en')[key] === sentence)

  expect(same.map(([key]) => key)).toEqual(['frame.fullTitle'])
})

test('each standard claim and scope has plain words', () => {
  // OpenID Connect Core sections 5.1 and 5.4
  const claims =
    'sub name given_name family_name middle_name nickname preferred_username profile picture website email email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at'
  const scopes = 'openid profile email phone address offline_access'

  for (const claim of claims.split(' ')) expect(en.claims).toHaveProperty(claim)
  for (const scope of scopes.split(' ')) expect(en.scopes).toHaveProperty(scope)
})

test('markup stands in the place of its name', () => {
  expect(wordsOf('en').mix('to {application} now', { application: 'X' })).toEqual(['to ', 'X', ' now'])
  expect(() => wordsOf('en').mix('to {application}', {})).toThrow(RangeError)
})

function placesByKey(catalogue: object): Record<string, string[]> {
  const merged: Record<string, Set<string>> = {}
  for (const [key, sentence] of Object.entries(sentences(catalogue))) {
    const name = key.replace(/\.(zero|one|two|few|many|other)$/, '')
    merged[name] = new Set([...(merged[name] ?? []), ...placesOf(sentence)])
  }
  return Object.fromEntries(Object.entries(merged).map(([key, places]) => [key, [...places].sort()]))
}

function sentences(catalogue: object, path = ''): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(catalogue).map(([key, value]) =>
      typeof value === 'string' ? { [path + key]: value } : sentences(value, `${path}${key}.`),
    ),
  )
}
