/** Measures cold starts: every subject in turn, round after round, each in a process of its own; then the table. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { median, quantile } from '../src/statistics.ts'
import { EVENTS, type Subject } from './subjects.ts'
import { hasStore, openWorld } from './world.ts'

export type Built = { readonly subject: Subject; readonly file: string; readonly kilobytes: number }
type Start = { readonly milliseconds: number; readonly cpu: number }

const RUNNER = new URL('./first_request.mjs', import.meta.url)

export async function runColdBench(built: readonly Built[], words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...words],
    options: { rounds: { type: 'string', default: '21' }, strict: { type: 'boolean', default: false }, only: { type: 'string' } },
  })
  const directory = process.env.GATEHOUSE_DYNAMODB_LOCAL ?? ''
  if (!hasStore(directory)) {
    console.log('needs DynamoDB Local: GATEHOUSE_DYNAMODB_LOCAL=$(.ci/dynamodb_local.sh) npm run bench:cold')
    return !values.strict
  }
  const world = await openWorld(directory)
  try {
    const chosen = built.filter(({ subject }) => values.only === undefined || subject.name.includes(values.only) || subject.isBar)
    const starts = new Map<string, Start[]>(chosen.map(({ subject }) => [subject.name, []]))
    const rounds = Number(values.rounds)
    // The first round warms the file cache and the emulator, and is not counted.
    for (let round = -1; round < rounds; round++) {
      for (const { subject, file } of round % 2 === 0 ? chosen : chosen.toReversed()) {
        const start = await startOnce(subject, file, world.environment)
        if (round >= 0) starts.get(subject.name)?.push(start)
      }
    }
    console.log(table(chosen, starts))
    const missed = verdicts(chosen, starts)
    for (const line of missed) console.log(`missed: ${line}`)
    return missed.length === 0 || !values.strict
  } finally {
    await world.close()
  }
}

/** From the start of the process to its first answer. */
async function startOnce({ name, event }: Subject, file: string, environment: Readonly<Record<string, string>>): Promise<Start> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--enable-source-maps=false', RUNNER.pathname], {
    env: { ...environment, BENCH_BUNDLE: file, BENCH_EVENT: JSON.stringify(EVENTS[event]) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let milliseconds = 0
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    milliseconds = performance.now() - startedAt
    text += chunk
  })
  await once(child, 'close')
  const said = text.split('\n').at(-1) ?? ''
  if (!said.startsWith('{')) throw new Error(`${name} said nothing`)
  const { statusCode, cpu } = JSON.parse(said) as { statusCode: number; cpu: number }
  if (statusCode >= 400) throw new Error(`${name} answered with ${statusCode}`)
  return { milliseconds, cpu }
}

type Starts = ReadonlyMap<string, readonly Start[]>

function table(built: readonly Built[], starts: Starts): string {
  const bar = built.find(({ subject }) => subject.isBar)
  const lines = built.map(({ subject, kilobytes }) => {
    const own = starts.get(subject.name) ?? []
    const wall = own.map(({ milliseconds }) => milliseconds)
    const ratio = bar ? share(starts, subject.name, bar.subject.name, 'milliseconds') : 1
    const cpuRatio = bar ? share(starts, subject.name, bar.subject.name, 'cpu') : 1
    return [
      subject.name,
      kilobytes.toFixed(0),
      median(wall).toFixed(0),
      `${quantile(wall, 0.25).toFixed(0)} to ${quantile(wall, 0.75).toFixed(0)}`,
      quantile(wall, 0).toFixed(0),
      median(own.map(({ cpu }) => cpu)).toFixed(0),
      `${ratio.toFixed(2)}x`,
      `${cpuRatio.toFixed(2)}x`,
    ]
  })
  const head = ['Bundle and first request', 'kB', 'ms', 'middle half', 'least', 'CPU ms', 'to the bar', 'CPU to the bar']
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** The median of the rounds' ratios: a machine that slows down slows both. */
function share(starts: Starts, name: string, other: string, of: keyof Start): number {
  const [own, theirs] = [starts.get(name) ?? [], starts.get(other) ?? []]
  return median(own.map((start, round) => start[of] / (theirs[round]?.[of] ?? Number.NaN)))
}

function verdicts(built: readonly Built[], starts: Starts): string[] {
  const names = new Set(built.map(({ subject }) => subject.name))
  return built.flatMap(({ subject }) =>
    (subject.targets ?? [])
      .filter(({ against }) => names.has(against))
      .flatMap(({ against, atMost }) => {
        const measured = share(starts, subject.name, against, 'milliseconds')
        return measured <= atMost ? [] : [`${subject.name} is ${measured.toFixed(2)}x of ${against}, not ${atMost}x`]
      }),
  )
}
