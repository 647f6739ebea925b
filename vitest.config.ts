/** Projects of vitest for the suites of `test/suites.ts`: one for all that share their workers, one for each that runs in the box. */
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest_first.ts'
import { SECONDS, SUITES, WORKERS } from './test/suites.ts'

const TOGETHER = 'local'

/** `test/run.mjs` says which are to run: what the others set up first is spared. */
const asked = process.env.GATEHOUSE_SUITES?.split(',') ?? Object.keys(SUITES)
const suites = Object.entries(SUITES).filter(([name]) => asked.includes(name))
const projects = Map.groupBy(suites, ([name, { order }]) => (order === 0 ? TOGETHER : name))

export default defineConfig({
  test: {
    passWithNoTests: true,
    isolate: false,
    testTimeout: SECONDS * 1000,
    hookTimeout: SECONDS * 1000,
    sequence: { sequencer: LongestFirst },
    // for a machine that does much else at the same time; who waits for what is not to be sees it no later
    expect: { poll: { timeout: 20_000 } },
    projects: [...projects].map(([name, members]) => {
      const groupOrder = name === TOGETHER ? 0 : 1
      return {
        extends: true as const,
        test: {
          name,
          include: members.flatMap(([, { include }]) => include),
          exclude: [],
          globalSetup: [...new Set(members.flatMap(([, { globalSetup }]) => globalSetup ?? []))],
          env: Object.assign({}, ...members.map(([, { env }]) => env)),
          maxWorkers: WORKERS[groupOrder],
          sequence: { groupOrder },
        },
      }
    }),
  },
})
