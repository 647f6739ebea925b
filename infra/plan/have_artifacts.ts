/** The functions' bundles and the bucket's files, built once for all processes that look at them, and again when a source has changed. */
import { execFile } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from './lay_out_platform.ts'
import { withProcessLock } from './process_lock.ts'

const BUILT = join(ROOT, '.build/lambda_built')
const RESULTS = [join(ROOT, '.build/lambda'), join(ROOT, '.build/cloud_assets')]

/** Gives what they were made of, as one word. */
export async function haveArtifacts(): Promise<string> {
  await withProcessLock(`${BUILT}.lock`, async () => {
    const sources = digestOfSources()
    if (RESULTS.every(existsSync) && existsSync(BUILT) && readFileSync(BUILT, 'utf8') === sources) return
    await promisify(execFile)(process.execPath, ['packages/lambda/build_functions.mjs'], { cwd: ROOT })
    writeFileSync(BUILT, sources)
  })
  return readFileSync(BUILT, 'utf8')
}

/** By name, size and time of change: what a build reads. */
function digestOfSources(): string {
  const files = readdirSync(join(ROOT, 'packages'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules') && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  const lines = [...files, join(ROOT, 'package-lock.json')].sort().map((file) => {
    const { size, mtimeMs } = statSync(file)
    return `${file} ${size} ${mtimeMs}`
  })
  return hash('sha256', lines.join('\n'))
}
