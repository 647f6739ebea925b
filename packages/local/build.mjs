/** Builds the house (esbuild) and My Account (Vite) into `.build/`, each only when its sources have changed. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const BUILD = join(ROOT, '.build')
const HOUSE = join(BUILD, 'house.mjs')
/** What V8 made of the bundle when it ran last: the next start need not do it again. */
export const COMPILED = join(BUILD, 'compiled')

/** Native or heavy packages stay where npm put them. */
const EXTERNAL = ['@node-rs/argon2', '@aws-sdk/*', 'aws-local-stepfunctions', 'vite', 'esbuild']

/** Resolves to the URL of the house's bundle. `quiet` prints nothing; `portal: false` leaves My Account as it is. */
export async function build({ quiet = false, portal = true } = {}) {
  await mkdir(BUILD, { recursive: true })
  const say = (line) => !quiet && process.stdout.write(line)
  await Promise.all([
    unlessBuilt('house', ['packages', 'samples'], (file) => !file.includes('/portal/') && !/\.test\.tsx?$/.test(file), say, bundleHouse),
    portal && buildPortal({ quiet }),
  ])
  return pathToFileURL(HOUSE).href
}

/** Resolves to the folder of My Account's built files. */
export async function buildPortal({ quiet = false } = {}) {
  await mkdir(BUILD, { recursive: true })
  const say = (line) => !quiet && process.stdout.write(line)
  await unlessBuilt('portal', ['packages/portal', 'packages/core/src', 'packages/pages/src/locales'], () => true, say, bundlePortal)
  return join(BUILD, 'portal')
}

async function unlessBuilt(name, folders, counts, say, work) {
  const stamp = join(BUILD, `${name}.stamp`)
  const sources = fingerprint(folders, counts)
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === sources) return
  const startedAt = performance.now()
  say(`building ${name === 'house' ? 'the house' : 'My Account'} ...\n`)
  await work()
  await writeFile(stamp, sources)
  say(`built ${name === 'house' ? 'the house' : 'My Account'} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`)
}

async function bundleHouse() {
  const { build: bundle } = await import('esbuild')
  const fresh = `${HOUSE}.${process.pid}`
  await bundle({
    entryPoints: [join(ROOT, 'packages/local/src/main.ts')],
    outfile: fresh,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    external: EXTERNAL,
    loader: { '.yaml': 'text', '.css': 'text', '.html': 'text' },
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    logLevel: 'warning',
  })
  await rename(fresh, HOUSE)
}

/** In a process of its own, whose environment says what Vite asks it for: that of a test would bring React's build for developers, half again as large and slow. */
async function bundlePortal() {
  const fresh = join(BUILD, `portal.${process.pid}`)
  const vite = join(createRequire(import.meta.url).resolve('vite/package.json'), '../bin/vite.js')
  const words = [vite, 'build', join(ROOT, 'packages/portal'), '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn']
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { env: { ...process.env, NODE_ENV: 'production' } })
  process.stderr.write(stdout + stderr)
  await rm(join(BUILD, 'portal'), { recursive: true, force: true })
  await rename(fresh, join(BUILD, 'portal'))
}

/** Of the files below folders of the root that count, of the packages and of Node: another text means that something has changed. Not through the thread pool, which costs a thousand small files six times as much. */
export function fingerprint(folders, counts) {
  const hash = createHash('sha256')
  hash.update(process.version)
  for (const folder of [...folders, 'package-lock.json', 'packages/local/build.mjs']) {
    for (const file of filesBelow(join(ROOT, folder)).sort()) {
      if (!counts(file)) continue
      hash.update(file.slice(ROOT.length))
      hash.update(readFileSync(file))
    }
  }
  return hash.digest('hex')
}

/** Without what npm laid out there, which is not even walked through. A file is below itself. */
function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path]
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => name !== 'node_modules')
  return entries.flatMap((entry) => {
    const found = join(path, entry.name)
    return entry.isDirectory() ? filesBelow(found) : entry.isFile() ? [found] : []
  })
}
