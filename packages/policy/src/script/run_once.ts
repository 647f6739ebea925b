/** One run of a script from its beginning: what the journal knows is answered from it, what can be answered at once is, and with anything else the run stops. */
import { authenticatorOf, ENTRY } from '@gatehouse/core/adaptive_script.ts'
import type { SignInStep } from '@gatehouse/core/sign_in_policy.ts'
import type { Spent } from '@gatehouse/ports/script_engine.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import type { JournalAnswer } from '@gatehouse/store/adaptive_journal.ts'
import { type Arguments, parseArguments, ScriptMistake } from './arguments.ts'
import { isFlow, wordsOfFlow } from './flow.ts'
import type { ScriptCookie, World } from './host_function.ts'
import { HOST_FUNCTIONS } from './host_functions.ts'
import type { Journal } from './journal.ts'
import { PRELUDE } from './prelude.ts'
import { runScript } from './run_script.ts'
import type { Version } from './version.ts'

export type Asked = { readonly name: string; readonly args: Arguments; readonly ordinal: number; readonly waiting?: Promise<Value> }

export type Run = { readonly words: readonly string[]; readonly cookies: readonly ScriptCookie[] } & (
  | { readonly kind: 'asked'; readonly asked: Asked }
  | { readonly kind: 'broken'; readonly message: string }
)

export type Running = {
  readonly world: World
  /** Answers that are had at once are added to it. */
  readonly journal: Journal
  readonly version: Version
  readonly applicationName: string
  readonly policySteps: readonly SignInStep[]
  readonly requestedAcr: readonly string[]
  readonly secrets: Readonly<Record<string, string>>
  readonly spent: Spent
}

const MOST_CALLS = 150
const LONGEST_ANSWER = 16_384
const LONGEST_MEMORY = 65_536

export async function runOnce(running: Running): Promise<Run> {
  const { world, journal, version } = running
  const words: string[] = []
  const cookies: ScriptCookie[] = []
  let ordinal = 0
  let asked: Asked | undefined
  let mistake: string | undefined
  const stop = (because: string) => {
    mistake ??= because
    return undefined
  }
  const ask = (name: string, json: string): string | undefined => {
    const place = ordinal++
    const recorded = journal.answers[place] ?? journal.pending[place - journal.answers.length]
    if (recorded !== undefined && recorded.name !== name)
      return stop(`the script asks for ${name} where it asked for ${recorded.name} before`)
    if (place >= MOST_CALLS) return stop(`the script asks for more than ${MOST_CALLS} things`)
    const row = HOST_FUNCTIONS[name]
    if (row === undefined && !isFlow(name)) return stop(`there is no function ${name}`)
    const args = parseArguments(name, json)
    const answer = recorded ?? answerAtOnce(running, name, args, place)
    if (answer === undefined) {
      asked = { name, args, ordinal: place }
      return undefined
    }
    const said = isFlow(name) ? wordsOfFlow(name, args, answer.value) : row?.words?.(args, answer.value)
    if (said !== undefined) words.push(said)
    if (name === 'setCookie' && isCookie(answer.value)) cookies.push(answer.value)
    return textOf(answer)
  }
  const outcome = await runScript(
    world.ctx,
    {
      tenant: world.ctx.tenant.id,
      prelude: PRELUDE,
      facts: JSON.stringify(factsOf(running)),
      script: version.script,
      entry: ENTRY,
      ask: (name, json) => {
        try {
          return ask(name, json)
        } catch (error) {
          if (error instanceof ScriptMistake) return stop(error.message)
          throw error
        }
      },
      known: () => [...journal.answers, ...journal.pending].map((answer) => ({ name: answer.name, answer: textOf(answer) })),
    },
    running.spent,
  )
  if (mistake !== undefined) return { kind: 'broken', message: mistake, words, cookies }
  if (outcome.kind === 'failed') {
    const { message, line } = outcome.failure
    return { kind: 'broken', message: line === undefined ? message : `${message} (line ${line})`, words, cookies }
  }
  return asked === undefined
    ? { kind: 'broken', message: 'the script came to no end', words, cookies }
    : { kind: 'asked', asked, words, cookies }
}

/** As the script is told. */
function textOf({ value, at }: JournalAnswer): string {
  return JSON.stringify({ value, at })
}

function answerAtOnce({ world, journal }: Running, name: string, args: Arguments, ordinal: number) {
  const row = HOST_FUNCTIONS[name]
  if (row?.atOnce === undefined) return undefined
  return remember(world, journal, name, row.atOnce(world, args, ordinal))
}

/** Adds an answer to the journal's memory. */
export function remember(world: Pick<World, 'ctx'>, journal: Journal, name: string, value: Value) {
  const answer = { name, value, at: world.ctx.clock.now() }
  const size = JSON.stringify(value).length
  if (size > LONGEST_ANSWER) throw new ScriptMistake(`${name}: the answer is longer than ${LONGEST_ANSWER} characters`)
  const all = [...journal.answers, ...journal.pending].reduce((sum, one) => sum + JSON.stringify(one.value).length, size)
  if (all > LONGEST_MEMORY) throw new ScriptMistake('the script was told more than a sign-in remembers')
  journal.pending.push(answer)
  return answer
}

function factsOf({ world, journal, version, applicationName, policySteps, requestedAcr, secrets }: Running) {
  return {
    at: journal.began.at,
    seed: journal.began.seed,
    steps: policySteps.map(({ anyOf }) => anyOf.map((kind) => ({ authenticator: authenticatorOf(kind), idp: 'LOCAL' }))),
    tenantDomain: world.ctx.tenant.id,
    serviceProviderName: applicationName,
    requestedAcr,
    libraries: version.libraries,
    secrets,
  }
}

function isCookie(value: unknown): value is ScriptCookie {
  return typeof value === 'object' && value !== null && 'name' in value
}
