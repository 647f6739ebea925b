/** What a catalogue must have: every key of the English one. */
import type { Plural } from '@gatehouse/core/phrase.ts'
import type { en } from './en.ts'

/** A sentence for a sentence, plural forms for plural forms; which forms a language has is its own matter. */
type Pattern<T> = T extends string ? string : T extends { other: string } ? Plural : { readonly [K in keyof T]: Pattern<T[K]> }

export type Catalogue = Pattern<typeof en>
