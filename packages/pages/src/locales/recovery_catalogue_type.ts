/** What the words of recovery must have in each language: every key of the English ones. */
import type { PatternOf } from '@gatehouse/core/phrase.ts'
import type { enRecovery } from './en_recovery.ts'

export type RecoveryCatalogue = PatternOf<typeof enRecovery>
