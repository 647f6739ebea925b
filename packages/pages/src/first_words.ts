/** The words of the pages of first steps, apart from `catalogue.ts`: loaded with those pages. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { arFirst } from './locales/ar_first.ts'
import { deFirst } from './locales/de_first.ts'
import { enFirst } from './locales/en_first.ts'
import type { FirstCatalogue } from './locales/first_catalogue_type.ts'

export type { FirstCatalogue }

export const FIRST_CATALOGUES: Readonly<Record<Locale, FirstCatalogue>> = { en: enFirst, de: deFirst, ar: arFirst }
