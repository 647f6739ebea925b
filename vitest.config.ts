/** One vitest project per suite of `test/suites.ts`; quick suites first, so that a plain mistake is seen at once. */
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './test/longest_first.ts'
import { SUITES, WORKERS } from './test/suites.ts'

export default defineConfig({
  test: {
    passWithNoTests: true,
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // for a machine that does much else at the same time; who waits for what is not to be sees it no later
    expect: { poll: { timeout: 20_000 } },
    projects: Object.entries(SUITES).map(([name, suite]) => ({
      extends: true as const,
      test: {
        name,
        include: suite.include,
        exclude: [],
        globalSetup: suite.globalSetup ?? [],
        env: suite.env ?? {},
        testTimeout: suite.seconds * 1000,
        hookTimeout: suite.seconds * 1000,
        maxWorkers: WORKERS[suite.order],
        sequence: { groupOrder: suite.order },
      },
    })),
  },
})
