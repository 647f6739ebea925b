/**
 * The sst platform (its TypeScript components and their packages), laid out below `.build/plan` when the plan is first asked for. It is
 * half a gigabyte that nobody needs who only runs the house, so it is no part of `npm install`.
 */
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { withProcessLock } from './process_lock.ts'

const run = promisify(execFile)

export const ROOT = join(fileURLToPath(import.meta.url), '../../..')
/** A project of its own to sst: the house's config and folders are linked into it, so that `.sst` of a real deployment stays untouched. */
export const PROJECT = join(ROOT, '.build/plan')
export const PLATFORM = join(PROJECT, '.sst/platform')

const TOOLCHAIN = join(ROOT, 'infra/plan/toolchain')
const STAMP = join(PROJECT, 'laid_out')
const STEP_SECONDS = 300

/** Resolves when the platform is there; rejects with a sentence where it cannot be had. */
export async function layOutPlatform(): Promise<void> {
  if (isLaidOut()) return
  await withProcessLock(`${PROJECT}.lock`, async () => {
    if (isLaidOut()) return
    rmSync(PROJECT, { recursive: true, force: true })
    mkdirSync(PROJECT, { recursive: true })
    for (const name of ['package.json', 'package-lock.json']) cpSync(join(TOOLCHAIN, name), join(PROJECT, name))
    cpSync(join(ROOT, '.npmrc'), join(PROJECT, '.npmrc'))
    for (const name of ['sst.config.ts', 'infra', 'stacks', 'packages']) symlinkSync(join(ROOT, name), join(PROJECT, name))
    // not `ci`: npm leaves bun's builds for other systems out of a lock, and `ci` then refuses it there
    await step('npm could not install sst', 'npm', ['install', '--ignore-scripts=false'])
    await step('sst could not lay out its platform', process.execPath, [
      join(PROJECT, 'node_modules/sst/bin/sst.mjs'),
      'install',
      '--stage',
      'plan',
    ])
    writeFileSync(STAMP, wanted())
  })
}

/** The versions that are wanted; another lock or another set of providers asks for another platform. */
function wanted(): string {
  return readFileSync(join(TOOLCHAIN, 'package-lock.json'), 'utf8') + readFileSync(join(ROOT, 'infra/providers.ts'), 'utf8')
}

function isLaidOut(): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted()
}

async function step(failure: string, command: string, words: string[]): Promise<void> {
  const environment = {
    ...process.env,
    SST_SKIP_DEPENDENCY_CHECK: '1',
    SST_BUN_PATH: join(PROJECT, 'node_modules/bun/bin/bun.exe'),
    SST_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
  }
  try {
    await run(command, words, { cwd: PROJECT, env: environment, timeout: STEP_SECONDS * 1000, maxBuffer: 2 ** 26 })
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').slice(-3).join(' ') : ''
    throw new Error(`${failure}: ${said || String(error)}`, { cause: error })
  }
}
