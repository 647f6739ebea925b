/**
 * `npm start`: builds what has changed, then runs the house. `--cli` runs the commands of `gatehouse`, `--quickstart` the quick-start menu.
 * Plain JavaScript without imports that need Node 24, so that an older Node can still say what is missing.
 */
import { fileURLToPath } from 'node:url'
import { withPinnedNode } from './pinned_node.mjs'

if (withPinnedNode(import.meta.url)) {
  const { build, COMPILED } = await import('./build.mjs')
  const { enableCompileCache } = await import('node:module')
  enableCompileCache(COMPILED)
  const words = process.argv.slice(2)
  const asked = words[0] === '--cli' ? 'cli' : words[0] === '--quickstart' ? 'quickstart' : 'start'
  // Who only asks how it is used waits for no pages.
  const isQuestion = words.some((word) => word === '--help' || word === '-h')
  const bundle = await build({ quiet: asked === 'cli' || isQuestion, portal: asked !== 'cli' && !isQuestion })
  const { run } = await import(bundle)
  await run(asked, asked === 'start' ? words : words.slice(1), fileURLToPath(new URL('../../', import.meta.url)))
}
