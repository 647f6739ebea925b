/**
 * The sst platform (its TypeScript components and their packages), laid out below `.build/plan` when the plan is first asked for. It is
 * half a gigabyte that nobody needs who only runs the house, so it is no part of `npm install`.
 */
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { layOutOnce, step } from './lay_out_once.ts'
import { type Builds, buildsFor, thisMachine } from './toolchain.ts'

export const ROOT = join(fileURLToPath(import.meta.url), '../../..')
/** A project of its own to sst: the house's config and folders are linked into it, so that `.sst` of a real deployment stays untouched. */
export const PROJECT = join(ROOT, '.build/plan')
export const PLATFORM = join(PROJECT, '.sst/platform')

const TOOLCHAIN = join(ROOT, 'infra/plan/toolchain')

/** Resolves when the platform is there; rejects with a sentence where it cannot be had. */
export async function layOutPlatform(): Promise<void> {
  await layOutOnce(PROJECT, wanted(), async () => {
    const builds = buildsFor(thisMachine())
    takeBuilds(builds)
    cpSync(join(ROOT, '.npmrc'), join(PROJECT, '.npmrc'))
    for (const name of ['sst.config.ts', 'infra', 'stacks', 'packages']) symlinkSync(join(ROOT, name), join(PROJECT, name))
    // not `ci`: the lock holds the other machines' builds as well
    await step({ failure: 'npm could not install sst', folder: PROJECT, command: 'npm', words: ['install'] })
    await step({
      failure: 'sst could not lay out its platform',
      folder: PROJECT,
      command: join(PROJECT, 'node_modules', builds.sst, 'bin/sst'),
      words: ['install', '--stage', 'plan'],
      environment: {
        SST_SKIP_DEPENDENCY_CHECK: '1',
        SST_BUN_PATH: join(PROJECT, 'node_modules', builds.bun, 'bin/bun'),
        SST_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
      },
    })
  })
}

/** The versions that are wanted; another lock or another set of providers asks for another platform. */
function wanted(): string {
  return readFileSync(join(TOOLCHAIN, 'package-lock.json'), 'utf8') + readFileSync(join(ROOT, 'infra/providers.ts'), 'utf8')
}

/** Of the toolchain's packages only these, no longer as optional ones: without either nothing can be laid out. */
function takeBuilds(builds: Builds): void {
  const { optionalDependencies, ...manifest } = JSON.parse(readFileSync(join(TOOLCHAIN, 'package.json'), 'utf8'))
  const dependencies = Object.fromEntries(Object.values(builds).map((name) => [name, optionalDependencies[name]]))
  writeFileSync(join(PROJECT, 'package.json'), JSON.stringify({ ...manifest, dependencies }))
  cpSync(join(TOOLCHAIN, 'package-lock.json'), join(PROJECT, 'package-lock.json'))
}
