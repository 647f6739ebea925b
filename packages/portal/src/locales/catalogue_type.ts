/** What a language of My Account must say: all that English says. */
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import type { en } from './en.ts'

export type Catalogue = PatternOf<typeof en>
