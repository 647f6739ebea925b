/** Before the suite: the plans, once for all its files. Where sst's platform cannot be had, the sentence that says why. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { computePlan } from '../../infra/plan/compute_plan.ts'
import { layOutPlatform } from '../../infra/plan/lay_out_platform.ts'
import { PLANNED, PLANNED_STAGES } from '../../infra/plan/planned_stages.ts'
import { PLANS, WHY_NOT } from './plans.ts'

export async function setup(): Promise<void> {
  mkdirSync(dirname(PLANS), { recursive: true })
  rmSync(PLANS, { force: true })
  rmSync(WHY_NOT, { force: true })
  try {
    await layOutPlatform()
  } catch (error) {
    return writeFileSync(WHY_NOT, error instanceof Error ? error.message : String(error))
  }
  const plans: Record<string, unknown> = {}
  for (const name of PLANNED_STAGES) plans[name] = await computePlan(PLANNED[name])
  writeFileSync(PLANS, JSON.stringify(plans))
}
