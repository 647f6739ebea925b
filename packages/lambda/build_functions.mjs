/** `npm run build:functions`: builds all functions into `.build/lambda`, and says how large they are. */
import { withPinnedNode } from '@gatehouse/local/pinned_node.mjs'

if (withPinnedNode(import.meta.url)) {
  const { buildFunctions } = await import('./build.mjs')
  const { functions } = await buildFunctions()
  for (const { name, bytes } of functions) console.log(`${name.padEnd(10)}${(bytes / 1024).toFixed(0).padStart(6)} kB`)
}
