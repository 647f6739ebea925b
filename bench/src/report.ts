/** The tables: one for reading on the spot, the same as Markdown for `docs/bench.md`. */
import { arch, availableParallelism, cpus, totalmem } from 'node:os'
import type { EqualWork, Refused } from './equal_work.ts'
import type { Measurement } from './measure.ts'
import type { Row } from './rows.ts'
import { median, type Spread, spread } from './statistics.ts'
import type { SubjectName } from './subject.ts'

/** A row's measurements by server, one per round, in the order of the rounds. */
export type Result = { readonly row: Row; readonly rounds: ReadonlyMap<SubjectName, readonly Measurement[]> }

export function reportTable(results: readonly Result[]): string {
  const head = ['Operation', 'Server', 'CPU ms', 'least to most', 'per second', 'latency ms', 'share of its CPU']
  const rounds = Math.max(0, ...results.flatMap(({ rounds }) => [...rounds.values()].map((measured) => measured.length)))
  return `${table(head, results.flatMap(rowsOf))}\n\nMedians of ${rounds} rounds. ${machine()}`
}

function rowsOf({ row, rounds }: Result): string[][] {
  const [own] = row.subjects
  return row.subjects.map((name) => {
    const measured = rounds.get(name) ?? []
    const cpu = spread(measured.map((each) => each.cpuMilliseconds))
    return [
      name === own ? row.name : '',
      name,
      number(cpu.median),
      `${number(cpu.least)} to ${number(cpu.most)}`,
      median(measured.map((each) => each.perSecond)).toFixed(0),
      number(median(measured.map((each) => each.latencyMilliseconds))),
      name === own || own === undefined ? '' : shareText(ratio(rounds, own, name)),
    ]
  })
}

export type Verdict = {
  readonly name: string
  readonly share: Spread
  readonly against: SubjectName
  readonly atMost: number
  readonly isMet: boolean
}

export function verdicts(results: readonly Result[]): Verdict[] {
  return results.flatMap(({ row, rounds }) => {
    const [own] = row.subjects
    if (row.target === undefined || own === undefined) return []
    const share = ratio(rounds, own, row.target.against)
    return [{ name: row.name, share, ...row.target, isMet: share.median <= row.target.atMost }]
  })
}

export function verdictTable(list: readonly Verdict[]): string {
  const head = ['Target', 'at most', 'measured', 'met']
  return table(
    head,
    list.map(({ name, share, against, atMost, isMet }) => [`${name} / ${against}`, `${atMost}x`, shareText(share), isMet ? 'yes' : 'NO']),
  )
}

const REFUSED: Readonly<Record<Refused, string>> = {
  known: 'person with a hash of the house',
  ssha: 'person with SSHA, imported',
  bcrypt: 'person with bcrypt, imported',
  unknown: 'nobody',
}

export function equalWorkTable({ times, tests }: EqualWork): string {
  const lines = Object.entries(times).map(([who, { count, median: middle, lower, upper }]) => [
    REFUSED[who as Refused],
    String(count),
    number(middle),
    `${number(lower)} to ${number(upper)}`,
  ])
  const verdicts = tests.map(({ who, test }) => {
    const verdict = test.p < 0.01 ? 'TOLD APART' : 'not told apart'
    return `A ${REFUSED[who]} is answered later than nobody ${(test.superiority * 100).toFixed(1)} % of the time (50 % is a coin); p = ${test.p.toFixed(3)}: ${verdict}.`
  })
  return [table(['Refused sign-in', 'tries', 'median ms', '10 % to 90 %'], lines), ...verdicts].join('\n\n')
}

export function machine(): string {
  const model = cpus()[0]?.model ?? 'unknown processor'
  return `${model}, ${availableParallelism()} cores, ${arch()}, ${Math.round(totalmem() / 2 ** 30)} GiB; ${process.platform}, Node ${process.versions.node}; ${new Date().toISOString().slice(0, 10)}`
}

/** Of rounds, not of medians: the two halves of a pair ran within seconds of each other, so a machine that slows down slows both. */
function ratio(rounds: Result['rounds'], own: SubjectName, other: SubjectName): Spread {
  const [mine, theirs] = [rounds.get(own) ?? [], rounds.get(other) ?? []]
  return spread(mine.map((each, index) => each.cpuMilliseconds / (theirs[index]?.cpuMilliseconds ?? Number.NaN)))
}

function shareText({ median: middle, least, most }: Spread): string {
  return `${middle.toFixed(2)}x (${least.toFixed(2)} to ${most.toFixed(2)})`
}

function number(value: number): string {
  return value >= 10 ? value.toFixed(1) : value >= 1 ? value.toFixed(2) : value.toFixed(3)
}

/** Markdown, padded so that it also reads in a terminal. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n')
}
