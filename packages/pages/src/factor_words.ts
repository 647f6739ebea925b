/** The words of the pages of further factors, apart from `catalogue.ts`: loaded with those pages. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { arFactors } from './locales/ar_factors.ts'
import { deFactors } from './locales/de_factors.ts'
import { enFactors } from './locales/en_factors.ts'
import type { FactorCatalogue } from './locales/factor_catalogue_type.ts'

export type { FactorCatalogue }

export const FACTOR_CATALOGUES: Readonly<Record<Locale, FactorCatalogue>> = { en: enFactors, de: deFactors, ar: arFactors }
