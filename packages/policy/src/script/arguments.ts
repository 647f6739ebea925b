/** What a script hands to the host: any JSON, read once. What is not as it should be is the script's mistake, and says so. */
import type { Value } from '@gatehouse/ports/table.ts'

/** The script asked for something that there is not. Ends the script, with this sentence in the audit record. */
export class ScriptMistake extends Error {
  override readonly name = 'ScriptMistake'
}

const LONGEST_TEXT = 16_384
const MOST_ENTRIES = 100

export type Arguments = {
  readonly has: (name: string) => boolean
  readonly text: (name: string) => string
  readonly maybeText: (name: string) => string | undefined
  readonly number: (name: string) => number
  readonly flag: (name: string) => boolean
  readonly texts: (name: string) => readonly string[]
  /** Values that are no texts become texts. */
  readonly map: (name: string) => Readonly<Record<string, string>>
  readonly list: (name: string) => readonly Arguments[]
  readonly inner: (name: string) => Arguments
  readonly value: (name: string) => Value | undefined
}

export function parseArguments(of: string, json: string): Arguments {
  return argumentsOf(of, JSON.parse(json))
}

function argumentsOf(of: string, given: unknown): Arguments {
  const record: Readonly<Record<string, unknown>> = isRecord(given) ? given : {}
  const at = (name: string) => (Object.hasOwn(record, name) ? (record[name] ?? undefined) : undefined)
  const wrong = (name: string, expected: string) => new ScriptMistake(`${of}: ${name} is to be ${expected}`)
  const text = (name: string, value: unknown) => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') throw wrong(name, 'a text')
    const string = String(value)
    if (string.length > LONGEST_TEXT) throw wrong(name, `a text of at most ${LONGEST_TEXT} characters`)
    return string
  }
  const list = (name: string): readonly unknown[] => {
    const value = at(name)
    if (!Array.isArray(value)) throw wrong(name, 'a list')
    if (value.length > MOST_ENTRIES) throw wrong(name, `a list of at most ${MOST_ENTRIES}`)
    return value
  }
  return {
    has: (name) => at(name) !== undefined,
    text: (name) => text(name, at(name)),
    maybeText: (name) => (at(name) === undefined ? undefined : text(name, at(name))),
    number: (name) => {
      const value = Number(at(name))
      if (!Number.isFinite(value)) throw wrong(name, 'a number')
      return value
    },
    // WSO2's scripts write 'true'.
    flag: (name) => at(name) === true || at(name) === 'true',
    texts: (name) => (typeof at(name) === 'string' ? [text(name, at(name))] : list(name).map((one) => text(name, one))),
    map: (name) => {
      const value = at(name)
      if (value === undefined) return {}
      if (!isRecord(value)) throw wrong(name, 'an object')
      const entries = Object.entries(value).filter(([, one]) => one !== null && one !== undefined)
      if (entries.length > MOST_ENTRIES) throw wrong(name, `an object of at most ${MOST_ENTRIES} properties`)
      return Object.fromEntries(entries.map(([key, one]) => [key, isPlain(one) ? text(name, one) : JSON.stringify(one)]))
    },
    list: (name) => list(name).map((one) => argumentsOf(`${of}: ${name}`, one)),
    inner: (name) => argumentsOf(`${of}: ${name}`, at(name)),
    // It came out of JSON.
    value: (name) => at(name) as Value | undefined,
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
