/** What the words about the safety of an account must have in each language: every key of the English ones. */
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import type { enSafety } from './en_safety.ts'

export type SafetyCatalogue = PatternOf<typeof enSafety>
