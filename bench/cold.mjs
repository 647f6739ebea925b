/** `npm run bench:cold`: bundles the functions and their rivals alike, then starts each cold. `--rounds N`, `--only WORD`, `--strict`. */
import { cp, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withPinnedNode } from '@gatehouse/local/pinned_node.mjs'

if (withPinnedNode(import.meta.url)) process.exitCode = (await run()) ? 0 : 1

async function run() {
  const { build } = await import('esbuild')
  const { buildFunctions, functionSettings } = await import('@gatehouse/lambda/build.mjs')
  const out = new URL('../.build/bench_cold/', import.meta.url)
  const at = (path) => fileURLToPath(new URL(path, import.meta.url))
  await rm(out, { recursive: true, force: true })
  await buildFunctions()
  await build({
    entryPoints: { main: at('cold/main.ts'), subjects: at('cold/subjects.ts') },
    outdir: fileURLToPath(out),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    define: { PORTAL_MANIFEST: '"{}"' },
    loader: { '.yaml': 'text' },
    plugins: [{ name: 'packages', setup: keepPackages }],
    logLevel: 'warning',
  })
  for (const file of ['first_request.mjs', 'nothing.mjs']) await cp(at(`cold/${file}`), fileURLToPath(new URL(file, out)))
  const { SUBJECTS } = await import(new URL('subjects.mjs', out).href)
  const built = []
  for (const subject of SUBJECTS) built.push({ subject, ...(await place(subject.bundle)) })
  const { runColdBench } = await import(new URL('main.mjs', out).href)
  return runColdBench(built, process.argv.slice(2))

  async function place(bundle) {
    if (bundle === 'nothing') return { file: fileURLToPath(new URL('nothing.mjs', out)), kilobytes: 0 }
    const file = bundle.function
      ? fileURLToPath(new URL(`../.build/lambda/${bundle.function}/index.mjs`, import.meta.url))
      : fileURLToPath(new URL(`rivals/${bundle.rival}/index.mjs`, out))
    if (bundle.rival)
      await build({
        ...functionSettings,
        entryPoints: { index: at(`cold/subjects/${bundle.rival}.ts`) },
        outdir: fileURLToPath(new URL('.', `file://${file}`)),
      })
    return { file, kilobytes: (await bytesBeside(file)) / 1024 }
  }
}

/** Of all the JavaScript of a bundle, also of what it loads later. */
async function bytesBeside(file) {
  const folder = dirname(file)
  const parts = (await readdir(folder)).filter((name) => name.endsWith('.mjs'))
  const sizes = await Promise.all(parts.map(async (name) => (await stat(join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

function keepPackages(build) {
  build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
    if (kind === 'entry-point' || path.startsWith('@gatehouse/')) return undefined
    return { path, external: true }
  })
}
