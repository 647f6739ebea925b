/** An adaptive script in a dry run: the one that is given, or the one that the sign-in follows. QuickJS is loaded with the first. */
import { scriptFor } from '@gatehouse/core/adaptive_script.ts'
import type { Application } from '@gatehouse/core/application.ts'
import type { Place } from '@gatehouse/core/place.ts'
import type { SignInPolicy, SignInStep } from '@gatehouse/core/sign_in_policy.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { ScriptDryRun } from '@gatehouse/policy/script/dry_run.ts'
import { plain } from '@gatehouse/store/item.ts'
import type { z } from '@hono/zod-openapi'
import type { HouseContext } from '../house.ts'
import type { scriptAnswerSchema, scriptFactsSchema } from './schema/script_dry_run.ts'

type Trying = {
  readonly user: User
  readonly policy: SignInPolicy
  readonly application: Application | undefined
  readonly ip: string | undefined
  readonly acrValues: readonly string[]
  readonly place: Place | undefined
  readonly now?: number | undefined
  readonly userAgent?: string | undefined
  readonly failedTries?: number
  readonly facts: z.output<typeof scriptFactsSchema> | undefined
}

type Tried = { readonly answer: z.output<typeof scriptAnswerSchema>; readonly steps: readonly SignInStep[]; readonly run: ScriptDryRun }

export async function tryScript(
  c: HouseContext,
  { user, policy, application, ip, acrValues, place, now, userAgent, failedTries = 0, facts }: Trying,
): Promise<Tried | undefined> {
  const script = facts?.text ?? scriptFor(policy, application)
  if (script === undefined) return undefined
  const { dryRunScript } = await import('@gatehouse/policy/script/dry_run.ts')
  const { headers = {}, cookies = {}, parameters = {}, answers = {}, outside = {} } = facts ?? {}
  const run = await dryRunScript(c.env.here, user, {
    ...{ policy, script, application, ip, acrValues, cookies, parameters, answers, now, failedTries },
    headers: { ...(userAgent === undefined ? {} : { 'user-agent': userAgent }), ...headers },
    outside: Object.fromEntries(Object.entries(outside).map(([host, { status, body }]) => [host, { status, body: plain(body ?? {}) }])),
    place,
  })
  const { outcome, because, calls, log, asks, steps } = run
  const answer = { outcome, because, calls: [...calls], log: [...log], asks: asks.map(({ step, anyOf }) => ({ step, anyOf: [...anyOf] })) }
  return { answer, steps, run }
}
