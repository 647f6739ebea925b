/** The words of the chosen language, and the ways to put values into them. */
import { type Direction, directionOf, findLocale, type Locale } from '@gatehouse/core/locale.ts'
import { type PatternOf, type Phrase, type PhraseValues, renderPhrase, splitPhrase } from '@gatehouse/core/phrase.ts'
import type { claims as claimWords, scopes as scopeWords } from '@gatehouse/pages/locales/en_claims.ts'
import { createContext, Fragment, type ReactNode, useContext } from 'react'
import type { Catalogue } from './locales/catalogue_type.ts'

type ClaimWords = PatternOf<typeof claimWords>
type ScopeWords = PatternOf<typeof scopeWords>

export type Words = {
  readonly locale: Locale
  readonly direction: Direction
  readonly text: Catalogue
  say(phrase: Phrase, values?: PhraseValues): string
  /** As `say`, with markup in the places. */
  mix(phrase: Phrase, values: Readonly<Record<string, ReactNode>>): ReactNode[]
  date(time: string): string
  dateTime(time: string): string
  /** In plain words; names that have none are shown as they are. */
  claim(name: string): string
  scope(name: string): string
}

/** Each language is a file of its own, fetched when it is chosen. */
const LOAD: Readonly<Record<Locale, () => Promise<{ text: Catalogue; claims: ClaimWords; scopes: ScopeWords }>>> = {
  en: async () => {
    const [{ en }, words] = await Promise.all([import('./locales/en.ts'), import('@gatehouse/pages/locales/en_claims.ts')])
    return { text: en, claims: words.claims, scopes: words.scopes }
  },
  de: async () => {
    const [{ de }, words] = await Promise.all([import('./locales/de.ts'), import('@gatehouse/pages/locales/de_claims.ts')])
    return { text: de, claims: words.claims, scopes: words.scopes }
  },
  ar: async () => {
    const [{ ar }, words] = await Promise.all([import('./locales/ar.ts'), import('@gatehouse/pages/locales/ar_claims.ts')])
    return { text: ar, claims: words.claims, scopes: words.scopes }
  },
}

export const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', de: 'Deutsch', ar: 'العربية' }

export async function loadWords(locale: Locale): Promise<Words> {
  const { text, claims, scopes } = await LOAD[locale]()
  // a reader of English in Britain writes dates otherwise than one in America
  const regional = [...navigator.languages.filter((tag) => findLocale(tag) === locale && isLanguageTag(tag)), locale]
  const date = new Intl.DateTimeFormat(regional, { dateStyle: 'long' })
  const dateTime = new Intl.DateTimeFormat(regional, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    locale,
    direction: directionOf(locale),
    text,
    say: (phrase, values) => renderPhrase(locale, phrase, values),
    mix: (phrase, values) =>
      splitPhrase(locale, phrase).map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence never move
        <Fragment key={index}>{piece.kind === 'text' ? piece.text : values[piece.name]}</Fragment>
      )),
    date: (time) => date.format(new Date(time)),
    dateTime: (time) => dateTime.format(new Date(time)),
    claim: (name) => (isKey(claims, name) ? claims[name] : name),
    scope: (name) => (isKey(scopes, name) ? scopes[name].name : name),
  }
}

/** Some browsers name a language as their system does, `en-US@posix`. `Intl` throws at what is no tag of RFC 5646. */
function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

export type Language = {
  readonly words: Words /** Resolves to the words of that language, when they are spoken. */
  choose(locale: Locale): Promise<Words>
}

export const LanguageContext = createContext<Language | undefined>(undefined)

export function useLanguage(): Language {
  const language = useContext(LanguageContext)
  if (!language) throw new Error('no language has been provided above this component')
  return language
}

export function useWords(): Words {
  return useLanguage().words
}

export function isKey<T extends object>(record: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(record, key)
}
