/** `npm run cost`: writes the tables of docs/cost.md anew; with `--measure` it measures first, and keeps what it found in measured.json. */
import { fileURLToPath, pathToFileURL } from 'node:url'
import { withPinnedNode } from '../../packages/local/pinned_node.mjs'

if (withPinnedNode(import.meta.url)) {
  const { build } = await import('esbuild')
  const outfile = fileURLToPath(new URL('../../.build/cost/main.mjs', import.meta.url))
  await build({
    entryPoints: [fileURLToPath(new URL('main.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    external: ['@node-rs/argon2', '@aws-sdk/*', 'esbuild'],
    loader: { '.yaml': 'text', '.css': 'text', '.html': 'text' },
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    logLevel: 'warning',
  })
  const { run } = await import(pathToFileURL(outfile).href)
  await run(process.argv.slice(2), new URL('../../', import.meta.url))
}
