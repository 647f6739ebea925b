/** The words of one language for messages. What goes into the places is made harmless first: names come from strangers. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { type Phrase, type PhraseValues, renderPhrase } from '@gatehouse/core/phrase.ts'
import { ar } from './locales/ar.ts'
import type { Catalogue } from './locales/catalogue_type.ts'
import { de } from './locales/de.ts'
import { en } from './locales/en.ts'
import { oneLine } from './plain.ts'

export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, de, ar }

export type Words = {
  readonly locale: Locale
  readonly text: Catalogue
  say(phrase: Phrase, values?: PhraseValues): string
  /** Of a moment, with its zone: the receiver's is not known. */
  moment(milliseconds: number): string
}

export function wordsOf(locale: Locale): Words {
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return {
    locale,
    text: CATALOGUES[locale],
    say: (phrase, values = {}) => renderPhrase(locale, phrase, harmless(values)),
    moment: (milliseconds) => `${moments.format(milliseconds)} UTC`,
  }
}

function harmless(values: PhraseValues): PhraseValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? oneLine(value) : value]))
}
