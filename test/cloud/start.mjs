/**
 * `npm run cloud`: the cloud roof on this machine. Plain JavaScript without imports that need Node 24, so that an older Node can still say what is missing.
 * The sources run as they are: Node takes the types away, esbuild the JSX.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withPinnedNode } from '../../packages/local/pinned_node.mjs'

if (withPinnedNode(import.meta.url)) {
  const { registerHooks } = await import('node:module')
  const { transformSync } = await import('esbuild')
  registerHooks({
    load(url, context, next) {
      if (!url.endsWith('.tsx')) return next(url, context)
      const source = readFileSync(fileURLToPath(url), 'utf8')
      const { code } = transformSync(source, {
        loader: 'tsx',
        jsx: 'automatic',
        jsxImportSource: 'hono/jsx',
        format: 'esm',
        target: 'node24',
      })
      return { format: 'module', source: code, shortCircuit: true }
    },
  })
  const { main } = await import('./main.ts')
  await main(process.argv.slice(2))
}
