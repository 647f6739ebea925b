/** The plans of the suite, written where its tests read them; or the sentence that says why sst's platform cannot be had. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { computePlan } from '../../infra/plan/compute_plan.ts'
import { layOutPlatform } from '../../infra/plan/lay_out_platform.ts'
import { PLANNED, PLANNED_STAGES } from '../../infra/plan/planned_stages.ts'
import { PLANS, WHY_NOT } from './plan_files.ts'

mkdirSync(dirname(PLANS), { recursive: true })
const why = await layOutPlatform().then(
  () => undefined,
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
)
if (why === undefined) {
  const plans: Record<string, unknown> = {}
  for (const name of PLANNED_STAGES) plans[name] = await computePlan(PLANNED[name])
  publish(PLANS, JSON.stringify(plans))
} else publish(WHY_NOT, why)

/** Whole or not at all: tests wait for the file to be there. */
function publish(file: string, text: string): void {
  writeFileSync(`${file}.part`, text)
  renameSync(`${file}.part`, file)
}
