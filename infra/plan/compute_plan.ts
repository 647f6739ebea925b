/** The plan of a stage: every resource that the real sst components make of `sst.config.ts`, computed on this machine without an account. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { haveArtifacts } from './have_artifacts.ts'
import { layOutPlatform, ROOT } from './lay_out_platform.ts'
import type { Plan, PlanOptions } from './plan.ts'
import { type App, bundleAppProgram, bundleRunProgram } from './program.ts'

const run = promisify(execFile)

export async function computePlan({ stage, answers = {}, environment = {} }: PlanOptions): Promise<Plan> {
  await layOutPlatform()
  await haveArtifacts()
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-plan-'))
  const programs: string[] = []
  try {
    const name = basename(folder)
    const appProgram = await bundleAppProgram(stage, `${name}.app.mjs`)
    programs.push(appProgram)
    const app: App = JSON.parse(await runProgram(appProgram, environment))
    const program = await bundleRunProgram(app, `${name}.run.mjs`)
    programs.push(program)
    const out = join(folder, 'plan.json')
    await runProgram(program, { ...environment, GATEHOUSE_PLAN_OUT: out, GATEHOUSE_PLAN_ANSWERS: JSON.stringify(answers) })
    return { stage, ...JSON.parse(readFileSync(out, 'utf8').replaceAll(`${ROOT}/`, '')) }
  } finally {
    for (const file of [folder, ...programs]) rmSync(file, { recursive: true, force: true })
  }
}

async function runProgram(file: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const { PATH = '', HOME = '' } = process.env
  const { stdout } = await run(process.execPath, ['--enable-source-maps', '--no-deprecation', file], {
    cwd: ROOT,
    env: { PATH, HOME, SST_AWS_REGION: 'eu-central-1', GATEHOUSE_ARTIFACTS: 'built', ...environment },
    maxBuffer: 2 ** 28,
  })
  return stdout
}
