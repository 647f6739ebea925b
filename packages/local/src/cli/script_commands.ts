/** `script try FILE`: what an adaptive script would ask, do and say; a file of JavaScript, or a template of WSO2's (JSON) as it stands. Nothing is done. */
import { readFile } from 'node:fs/promises'
import { factorOfAuthenticator } from '@gatehouse/core/adaptive_script.ts'
import { parse } from 'yaml'
import { BadCommand } from './bad_command.ts'
import { type Asked, exactly, type Flags } from './command.ts'
import { openApi } from './management.ts'
import { parseTime } from './time.ts'

export const TRY_USAGE =
  'script try FILE --user NAME [--application ID] [--json]\n             [--ip ADDRESS] [--country DE] [--at TIME] [--failed-tries N] [--acr VALUE]\n             [--browser new|known|remembered] [--user-agent TEXT]'

/** What may be said of the request; left out: a new browser, now, from nowhere. */
export const CIRCUMSTANCES = ['ip', 'country', 'at', 'browser', 'user-agent', 'failed-tries', 'acr'] as const

type Step = { readonly anyOf: readonly string[] }
export type ScriptFile = { readonly text: string; readonly steps: readonly Step[] }

type Tried = {
  readonly outcome: string
  readonly script: {
    readonly outcome: string
    readonly because: string
    readonly asks: readonly { readonly step: number; readonly anyOf: readonly string[] }[]
    readonly calls: readonly string[]
    readonly log: readonly { readonly level: string; readonly text: string }[]
  }
}

export async function tryScript(asked: Asked): Promise<void> {
  const { words, flags, say } = asked
  const [file = ''] = exactly(words, 1, TRY_USAGE)
  if (flags.user === undefined) throw new BadCommand(`who would sign in? usage: npm run gatehouse -- ${TRY_USAGE}`)
  const { text, steps } = parseScript(file, await readScript(file))
  const { client } = await openApi(asked)
  const tried = await client.send<Tried>('POST', '/sign-in/dry-run', {
    userName: flags.user,
    ...(flags.application === undefined ? {} : { client_id: flags.application }),
    ...circumstancesOf(flags),
    ...(steps.length === 0 ? {} : { policy: { steps } }),
    script: { text },
  })
  if (flags.json) return say(JSON.stringify(tried, undefined, 2))
  const { script } = tried
  for (const { step, anyOf } of script.asks) say(`asks for step ${step}: ${anyOf.join(' or ')}`)
  for (const call of script.calls) say(`- ${call}`)
  for (const line of script.log) say(`  ${line.level}: ${line.text}`)
  say(`${script.outcome === 'let_on' ? 'lets on' : script.outcome}: ${script.because}`)
  if (script.outcome === 'failed') throw new BadCommand(`${file} does not run here: ${script.because}`)
}

/** In the words of the API, which says what is wrong with a value. */
function circumstancesOf(flags: Flags): Readonly<Record<string, unknown>> {
  const { ip, country, at, browser, acr } = flags
  const tries = flags['failed-tries']
  return {
    ...(ip === undefined ? {} : { ip }),
    ...(country === undefined ? {} : { place: { country } }),
    ...(at === undefined ? {} : { at: new Date(parseTime('--at', at, Date.now())).toISOString() }),
    ...(browser === undefined ? {} : { browser }),
    ...(flags['user-agent'] === undefined ? {} : { user_agent: flags['user-agent'] }),
    ...(tries === undefined ? {} : { failed_tries: Number(tries) }),
    ...(acr === undefined ? {} : { acr_values: acr.split(' ') }),
  }
}

/** A template's lines stand in `code`, and the authenticators of its steps in `defaultAuthenticators`. A comma too many in it is no mistake. */
export function parseScript(name: string, text: string): ScriptFile {
  if (!name.endsWith('.json')) return { text, steps: [] }
  const template: unknown = parse(text)
  const code = isRecord(template) ? template.code : undefined
  if (!isRecord(template) || !Array.isArray(code)) throw new BadCommand(`${name} is no template: it has no list of lines named code`)
  const steps = isRecord(template.defaultAuthenticators) ? Object.values(template.defaultAuthenticators) : []
  return { text: code.join('\n'), steps: steps.map(stepOf).filter(({ anyOf }) => anyOf.length > 0) }
}

function stepOf(given: unknown): Step {
  const local = isRecord(given) && Array.isArray(given.local) ? given.local : []
  return { anyOf: local.flatMap((name) => factorOfAuthenticator(String(name)) ?? []) }
}

async function readScript(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new BadCommand(`${file} cannot be read`)
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
