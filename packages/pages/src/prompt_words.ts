/** The words of what adaptive scripts show, loaded with those pages. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { arPrompt } from './locales/ar_prompt.ts'
import { dePrompt } from './locales/de_prompt.ts'
import { enPrompt, type PromptCatalogue } from './locales/en_prompt.ts'

export const PROMPT_CATALOGUES: Readonly<Record<Locale, PromptCatalogue>> = { en: enPrompt, de: dePrompt, ar: arPrompt }
