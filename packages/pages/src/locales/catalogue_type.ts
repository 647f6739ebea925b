/** What a catalogue must have: every key of the English one. */
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import type { en } from './en.ts'

export type Catalogue = PatternOf<typeof en>
