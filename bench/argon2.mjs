/** `npm run bench:argon2`: the two engines of Argon2id at the house's cost, in turns, and what loading the native one takes. */
import { argon2Sync } from 'node:crypto'
import { withPinnedNode } from '@gatehouse/local/pinned_node.mjs'

const ROUNDS = 30
const COST = { memoryKib: 19_456, passes: 2, lanes: 1, length: 32 }

if (withPinnedNode(import.meta.url)) {
  const loading = performance.now()
  const { hashRawSync } = await import('@node-rs/argon2')
  const loaded = performance.now() - loading
  const salt = Buffer.alloc(16, 7)
  const engines = {
    '@node-rs/argon2': () =>
      hashRawSync('correct horse', {
        salt,
        memoryCost: COST.memoryKib,
        timeCost: COST.passes,
        parallelism: COST.lanes,
        outputLen: COST.length,
      }),
    'node:crypto': () =>
      argon2Sync('argon2id', {
        message: 'correct horse',
        nonce: salt,
        memory: COST.memoryKib,
        passes: COST.passes,
        parallelism: COST.lanes,
        tagLength: COST.length,
      }),
  }
  const [first, second] = Object.values(engines).map((hash) => hash())
  if (!first.equals(second)) throw new Error('the engines do not make the same bytes')
  const taken = Object.fromEntries(Object.keys(engines).map((name) => [name, []]))
  for (let round = 0; round < ROUNDS; round++) for (const [name, hash] of Object.entries(engines)) taken[name].push(cpuOf(hash))
  for (const [name, values] of Object.entries(taken)) {
    const sorted = values.toSorted((a, b) => a - b)
    console.log(
      `${name.padEnd(18)}${sorted[ROUNDS / 2].toFixed(1).padStart(7)} ms of the processor (${sorted[0].toFixed(1)} to ${sorted.at(-1).toFixed(1)})`,
    )
  }
  console.log(`loading the native engine takes ${loaded.toFixed(1)} ms; it is loaded with the first password`)
}

function cpuOf(hash) {
  const before = process.cpuUsage()
  hash()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
