/**
 * `npm run plan`: computes the plans of all stages and says what is in them, what they cost while nobody comes, and whether the committed
 * snapshots still tell the truth. `-- --stage NAME` lists one stage's resources; `-- --write` writes the snapshots.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { computePlan } from './compute_plan.ts'
import { idleCost } from './idle_cost.ts'
import { ROOT } from './lay_out_platform.ts'
import type { Plan } from './plan.ts'
import { PLANNED, PLANNED_STAGES } from './planned_stages.ts'
import { renderSnapshot } from './snapshot.ts'

const { values } = parseArgs({ options: { stage: { type: 'string' }, write: { type: 'boolean', default: false } } })
if (values.stage !== undefined) list(await computePlan({ stage: values.stage, environment: ownSettings() }))
else for (const name of PLANNED_STAGES) await check(name)

function list(plan: Plan): void {
  const width = Math.max(...plan.resources.map(({ type }) => type.length))
  for (const { type, name } of plan.resources) console.log(`${type.padEnd(width)}  ${name}`)
  const { lines, dollars } = idleCost(plan)
  console.log(`\n${plan.resources.length} resources. A month in which nobody comes: $${dollars.toFixed(2)}`)
  for (const line of lines) console.log(`  $${line.dollars.toFixed(2)}  ${line.price.padEnd(24)} ${Math.round(line.amount)}  ${line.why}`)
}

async function check(name: (typeof PLANNED_STAGES)[number]): Promise<void> {
  const began = Date.now()
  const plan = await computePlan(PLANNED[name])
  const file = join(ROOT, 'infra/plan/snapshots', `${name}.txt`)
  const snapshot = renderSnapshot(plan)
  const same = existsSync(file) && readFileSync(file, 'utf8') === snapshot
  if (values.write) writeFileSync(file, snapshot)
  else if (!same) process.exitCode = 1
  const verdict = same
    ? 'as its snapshot says'
    : values.write
      ? 'snapshot written'
      : 'NOT as its snapshot says: npm run plan -- --write, and review'
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  console.log(
    `${name.padEnd(24)}${String(plan.resources.length).padStart(4)} resources  $${idleCost(plan).dollars.toFixed(2)} idle  ${seconds} s  ${verdict}`,
  )
}

/** As sst would find them for the deployment itself. */
function ownSettings(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (key.startsWith('GATEHOUSE_') && value !== undefined ? [[key, value]] : [])),
  )
}
