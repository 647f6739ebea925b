/** A script with given facts: what it would ask, do and say. Nothing is done, nothing is written; what the person and the outside would answer is assumed. */
import { authenticatorOf } from '@gatehouse/core/adaptive_script.ts'
import type { Application } from '@gatehouse/core/application.ts'
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { Place } from '@gatehouse/core/place.ts'
import type { SignInPolicy, SignInStep } from '@gatehouse/core/sign_in_policy.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import { plain } from '@gatehouse/store/item.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { ScriptMistake } from './arguments.ts'
import { type End, refusalOf } from './ended.ts'
import { type AskedStep, askedStepOf } from './flow.ts'
import { saidBy } from './host/claims.ts'
import type { World } from './host_function.ts'
import { HOST_FUNCTIONS } from './host_functions.ts'
import type { Journal } from './journal.ts'
import { promptOf } from './prompt.ts'
import { type Asked, remember, runOnce } from './run_once.ts'
import { nothingSpent } from './run_script.ts'
import { versionOf } from './version.ts'

export type ScriptFacts = {
  readonly policy: SignInPolicy
  readonly script: string
  readonly application: Application | undefined
  readonly ip: string | undefined
  readonly acrValues: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: Readonly<Record<string, string>>
  readonly parameters: Readonly<Record<string, string>>
  /** Of forms, by field. */
  readonly answers: Readonly<Record<string, string>>
  /** What a host answers; one that is not named does not. */
  readonly outside: Readonly<Record<string, { readonly status: number; readonly body: Value }>>
  readonly place: Place | undefined
  /** As if it were then, in milliseconds; undefined: it is now. */
  readonly now: number | undefined
  /** As if somebody had guessed so often before. */
  readonly failedTries: number
}

export type ScriptDryRun = {
  readonly outcome: 'let_on' | 'refused' | 'failed'
  readonly because: string
  /** Each call that is worth a word, in its order. */
  readonly calls: readonly string[]
  readonly log: readonly { readonly level: string; readonly text: string }[]
  readonly asks: readonly { readonly step: number; readonly anyOf: readonly FactorKind[] }[]
  readonly steps: readonly SignInStep[]
  /** It depends on what the outside says. */
  readonly askedOutside: boolean
}

const MOST_ROUNDS = 200

export async function dryRunScript(here: TenantContext, user: User, facts: ScriptFacts): Promise<ScriptDryRun> {
  const { policy, application } = facts
  const log: { level: string; text: string }[] = []
  const ctx: TenantContext = {
    ...here,
    tenant: { ...here.tenant, policies: { ...here.tenant.policies, signIn: policy } },
    actor: { ...here.actor, ...(facts.ip === undefined ? {} : { ip: facts.ip }) },
    saidPlace: facts.place,
    ...(facts.now === undefined ? {} : { clock: { now: () => facts.now ?? 0 } }),
    log: { write: (level, _, fields = {}) => void log.push({ level, text: String(fields.text) }) },
  }
  const names = (await here.stores.scriptSecrets.list()).map(({ name }) => name)
  const version = versionOf(facts.script, policy.scripting?.libraries ?? {})
  const journal: Journal = {
    began: { version: version.id, seed: 1, at: ctx.clock.now() },
    ...{ answers: [], pending: [], length: 0, written: false, reserved: undefined, ended: undefined },
  }
  const world = worldOf(ctx, user, facts)
  const asked: AskedStep[] = []
  const policySteps = application?.gatehouse_sign_in?.steps ?? policy.steps
  const spent = nothingSpent()
  let calls: readonly string[] = []
  const done = (end: End): ScriptDryRun => ({
    outcome: end.kind === 'done' ? 'let_on' : end.kind === 'broken' ? 'failed' : 'refused',
    because: wordsOf(end),
    ...{ calls, log },
    asks: asked.map(({ number, step }) => ({ step: number, anyOf: step.anyOf })),
    steps: [...new Map(asked.map(({ number, step }) => [number, step]))].sort(([a], [b]) => a - b).map(([, step]) => step),
    askedOutside: journal.pending.some(({ name }) => name.startsWith('http')),
  })
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const run = await runOnce({
      ...{ world, journal, version, policySteps },
      applicationName: application?.client_name ?? here.tenant.display_name,
      requestedAcr: facts.acrValues,
      // Who tries a script reads what it logs: not the secrets.
      spent,
      secrets: Object.fromEntries(names.map((name) => [name, `secret ${name}`])),
    })
    calls = run.words
    if (run.kind === 'broken') return done(run)
    try {
      const answer = await assume(run.asked, world, facts, policySteps, user, asked)
      if ('kind' in answer) return done(answer)
      remember(world, journal, run.asked.name, answer.value)
    } catch (error) {
      if (error instanceof ScriptMistake) return done({ kind: 'broken', message: error.message })
      throw error
    }
  }
  return done({ kind: 'broken', message: 'the script comes to no end' })
}

async function assume(
  { name, args, ordinal }: Asked,
  world: World,
  facts: ScriptFacts,
  policySteps: readonly SignInStep[],
  user: User,
  asked: AskedStep[],
): Promise<End | { readonly value: Value }> {
  const row = HOST_FUNCTIONS[name]
  if (row?.kind === 'reads') return { value: await row.perform(world, args, ordinal) }
  if (row !== undefined) return { value: name.startsWith('http') ? outside(args.text('url'), facts) : name === 'writeClaim' ? null : true }
  if (name === 'executeStep') {
    const one = askedStepOf(args, policySteps)
    asked.push(one)
    const { number, step, since } = one
    const by = step.anyOf.find((kind) => user.factors?.includes(kind)) ?? step.anyOf[0] ?? 'password'
    const who = { id: user.id, userName: user.userName }
    const { anyOf, rememberable } = step
    return {
      value: plain({
        outcome: 'success',
        step: number,
        user: who,
        authenticator: authenticatorOf(by),
        anyOf,
        rememberable,
        forced: since !== undefined,
      }),
    }
  }
  if (name === 'provenSoFar') return { value: [] }
  if (name === 'prompt') {
    const prompt = promptOf(args, facts.policy.scripting ?? {})
    const fields = prompt.kind === 'form' ? prompt.inputs.map(({ id }) => id) : Object.keys(facts.answers)
    return { value: { parameters: Object.fromEntries(fields.map((id) => [id, [facts.answers[id] ?? '']])) } }
  }
  if (name === 'fail') return refusalOf(args)
  if (name === 'sendError') return { kind: 'error', parameters: args.map('parameters') }
  return { kind: 'done', steps: [], ...saidBy(args) }
}

function outside(text: string, { outside: hosts, policy }: ScriptFacts): Value {
  const host = URL.canParse(text) ? new URL(text).host : ''
  if (!policy.scripting?.allowedHosts?.includes(host)) return { outcome: 'onFail', data: { error: `${host} is none of the allowed hosts` } }
  const answer = Object.hasOwn(hosts, host) ? hosts[host] : undefined
  if (answer === undefined) return { outcome: 'onTimeout', data: { error: 'a dry run asks nobody' } }
  const { status, body } = answer
  return status >= 200 && status < 300 ? { outcome: 'onSuccess', data: body } : { outcome: 'onFail', data: { status, data: body } }
}

function wordsOf(end: End): string {
  if (end.kind === 'done' && end.claims)
    return `the script said ${Object.keys(end.claims).join(', ')} for this sign-in, and asked for nothing more`
  if (end.kind === 'done') return 'the script asked for nothing more'
  if (end.kind === 'refused') return end.message ?? end.code ?? 'the script refused'
  if (end.kind === 'error') return end.parameters.statusMsg ?? 'the script sent the person to an error page'
  return end.message
}

function worldOf(ctx: TenantContext, user: User, { application, headers, cookies, parameters, ip, failedTries }: ScriptFacts): World {
  const of = (map: Readonly<Record<string, string>>) => (name: string) => (Object.hasOwn(map, name) ? map[name] : undefined)
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    ctx,
    interactionId: 'int_dry_run',
    clientId: application?.client_id,
    request: { ip, header: of(lower), cookie: of(cookies), parameter: of(parameters) },
    powers: { seal: async (_, text) => text, unseal: async (_, text) => text, endSession: async () => true },
    subject: user.id,
    findUser: (id) => ctx.stores.users.find(id, { consistent: true }),
    locale: 'en',
    sessionId: 'ses_dry_run0',
    browserSession: undefined,
    failedTries: async () => failedTries,
  }
}
