/** Runs the bench: starts the servers, measures every row in interleaved rounds, prints the tables. */
import { fileURLToPath } from 'node:url'
import { measureEqualWork } from './equal_work.ts'
import { closeConnections } from './http_client.ts'
import { type Measurement, measure } from './measure.ts'
import { equalWorkTable, machine, type Result, reportTable, verdicts, verdictTable } from './report.ts'
import { ROWS, type Row } from './rows.ts'
import { type Subject, type SubjectName, startSubject } from './subject.ts'

export type BenchOptions = {
  readonly isQuick: boolean
  readonly only: string | undefined
  readonly without: readonly SubjectName[]
  readonly profiles: URL | undefined
  readonly servers: URL
}

/** Server -> its file and what it is told. */
const SERVERS: Readonly<Record<SubjectName, { readonly file: string; readonly environment: Readonly<Record<string, string>> }>> = {
  bar: { file: 'bar', environment: {} },
  floor: { file: 'floor', environment: {} },
  'oidc-provider': { file: 'oidc_provider', environment: { BENCH_HASHER: 'cheap' } },
  'oidc-provider, bare pages': { file: 'oidc_provider', environment: { BENCH_HASHER: 'cheap', BENCH_PAGES: 'bare' } },
  'oidc-provider on SQLite': { file: 'oidc_provider', environment: { BENCH_HASHER: 'cheap', BENCH_STORE: 'sqlite' } },
  gatehouse: { file: 'gatehouse', environment: { BENCH_HASHER: 'cheap' } },
  'oidc-provider with hash': { file: 'oidc_provider', environment: { BENCH_HASHER: 'argon2' } },
  'gatehouse with hash': { file: 'gatehouse', environment: { BENCH_HASHER: 'argon2' } },
}

type Effort = {
  readonly rounds: number
  /** Of each row's operations. */
  readonly share: number
  /** On a busy machine fewer rounds are measured: none begins after this long. */
  readonly milliseconds: number
  readonly refusedSignIns: number
}

const EFFORTS: Readonly<Record<'full' | 'quick', Effort>> = {
  full: { rounds: 9, share: 1, milliseconds: 210_000, refusedSignIns: 150 },
  quick: { rounds: 3, share: 1 / 3, milliseconds: 30_000, refusedSignIns: 40 },
}
const FEWEST_ROUNDS = 2

/** A last guard: whatever hangs, the bench ends. */
const LIMIT_MILLISECONDS = 6 * 60 * 1000

export async function runBench({ isQuick, only, without, profiles, servers }: BenchOptions): Promise<boolean> {
  const effort = EFFORTS[isQuick ? 'quick' : 'full']
  const rows = ROWS.filter((row) => only === undefined || row.name.includes(only)).map((row) => keep(row, without))
  const names = new Set(rows.flatMap((row) => row.subjects))
  const limit = setTimeout(() => giveUp(), LIMIT_MILLISECONDS)
  const subjects = new Map<SubjectName, Subject>()
  try {
    for (const name of names) subjects.set(name, await start(name, servers))
    say(`${names.size} servers. ${machine()}`)
    const results = await measureRounds(rows, subjects, effort)
    if (profiles !== undefined) await writeProfiles(rows, subjects, profiles)
    console.log(`\n${reportTable(results)}\n`)

    const list = verdicts(results)
    if (list.length > 0) console.log(`${verdictTable(list)}\n`)
    const house = subjects.get('gatehouse with hash')
    if (house !== undefined) console.log(`${equalWorkTable(await measureEqualWork(house, effort.refusedSignIns))}\n`)
    return list.every(({ isMet }) => isMet)
  } finally {
    clearTimeout(limit)
    closeConnections()
    await Promise.all([...subjects.values()].map((subject) => subject.close()))
  }
}

function keep(row: Row, without: readonly SubjectName[]): Row {
  const subjects = row.subjects.filter((name) => !without.includes(name))
  const { target, ...rest } = row
  const isComparable = target !== undefined && subjects.includes(target.against) && subjects[0] === row.subjects[0]
  return { ...rest, subjects, ...(isComparable ? { target } : {}) }
}

function start(name: SubjectName, servers: URL): Promise<Subject> {
  const { file, environment } = SERVERS[name]
  return startSubject(name, new URL(`${file}.js`, servers), environment)
}

/** Every row on every server in every round, each round in another order; the first round only warms up. */
async function measureRounds(
  rows: readonly Row[],
  subjects: ReadonlyMap<SubjectName, Subject>,
  { rounds, share, milliseconds }: Effort,
): Promise<Result[]> {
  const startedAt = performance.now()
  const results = rows.map((row) => ({ row, rounds: new Map<SubjectName, Measurement[]>(row.subjects.map((name) => [name, []])) }))
  for (let round = 0; round <= rounds; round += 1) {
    if (round > FEWEST_ROUNDS && performance.now() - startedAt > milliseconds) break
    for (const result of results) {
      const order = round % 2 === 0 ? result.row.subjects : result.row.subjects.toReversed()
      for (const name of order) {
        const subject = subjects.get(name)
        if (subject === undefined) throw new Error(`${name} was not started`)
        const measurement = await measure(subject, result.row, Math.ceil(result.row.count * share))
        if (round > 0) result.rounds.get(name)?.push(measurement)
      }
    }
    say(round === 0 ? 'warm' : `round ${round} of ${rounds}`)
  }
  return results
}

/** A round of its own, since what is profiled is slower. */
async function writeProfiles(rows: readonly Row[], subjects: ReadonlyMap<SubjectName, Subject>, folder: URL): Promise<void> {
  for (const row of rows) {
    for (const [name, subject] of subjects) {
      if (!row.subjects.includes(name)) continue
      const file = `${row.name} - ${name}.cpuprofile`.replaceAll(/[ ,]+/g, '_')
      await measure(subject, row, row.count, fileURLToPath(new URL(file, folder)))
    }
  }
}

function giveUp(): never {
  console.error('The bench took more than six minutes and was ended.')
  process.exit(1)
}

function say(sentence: string): void {
  console.error(sentence)
}
