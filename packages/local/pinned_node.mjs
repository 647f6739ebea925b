/** Goes on only on the Node that the project pins; from an older one, starts the pinned one, or says in a sentence how to get it. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const NEEDED = 24
const PINNED = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url))

/** True: carry on here. False: done, the exit code is set. `script` is the caller's `import.meta.url`. */
export function withPinnedNode(script) {
  if (Number.parseInt(process.versions.node, 10) >= NEEDED) return true
  if (!existsSync(PINNED)) {
    console.error(
      `This needs Node ${NEEDED}, which npm brings as the package "node" unless install scripts are switched off ` +
        `(this is Node ${process.versions.node}): run "npm rebuild node --ignore-scripts=false", then try again.`,
    )
    process.exitCode = 1
    return false
  }
  process.exitCode = spawnSync(PINNED, [fileURLToPath(script), ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1
  return false
}
