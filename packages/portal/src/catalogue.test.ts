import { SUPPORTED_LOCALES } from '@gatehouse/core/locale.ts'
import { type Phrase, type Plural, placesOf } from '@gatehouse/core/phrase.ts'
import { expect, test } from 'vitest'
import { ar } from './locales/ar.ts'
import { de } from './locales/de.ts'
import { en } from './locales/en.ts'

const CATALOGUES = { en, de, ar }

/** `security.minimum` -> its phrase. */
function phrasesOf(part: object, path = ''): [string, Phrase][] {
  return Object.entries(part).flatMap(([name, value]): [string, Phrase][] => {
    if (typeof value === 'string' || isPlural(value)) return [[`${path}${name}`, value]]
    return phrasesOf(value, `${path}${name}.`)
  })
}

function isPlural(value: unknown): value is Plural {
  return typeof value === 'object' && value !== null && 'other' in value
}

const ENGLISH = new Map(phrasesOf(en))

test.each(SUPPORTED_LOCALES)('%s has the places that English has, and no key besides', (locale) => {
  for (const [path, phrase] of phrasesOf(CATALOGUES[locale])) {
    const english = ENGLISH.get(path)
    expect(english, path).toBeDefined()
    expect([path, ...placesOf(phrase)]).toEqual([path, ...placesOf(english ?? '')])
  }
})

test.each(SUPPORTED_LOCALES)('%s has a form for every number', (locale) => {
  const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  for (const [path, phrase] of phrasesOf(CATALOGUES[locale])) {
    if (typeof phrase !== 'string') expect([path, ...Object.keys(phrase).sort()]).toEqual([path, ...[...needed].sort()])
  }
})

test.each(['de', 'ar'] as const)('%s is a translation: hardly a sentence is the English one', (locale) => {
  const same = phrasesOf(CATALOGUES[locale]).filter(([path, phrase]) => JSON.stringify(phrase) === JSON.stringify(ENGLISH.get(path)))

  expect(same.map(([path]) => path)).toEqual(locale === 'de' ? ['factors.kinds.passkey', 'passkeys.title', 'applications.website'] : [])
})
