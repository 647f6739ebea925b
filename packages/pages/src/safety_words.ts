/** The words of the pages about the safety of an account, apart from `catalogue.ts`: loaded with those pages. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { type Words, wordsOf } from './catalogue.ts'
import { arSafety } from './locales/ar_safety.ts'
import { deSafety } from './locales/de_safety.ts'
import { enSafety } from './locales/en_safety.ts'
import type { SafetyCatalogue } from './locales/safety_catalogue_type.ts'

const SAFETY_CATALOGUES: Readonly<Record<Locale, SafetyCatalogue>> = { en: enSafety, de: deSafety, ar: arSafety }

export function safetyWordsOf(locale: Locale): { readonly words: Words; readonly text: SafetyCatalogue } {
  return { words: wordsOf(locale), text: SAFETY_CATALOGUES[locale] }
}
