/** The words of one language for messages. What goes into the places is made harmless first: names come from strangers. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { type Phrase, type PhraseValues, renderPhrase } from '@gatehouse/core/phrase.ts'
import type { Catalogue } from './locales/catalogue_type.ts'
import { oneLine } from './plain.ts'

/** A language is loaded with the first message that is written in it, and stays. */
const loaded = new Map<Locale, Catalogue>()
const LOADERS: Readonly<Record<Locale, () => Promise<Catalogue>>> = {
  en: async () => (await import('./locales/en.ts')).en,
  de: async () => (await import('./locales/de.ts')).de,
  ar: async () => (await import('./locales/ar.ts')).ar,
}

/** Before a message in this language is rendered. */
export async function loadWords(locale: Locale): Promise<void> {
  if (!loaded.has(locale)) loaded.set(locale, await LOADERS[locale]())
}

export type Words = {
  readonly locale: Locale
  readonly text: Catalogue
  say(phrase: Phrase, values?: PhraseValues): string
  /** Of a moment, with its zone: the receiver's is not known. */
  moment(milliseconds: number): string
}

/** Throws where `loadWords` was not called. */
export function wordsOf(locale: Locale): Words {
  const text = loaded.get(locale)
  if (text === undefined) throw new Error(`the words of ${locale} are not loaded`)
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return {
    locale,
    text,
    say: (phrase, values = {}) => renderPhrase(locale, phrase, harmless(values)),
    moment: (milliseconds) => `${moments.format(milliseconds)} UTC`,
  }
}

function harmless(values: PhraseValues): PhraseValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? oneLine(value) : value]))
}
