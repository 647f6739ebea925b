/** Before the suites of the box: the functions are built, the plans are computed, DynamoDB Local runs. Nothing of it where the machine lacks the emulator. */
import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { computePlan } from '../../infra/plan/compute_plan.ts'
import { haveArtifacts } from '../../infra/plan/have_artifacts.ts'
import { startDynamodbLocal } from '../contract/dynamodb_local.ts'
import { ROOT } from '../house.ts'
import { DEPLOYERS, EMULATOR, findBox, planFile, STAGE, type Tenants } from './find_box.ts'

export async function setup(): Promise<(() => Promise<void>) | undefined> {
  return haveBox(['by_path', 'by_host'])
}

export async function haveBox(kinds: readonly Tenants[]): Promise<(() => Promise<void>) | undefined> {
  const { found, directory } = findBox(process.env)
  if (!found || process.env[EMULATOR] !== undefined) return undefined
  const built = await haveArtifacts()
  for (const tenants of kinds) await havePlan(tenants, built)
  const emulator = await startDynamodbLocal(directory)
  process.env[EMULATOR] = emulator.endpoint
  return emulator.stop
}

/** Computed again when what it is made of has changed: the functions, or what is said about them. */
async function havePlan(tenants: Tenants, built: string): Promise<void> {
  const file = planFile(tenants)
  const stamp = `${file}.stamp`
  const environment = DEPLOYERS[tenants]
  const sources = digestOfSources(`${built}${JSON.stringify(environment)}`)
  if (existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  const plan = await computePlan({ stage: STAGE, environment })
  writeFileSync(file, JSON.stringify(plan))
  writeFileSync(stamp, sources)
}

function digestOfSources(given: string): string {
  const said = ['infra', 'stacks'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  const files = [...said.sort(), join(ROOT, 'sst.config.ts')]
  return hash('sha256', `${given}${files.map((file) => readFileSync(file, 'utf8')).join()}`)
}
