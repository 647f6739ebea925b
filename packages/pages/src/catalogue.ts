/** The words of one language with the ways to put values into them. A key that a language lacks is a type error here. */
import { type Direction, directionOf, type Locale } from '@gatehouse/core/locale.ts'
import { type Phrase, type PhraseValues, renderPhrase, splitPhrase, valueText } from '@gatehouse/core/phrase.ts'
import type { Child } from 'hono/jsx'
import type { Catalogue } from './locales/catalogue_type.ts'
import { en } from './locales/en.ts'

export type { Catalogue }

/** Each language's name in itself, for the switcher. */
export const LANGUAGES: Readonly<Record<Locale, string>> = { en: 'English', de: 'Deutsch', ar: 'العربية' }

/** English is there from the start; another language comes with the first page that is written in it, and stays. */
const loaded = new Map<Locale, Catalogue>([['en', en]])
const LOADERS: Readonly<Record<Locale, () => Promise<Catalogue>>> = {
  en: async () => en,
  de: async () => (await import('./locales/de.ts')).de,
  ar: async () => (await import('./locales/ar.ts')).ar,
}

/** Before a page in this language is rendered. */
export async function loadWords(locale: Locale): Promise<void> {
  if (!loaded.has(locale)) loaded.set(locale, await LOADERS[locale]())
}

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

/** Throws where `loadWords` was not called. */
export function wordsOf(locale: Locale): Words {
  const text = loaded.get(locale)
  if (text === undefined) throw new Error(`the words of ${locale} are not loaded`)
  return {
    locale,
    direction: directionOf(locale),
    text,
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
