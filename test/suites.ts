/** The suites of `npm test`. */
import { globSync } from 'node:fs'
import { matchesGlob, relative, resolve } from 'node:path'

export type Suite = {
  readonly what: string
  readonly include: string[]
  /** Suites of one number run together, the lower first. Those of 0 share their workers: each has loaded the house once, whatever it runs next. */
  readonly order: 0 | 1
  /** For what is computed while the others run: its files come last, so that no worker stands idle. */
  readonly waits?: true
  readonly globalSetup?: string[]
  readonly env?: Readonly<Record<string, string>>
}

/** What one test, or one hook, may take: far more than it does, for a machine that is busy with something else is no fault of the house. */
export const SECONDS = 300

/** Files at once: the machine that judges has two cores, and much of a story is waiting. Emulators of the box take a core of their own. */
export const WORKERS = { 0: 4, 1: 2 } as const

/** Files that take longest; `npm test -- --slowest` tells. */
export const LONGEST: readonly string[] = [
  'fault/house_starts_and_stops.test.ts',
  'contract/management/quickstart.test.ts',
  'contract/management/command_line.test.ts',
  'e2e/everyone_can_read_and_use_every_page.test.ts',
  'e2e/everyone_can_read_from_right_to_left.test.ts',
  'e2e/a_program_is_told_from_a_person.test.ts',
  'e2e/my_account_is_everybodys_own.test.ts',
  'fault/house_survives_kill.test.ts',
]

/** For what starts processes of the house: none is to build it while another does. */
const BUILT = ['test/browser/portal_is_built.mjs']

/** Without the emulator the stories do not run in the box; one file says so, and how they would. */
const BOX_IS_HERE = process.env.GATEHOUSE_DYNAMODB_LOCAL !== undefined

export const SUITES: Readonly<Record<string, Suite>> = {
  unit: {
    what: 'beside the code: decisions, parsers, stores, routes',
    include: [
      'packages/*/src/**/*.test.{ts,tsx}',
      'samples/*/src/**/*.test.{ts,tsx}',
      'bench/src/**/*.test.ts',
      'infra/front_door/*.test.ts',
    ],
    order: 0,
  },
  architecture: { what: 'who may import whom, names, plates', include: ['test/architecture/**/*.test.ts'], order: 0 },
  contract: { what: 'one suite for every adapter of a port', include: ['test/contract/**/*.test.ts'], order: 0, globalSetup: BUILT },
  plan: {
    what: 'what would be deployed, computed',
    include: ['test/plan/**/*.test.ts'],
    order: 0,
    waits: true,
    globalSetup: ['test/plan/plans_are_computed.ts'],
  },
  conformance: { what: 'stock clients at the published addresses', include: ['test/conformance/**/*.test.ts'], order: 0 },
  attack: { what: 'what must be refused', include: ['test/attack/**/*.test.ts'], order: 0 },
  fault: { what: 'crashes, retries, lost answers', include: ['test/fault/**/*.test.ts'], order: 0, globalSetup: BUILT },
  browser: { what: 'the browser of the stories itself', include: ['test/browser/**/*.test.ts'], order: 0 },
  e2e: {
    what: 'the stories, in a browser',
    include: ['test/e2e/**/*.test.ts'],
    order: 0,
    globalSetup: BUILT,
  },
  cloud: {
    what: 'the computed plan, run on this machine',
    include: ['test/cloud/**/*.test.ts'],
    order: 1,
    globalSetup: ['test/cloud/box_is_built.ts'],
  },
  cloud_e2e: {
    what: 'the same stories, in the box',
    include: [BOX_IS_HERE ? 'test/e2e/**/*.test.ts' : 'test/cloud/stories.test.ts'],
    order: 1,
    globalSetup: ['test/cloud/box_is_built.ts'],
    env: { GATEHOUSE_ROOF: 'cloud' },
  },
}

const ROOT = resolve(import.meta.dirname, '..')

/** Of a file that runs on this machine alone. */
export function suiteOf(file: string): string | undefined {
  const path = relative(ROOT, resolve(ROOT, file))
  return LOCAL.find((name) => SUITES[name]?.include.some((pattern) => matchesGlob(path, pattern)))
}

/** Those that have a file with one of these words in its path. */
export function suitesWith(words: readonly string[]): string[] {
  const has = (pattern: string) => globSync(pattern, { cwd: ROOT }).some((file) => words.some((word) => resolve(ROOT, file).includes(word)))
  return Object.keys(SUITES).filter((name) => SUITES[name]?.include.some(has))
}

const LOCAL = Object.keys(SUITES).filter((name) => SUITES[name]?.order === 0)
