/** The computed plans, and a few looks into them. */
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Plan, PlannedResource } from '../../infra/plan/plan.ts'
import type { PlannedStage } from '../../infra/plan/planned_stages.ts'
import { describeExtra } from '../extras.ts'
import { BROKEN, PLANS, WHY_NOT } from './plan_files.ts'

const PATIENCE_MS = 600_000

await plansOrTheReason()

export type Plans = Readonly<Record<PlannedStage, Plan>>

/** Skipped with a sentence where sst's platform cannot be laid out. */
export function describePlans(name: string, body: (plans: Plans) => void): void {
  const found = existsSync(PLANS)
  const reason = existsSync(WHY_NOT) ? readFileSync(WHY_NOT, 'utf8').slice(0, 300) : 'the plans were not computed'
  describeExtra(name, { found, reason, variable: 'npm run plan, with a package registry in reach,' }, () =>
    body(JSON.parse(readFileSync(PLANS, 'utf8'))),
  )
}

/** They are computed while other suites run; whoever wants to see them waits. */
async function plansOrTheReason(): Promise<void> {
  for (let waited = 0; !existsSync(PLANS) && !existsSync(WHY_NOT); waited += 200) {
    if (existsSync(BROKEN)) throw new Error(readFileSync(BROKEN, 'utf8'))
    if (waited > PATIENCE_MS) throw new Error(`no plan was computed in ${PATIENCE_MS / 1000} s`)
    await pause(200)
  }
}

export function ofType({ resources }: Plan, type: string): PlannedResource[] {
  return resources.filter((resource) => resource.type === type)
}

export function resource(plan: Plan, name: string): PlannedResource {
  const found = plan.resources.find((one) => one.name === name)
  if (!found) throw new Error(`the plan of ${plan.stage} has no ${name}`)
  return found
}

/** A value below `inputs`, by its path. */
export function input({ inputs }: PlannedResource, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), inputs)
}

export type Statement = {
  readonly Sid?: string
  readonly Effect: string
  readonly Action: string | string[]
  readonly Resource?: string | string[]
  readonly NotResource?: string | string[]
  readonly Principal?: unknown
}

export function statementsOf(policy: unknown): Statement[] {
  return JSON.parse(String(policy)).Statement
}

export const list = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value
