/**
 * Builds the functions: one small ESM bundle each, as the plan, the box and the deployment all take it. Beside them lie the static files that the front
 * door serves from a bucket.
 */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire, isBuiltin } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { buildPortal, fingerprint } from '@gatehouse/local/build.mjs'
import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const BUILD = join(ROOT, '.build')
const SOURCES = fileURLToPath(new URL('./src/', import.meta.url))

export const DOOR_FUNCTIONS = ['authorize', 'token', 'register', 'approve', 'consent', 'account', 'admin']
export const BACKGROUND_FUNCTIONS = ['task', 'relay', 'deliver', 'sweep', 'operate']
export const FUNCTIONS = [...DOOR_FUNCTIONS, ...BACKGROUND_FUNCTIONS]

/** They check or make passwords: the native Argon2 goes with them. The others never load one. */
const WITH_ARGON2 = new Set(['authorize', 'register', 'account', 'admin'])
const ARGON2 = '@node-rs/argon2'
const ARGON2_BINARY = '@node-rs/argon2-linux-arm64-gnu'

/** How a function is bundled; the bench bundles its rivals alike. */
export const functionSettings = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  chunkNames: '[name]-[hash]',
  platform: 'node',
  target: 'node24',
  format: 'esm',
  minify: true,
  treeShaking: true,
  legalComments: 'none',
  // Escaped, a letter of Arabic is six bytes instead of two.
  charset: 'utf8',
  sourcemap: 'external',
  sourcesContent: false,
  external: [ARGON2],
  plugins: [
    { name: 'start in one file', setup: startInOneFile },
    { name: 'builtins', setup: askForBuiltins },
    { name: 'asset paths', setup: keepAssetPaths },
    { name: 'one language of zod', setup: keepOneLanguage },
  ],
  logLevel: 'warning',
}

/**
 * What a function starts with lies in one file. Left alone, esbuild makes a file of each set of modules that the same later parts share, and a start opens,
 * resolves and links all of them, at some 0.7 ms each. So every part that is loaded later names the start as its ground: then nothing of the start is
 * shared by some of them only.
 */
function startInOneFile(build) {
  const [start] = Object.values(build.initialOptions.entryPoints)
  build.onResolve({ filter: /./ }, async ({ path, kind, pluginData, ...from }) => {
    if (kind !== 'dynamic-import' || pluginData === LATER) return undefined
    const found = await build.resolve(path, { kind, ...from, pluginData: LATER })
    const isOurs = found.namespace === 'file' && !/[/\\]node_modules[/\\]/.test(found.path)
    return isOurs ? { path: found.path, namespace: LATER } : found
  })
  build.onLoad({ filter: /./, namespace: LATER }, ({ path }) => ({
    contents: `export { handler as start } from ${JSON.stringify(start)}\nexport * from ${JSON.stringify(path)}`,
    resolveDir: ROOT,
  }))
}

const LATER = 'later'

/**
 * Node's own modules are asked for by name: an `import` of `node:http` reads every name that it has, one of which loads Node's whole fetch client, some 50 ms
 * of the processor at a cold start. Here each name is read only where the bundle uses it.
 */
function askForBuiltins(build) {
  build.onResolve({ filter: /./ }, ({ path, kind }) =>
    isBuiltin(path) ? { path, namespace: kind === 'require-call' ? 'builtin-required' : 'builtin', sideEffects: false } : undefined,
  )
  build.onLoad({ filter: /./, namespace: 'builtin-required' }, ({ path }) => ({ contents: `module.exports = ${asked(path)}` }))
  build.onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => {
    const names = Object.keys(Object.getOwnPropertyDescriptors(process.getBuiltinModule(path))).filter((name) => /^[a-z]\w*$/i.test(name))
    const exported = names
      .filter((name) => name !== 'default')
      .map((name) => `export const ${name} = /* @__PURE__ */ (() => builtin.${name})()`)
    return { contents: [`const builtin = /* @__PURE__ */ (() => ${asked(path)})()`, ...exported, 'export default builtin'].join('\n') }
  })
}

/** The bucket serves the pages' static files: of them a function needs the names only, which carry a hash of 30 kB of style and script. */
function keepAssetPaths(build) {
  build.onLoad({ filter: /[/\\]pages[/\\]src[/\\]assets\.ts$/ }, async () => {
    const { assetPaths } = await import('@gatehouse/pages/assets.ts')
    return { contents: `const paths = ${JSON.stringify(assetPaths)}\nexport const assetUrl = (name) => paths[name]` }
  })
}

/** Schemas say what is wrong in words of their own, or in zod's English; its other languages are nearly half of it. */
function keepOneLanguage(build) {
  build.onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]/ }, ({ path }) =>
    /^(?:en|index)\.c?js$/.test(basename(path)) ? undefined : { contents: 'export default undefined' },
  )
}

/** In functions that compare no passwords. */
const withoutForeignHashes = {
  name: 'without foreign hashes',
  setup(build) {
    build.onLoad({ filter: /[/\\]passwords[/\\]verify_foreign\.ts$/ }, () => ({
      contents: `export async function verifyForeign() { throw new Error('this function compares no passwords') }`,
    }))
  },
}

function asked(path) {
  return `process.getBuiltinModule(${JSON.stringify(path)})`
}

/**
 * Builds what has changed, and puts it in place whole: who starts a function meanwhile finds the former one. Resolves to `{ functions: [{ name, folder, bytes }],
 * assets }`: the folder of each function with its `index.mjs`, its size, and the folder whose files lie in the bucket under the paths at which they are
 * served (`_assets/...`, `account/assets/...`).
 */
export async function buildFunctions({ outdir = join(BUILD, 'lambda'), assets = join(BUILD, 'cloud_assets'), quiet = true } = {}) {
  const portal = await buildPortal({ quiet })
  const sources = fingerprint(['packages'], (file) => !/\.test\.tsx?$/.test(file))
  if ((await stampOf(outdir)) !== sources) await buildAnew({ outdir, assets, portal, sources })
  const functions = FUNCTIONS.map(async (name) => ({ name, folder: join(outdir, name), bytes: await bytesOf(join(outdir, name)) }))
  return { functions: await Promise.all(functions), assets }
}

async function buildAnew({ outdir, assets, portal, sources }) {
  await mkdir(dirname(outdir), { recursive: true })
  const work = await mkdtemp(`${outdir}.`)
  const argon2 = await bringArgon2()
  const manifest = await readFile(join(portal, 'manifest.json'), 'utf8')
  const maps = join(work, 'maps')
  await Promise.all(
    FUNCTIONS.map((name) => buildFunction(name, join(work, 'functions', name), { manifest, argon2, maps: join(maps, name) })),
  )
  await writeFile(join(work, 'functions', STAMP), sources)
  await writeAssets(join(work, 'assets'), portal)
  await putInPlace(join(work, 'assets'), assets, work)
  await putInPlace(maps, `${outdir}_maps`, work)
  await putInPlace(join(work, 'functions'), outdir, work)
  await rm(work, { recursive: true, force: true })
}

const STAMP = 'built.stamp'

async function stampOf(outdir) {
  return readFile(join(outdir, STAMP), 'utf8').catch(() => undefined)
}

/** The former folder goes aside first: a folder that holds something cannot be replaced. Another build may do the same at this moment. */
async function putInPlace(fresh, place, work) {
  for (let tries = 0; ; tries++) {
    await rename(place, join(work, `former-${tries}-${basename(place)}`)).catch((error) => {
      if (error.code !== 'ENOENT') throw error
    })
    try {
      return await rename(fresh, place)
    } catch (error) {
      if (!IS_THERE.has(error.code) || tries === 5) throw error
    }
  }
}

/** What systems say of a folder that cannot be replaced since it holds something. */
const IS_THERE = new Set(['ENOTEMPTY', 'EEXIST'])

async function buildFunction(name, folder, { manifest, argon2, maps }) {
  await build({
    ...functionSettings,
    entryPoints: { index: join(SOURCES, `${name}.ts`) },
    outdir: folder,
    inject: [join(SOURCES, 'light_web.ts')],
    define: { PORTAL_MANIFEST: JSON.stringify(manifest) },
    plugins: WITH_ARGON2.has(name) ? functionSettings.plugins : [...functionSettings.plugins, withoutForeignHashes],
  })
  await keepMaps(folder, maps)
  if (WITH_ARGON2.has(name)) await cp(argon2, join(folder, 'node_modules'), { recursive: true })
}

/** For who reads a stack; what is deployed has no use for them. */
async function keepMaps(folder, kept) {
  await mkdir(kept, { recursive: true })
  const maps = (await readdir(folder)).filter((file) => file.endsWith('.map'))
  await Promise.all(maps.map((file) => rename(join(folder, file), join(kept, file))))
}

/** The package's loader, and the binary for the processor that the functions run on: npm installs only this machine's. Kept from build to build. */
async function bringArgon2() {
  // The suites' set-up builds too, in a runner of modules that knows no `import.meta.resolve`.
  const loader = dirname(createRequire(import.meta.url).resolve(ARGON2))
  const { version } = JSON.parse(await readFile(join(loader, 'package.json'), 'utf8'))
  const kept = join(BUILD, 'cache', `argon2-${version}`)
  if (await stat(kept).catch(() => undefined)) return kept
  await mkdir(join(BUILD, 'cache'), { recursive: true })
  const work = await mkdtemp(join(BUILD, 'cache', 'bring-'))
  await promisify(execFile)('npm', ['pack', '--silent', `${ARGON2_BINARY}@${version}`], { cwd: work })
  const tarball = (await readdir(work)).find((file) => file.endsWith('.tgz'))
  const binary = join(work, 'modules', ARGON2_BINARY)
  await mkdir(binary, { recursive: true })
  await promisify(execFile)('tar', ['-xzf', join(work, tarball), '-C', binary, '--strip-components=1'])
  for (const file of ['package.json', 'index.js']) await cp(join(loader, file), join(work, 'modules', ARGON2, file))
  await rename(join(work, 'modules'), kept).catch((error) => {
    // another build has just brought it
    if (!IS_THERE.has(error.code)) throw error
  })
  await rm(work, { recursive: true })
  return kept
}

async function writeAssets(folder, portal) {
  const { assets } = await import('@gatehouse/pages/assets.ts')
  for (const { path, body } of assets) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), body)
  }
  await cp(join(portal, 'assets'), join(folder, 'account', 'assets'), { recursive: true })
}

/** What Lambda unpacks. */
async function bytesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}
