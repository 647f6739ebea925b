/** What the words of first steps must have in each language: every key of the English ones. */
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import type { enFirst } from './en_first.ts'

export type FirstCatalogue = PatternOf<typeof enFirst>
