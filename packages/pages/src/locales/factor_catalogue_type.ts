/** What the words of further factors must have in each language: every key of the English ones. */
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import type { enFactors } from './en_factors.ts'

export type FactorCatalogue = PatternOf<typeof enFactors>
