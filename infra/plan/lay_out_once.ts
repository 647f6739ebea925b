/** Folders of packages that only some runs need: laid out below `.build` when they are first asked for, so that `npm install` does not bring them. */
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { withProcessLock } from './process_lock.ts'

const run = promisify(execFile)
const STEP_SECONDS = 300

/** Once for all processes, and anew where it was laid out from something other than `wanted`. */
export async function layOutOnce(folder: string, wanted: string, layOut: () => Promise<void>): Promise<void> {
  const stamp = join(folder, 'laid_out')
  const isLaidOut = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isLaidOut()) return
  await withProcessLock(`${folder}.lock`, async () => {
    if (isLaidOut()) return
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    await layOut()
    writeFileSync(stamp, wanted)
  })
}

export type Step = {
  /** The beginning of the sentence, should it fail. */
  readonly failure: string
  readonly folder: string
  readonly command: string
  readonly words: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export async function step({ failure, folder, command, words, environment = {} }: Step): Promise<void> {
  try {
    await run(command, words, { cwd: folder, env: { ...process.env, ...environment }, timeout: STEP_SECONDS * 1000, maxBuffer: 2 ** 26 })
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').slice(-3).join(' ') : ''
    throw new Error(`${failure}: ${said || String(error)}`, { cause: error })
  }
}
