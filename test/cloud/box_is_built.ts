/** Before the suites of the box: the functions are built, the plan is computed, DynamoDB Local runs. Nothing of it where the machine lacks the emulator. */
import { writeFile } from 'node:fs/promises'
import { computePlan } from '../../infra/plan/compute_plan.ts'
import { startDynamodbLocal } from '../contract/dynamodb_local.ts'
import { DEPLOYER, EMULATOR, findBox, PLAN_FILE, STAGE } from './find_box.ts'

export async function setup(): Promise<(() => Promise<void>) | undefined> {
  const { found, directory } = findBox(process.env)
  if (!found || process.env[EMULATOR] !== undefined) return undefined
  await writeFile(PLAN_FILE, JSON.stringify(await computePlan({ stage: STAGE, environment: DEPLOYER })))
  const emulator = await startDynamodbLocal(directory)
  process.env[EMULATOR] = emulator.endpoint
  return emulator.stop
}
