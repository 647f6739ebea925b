/** The plan of a stage: every resource that the real sst components make of `sst.config.ts`, computed on this machine without an account. */
import { execFile } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { haveArtifacts } from './have_artifacts.ts'
import { layOutPlatform, ROOT } from './lay_out_platform.ts'
import type { Plan, PlanOptions } from './plan.ts'
import { type App, bundleAppProgram, bundleRunProgram } from './program.ts'

const run = promisify(execFile)

/** Plans by what they were computed from: the second time nothing is computed. */
const KEPT = join(ROOT, '.build/plans')
/** Half of the time is spent on compiling Pulumi, the same each time. */
const COMPILED = join(ROOT, '.build/plan/compiled')
/** What the program reads while it runs, so that its own text does not tell. */
const READ_LATER = ['infra/front_door/viewer_request.ts', 'packages/workflow/src/approval.asl.json']

export async function computePlan(options: PlanOptions): Promise<Plan> {
  await layOutPlatform()
  const artifacts = await haveArtifacts()
  const { stage, environment = {} } = options
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-plan-'))
  const programs: string[] = []
  try {
    const name = basename(folder)
    const appProgram = await bundleAppProgram(stage, `${name}.app.mjs`)
    programs.push(appProgram)
    const app: App = JSON.parse(await runProgram(appProgram, environment))
    const program = await bundleRunProgram(app, `${name}.run.mjs`)
    programs.push(program)
    const read = [program, ...READ_LATER.map((path) => join(ROOT, path))].map((path) => readFileSync(path, 'utf8').replaceAll(name, ''))
    const kept = join(KEPT, `${hash('sha256', [...read, artifacts, JSON.stringify(options)].join('\n'))}.json`)
    if (!existsSync(kept)) keep(kept, await computeWith(program, folder, options))
    return JSON.parse(readFileSync(kept, 'utf8'))
  } finally {
    for (const file of [folder, ...programs]) rmSync(file, { recursive: true, force: true })
  }
}

async function computeWith(program: string, folder: string, { stage, answers = {}, environment = {} }: PlanOptions): Promise<Plan> {
  const out = join(folder, 'plan.json')
  await runProgram(program, { ...environment, GATEHOUSE_PLAN_OUT: out, GATEHOUSE_PLAN_ANSWERS: JSON.stringify(answers) })
  return { stage, ...JSON.parse(readFileSync(out, 'utf8').replaceAll(`${ROOT}/`, '')) }
}

/** Whole or not at all: others may be reading. */
function keep(file: string, plan: Plan): void {
  mkdirSync(KEPT, { recursive: true })
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(plan))
  renameSync(`${file}.${process.pid}`, file)
}

/** What fails is run once more, with the lines of its sources: to have them always at hand is a quarter of the time. */
async function runProgram(file: string, environment: Readonly<Record<string, string>>): Promise<string> {
  return execute([file], environment).catch(() => execute(['--enable-source-maps', file], environment))
}

async function execute(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  const { PATH = '', HOME = '' } = process.env
  const { stdout } = await run(process.execPath, ['--no-deprecation', ...words], {
    cwd: ROOT,
    env: { PATH, HOME, SST_AWS_REGION: 'eu-central-1', GATEHOUSE_ARTIFACTS: 'built', NODE_COMPILE_CACHE: COMPILED, ...environment },
    maxBuffer: 2 ** 28,
  })
  return stdout
}
