/** A sentence of a catalogue, with `{name}` places in it and, where a number decides, its plural forms. */
import { directionOf } from './locale.ts'

/** CLDR plural categories; `other` is the one that every language has. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>

export type Phrase = string | Plural

/** What a catalogue must look like to match another: a sentence for a sentence, plural forms for plural forms; which forms a language has is its own matter. */
export type PatternOf<T> = T extends string ? string : T extends { other: string } ? Plural : { readonly [K in keyof T]: PatternOf<T[K]> }

export type PhraseValues = Readonly<Record<string, string | number>>

const PLACE = /\{([a-z_]+)\}/gi

/** The values' own text direction is kept from mixing with the sentence's, by Unicode isolates, where the sentence runs right to left. */
export function renderPhrase(locale: string, phrase: Phrase, values: PhraseValues = {}): string {
  const isolate = directionOf(locale) === 'rtl'
  return splitPhrase(locale, phrase, values)
    .map((piece) => {
      if (piece.kind === 'text') return piece.text
      const value = valueText(locale, values[piece.name], piece.name)
      return isolate && typeof values[piece.name] === 'string' ? `\u2068${value}\u2069` : value
    })
    .join('')
}

export type PhrasePiece = { kind: 'text'; text: string } | { kind: 'place'; name: string }

/** For a renderer that puts more than text into the places. `values.count` chooses the plural form. */
export function splitPhrase(locale: string, phrase: Phrase, values: PhraseValues = {}): PhrasePiece[] {
  const sentence = typeof phrase === 'string' ? phrase : pluralForm(locale, phrase, values.count)
  return sentence
    .split(PLACE)
    .map((piece, index): PhrasePiece => (index % 2 === 0 ? { kind: 'text', text: piece } : { kind: 'place', name: piece }))
    .filter((piece) => piece.kind === 'place' || piece.text !== '')
}

export function valueText(locale: string, value: string | number | undefined, name: string): string {
  if (value === undefined) throw new RangeError(`the phrase has a place for {${name}}, but no such value was given`)
  return typeof value === 'number' ? new Intl.NumberFormat(locale).format(value) : value
}

export function placesOf(phrase: Phrase): string[] {
  const sentences = typeof phrase === 'string' ? [phrase] : Object.values(phrase)
  const names = sentences.flatMap((sentence) => [...sentence.matchAll(PLACE)].map((match) => match[1] ?? ''))
  return [...new Set(names)].sort()
}

function pluralForm(locale: string, plural: Plural, count: string | number | undefined): string {
  if (typeof count !== 'number') throw new RangeError('a phrase with plural forms needs a number named count')
  return plural[new Intl.PluralRules(locale).select(count)] ?? plural.other
}
