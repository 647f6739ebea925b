/** `npm run bench`: bundles the bench and its servers, then runs it. `--help` lists the flags. */
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { withPinnedNode } from '@gatehouse/local/pinned_node.mjs'

const HELP = `npm run bench -- [flags]
  --quick            a third of the work, three rounds: under a minute
  --only WORD        rows whose name contains WORD
  --without SERVER   leave a server out (gatehouse, bar, oidc-provider, ...); may be repeated
  --profile          one more round, with a processor profile of each row in .build/bench/profiles
  --strict           exit with 1 when a target is missed`

if (withPinnedNode(import.meta.url)) await run()

async function run() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      without: { type: 'string', multiple: true, default: [] },
      profile: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return console.log(HELP)

  const out = new URL('../.build/bench/', import.meta.url)
  await bundle(out)
  const { runBench } = await import(new URL('src/main.js', out).href)
  const profiles = values.profile ? new URL('profiles/', out) : undefined
  const met = await runBench({
    isQuick: values.quick,
    only: values.only,
    without: values.without,
    profiles,
    servers: new URL('servers/', out),
  })
  if (values.strict && !met) process.exitCode = 1
}

/** Our own code is bundled, as in the product; packages stay where npm put them, each rival as it is published. */
async function bundle(out) {
  const { build } = await import('esbuild')
  await rm(out, { recursive: true, force: true })
  const at = (path) => fileURLToPath(new URL(path, import.meta.url))
  await build({
    entryPoints: [
      at('src/main.ts'),
      at('servers/bar.ts'),
      at('servers/floor.ts'),
      at('servers/oidc_provider.ts'),
      at('servers/gatehouse.ts'),
    ],
    outdir: fileURLToPath(out),
    outbase: at('.'),
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    sourcemap: 'inline',
    sourcesContent: false,
    loader: { '.yaml': 'text', '.css': 'text', '.html': 'text' },
    plugins: [{ name: 'packages', setup: keepPackages }],
    logLevel: 'warning',
  })
}

function keepPackages(build) {
  build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
    if (kind === 'entry-point' || path.startsWith('@gatehouse/')) return undefined
    return { path, external: true }
  })
}
