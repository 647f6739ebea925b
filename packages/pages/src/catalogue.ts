/** The words of one language with the ways to put values into them. A key that a language lacks is a type error here. */
import { type Direction, directionOf, type Locale } from '@gatehouse/core/locale.ts'
import { type Phrase, type PhraseValues, renderPhrase, splitPhrase, valueText } from '@gatehouse/core/phrase.ts'
import type { Child } from 'hono/jsx'
import { ar } from './locales/ar.ts'
import type { Catalogue } from './locales/catalogue_type.ts'
import { de } from './locales/de.ts'
import { en } from './locales/en.ts'

export type { Catalogue }

export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, de, ar }

export type Words = {
  readonly locale: Locale
  readonly direction: Direction
  readonly text: Catalogue
  say(phrase: Phrase, values?: PhraseValues): string
  /** As `say`, for values that are markup: `{application}` as a `<bdi>`. */
  mix(phrase: Phrase, values: Readonly<Record<string, Child>>): Child[]
  date(milliseconds: number): string
  dateTime(milliseconds: number): string
}

export function wordsOf(locale: Locale): Words {
  return {
    locale,
    direction: directionOf(locale),
    text: CATALOGUES[locale],
    say: (phrase, values) => renderPhrase(locale, phrase, values),
    mix: (phrase, values) =>
      splitPhrase(locale, phrase).map((piece) => (piece.kind === 'text' ? piece.text : present(locale, values[piece.name], piece.name))),
    date: (milliseconds) => new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(milliseconds),
    dateTime: (milliseconds) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds),
  }
}

function present(locale: Locale, value: Child, name: string): Child {
  return value === undefined ? valueText(locale, undefined, name) : value
}
