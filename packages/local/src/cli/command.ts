/** What a command is: its words, the flags that it takes, and what it is given to work with. */
import { parseArgs } from 'node:util'
import { BadCommand } from './bad_command.ts'
import type { Environment, Place } from './place.ts'

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

/** Every flag of every command; `--help` is one of all. */
const FLAGS = {
  issuer: text,
  stage: text,
  data: text,
  tenant: text,
  function: text,
  since: text,
  from: text,
  name: text,
  user: text,
  application: text,
  ip: text,
  country: text,
  at: text,
  browser: text,
  'user-agent': text,
  'failed-tries': text,
  acr: text,
  follow: { ...flag, short: 'f' },
  'dry-run': flag,
  json: flag,
  help: { ...flag, short: 'h' },
} as const

export type FlagName = keyof typeof FLAGS
export type Flags = { readonly [Name in FlagName]?: (typeof FLAGS)[Name]['type'] extends 'string' ? string : boolean }

export type Asked = {
  /** What follows the command's own words. */
  readonly words: readonly string[]
  readonly flags: Flags
  readonly environment: Environment
  readonly place: Place
  readonly say: (line: string) => void
}

export type Command = {
  /** `key rotate FILE [--flag]`: its own words are those in small letters. */
  readonly usage: string
  readonly does: string
  readonly flags: readonly FlagName[]
  readonly run: (asked: Asked) => Promise<void>
}

export function parseWords(words: readonly string[]): { readonly flags: Flags; readonly words: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: FLAGS })
    return { flags: values, words: positionals }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // Node goes on with advice for words that begin with a dash, which no command takes.
    throw new BadCommand(`${message.replace(/\. To specify .*$/s, '')}; npm run gatehouse -- --help lists the flags`)
  }
}

/** A flag that a command would ignore is a mistake that it must not hide. */
export function checkFlags(name: string, { usage, flags: known }: Command, given: Flags): void {
  const foreign = Object.keys(given).find((flag) => flag !== 'help' && !known.some((one) => one === flag))
  if (foreign !== undefined) throw new BadCommand(`"${name}" has no flag --${foreign}; usage: npm run gatehouse -- ${usage}`)
}

/** The words after the command, exactly as many as it takes. */
export function exactly(words: readonly string[], count: number, usage: string): readonly string[] {
  if (words.length !== count) throw new BadCommand(`usage: npm run gatehouse -- ${usage}`)
  return words
}
