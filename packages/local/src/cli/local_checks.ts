/** What the doctor asks of a house of this machine. */
import { access, constants, stat, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import type { Check, Finding } from '@gatehouse/stage/doctor/check.ts'
import { insideFinding } from '@gatehouse/stage/doctor/stage_checks.ts'
import { parseStartFlags } from '../flags.ts'
import { BadCommand } from './bad_command.ts'
import { readLocalLogs } from './local_logs.ts'
import { parseLogLine } from './log_line.ts'
import type { Environment } from './place.ts'
import { askRunningHouse } from './running.ts'

export type Machine = { readonly data: string; readonly environment: Environment }

const NODE = 24
const LEAST_FREE_BYTES = 1024 ** 3

export const LOCAL_CHECKS: readonly Check<Machine>[] = [
  {
    name: 'Node',
    asked: 'node --version',
    good: `version ${NODE} or newer`,
    todo: 'npm brings it: "npm rebuild node --ignore-scripts=false", then use npm run',
    async look() {
      return { state: Number.parseInt(process.versions.node, 10) >= NODE ? 'good' : 'bad', found: process.version }
    },
  },
  {
    name: 'Data directory',
    asked: 'the directory of --data',
    good: 'writable, for its owner only, with a gigabyte to spare',
    todo: '"chmod 700" it; a house that is kept elsewhere is named with --data or GATEHOUSE_DATA',
    look: ({ data }) => dataDirectory(resolve(data)),
  },
  {
    name: 'Ports',
    asked: 'listening on the ports of npm start',
    good: 'free, or held by the house of this data directory',
    todo: 'stop what holds the port, or choose others: npm start -- --port N --samples-port N',
    look: ports,
  },
  {
    name: 'Clock',
    asked: 'the newest line of the log',
    good: 'not ahead of this clock: time has not gone back',
    todo: 'set the clock by NTP. Codes and sessions that were made by a clock ahead of time live longer than they should',
    look: ({ data }) => clock(data),
  },
  {
    name: 'Inside',
    asked: 'the running house, {"action":"check"}',
    good: 'it runs, reads its table, and opens what it sealed',
    todo: 'start it with npm start; with another house.key the data cannot be opened: restore the key beside the data',
    look: ({ data }) => inside(data),
  },
  {
    name: 'Dead letters',
    asked: 'the file dead_letters.jsonl',
    good: 'there are none',
    todo: 'see why: each line holds its error. Mend it, then "gatehouse relay replay --from TIME"',
    look: ({ data }) => deadLetters(join(data, 'dead_letters.jsonl')),
  },
]

async function dataDirectory(data: string): Promise<Finding> {
  const found = await stat(data).catch(() => undefined)
  if (!found) return { state: 'look', found: `${data} is not there yet: npm start makes it` }
  if (!found.isDirectory()) return { state: 'bad', found: `${data} is no directory` }
  const writable = await access(data, constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!writable) return { state: 'bad', found: `${data} cannot be written` }
  const others = found.mode & 0o077
  if (others !== 0 && process.platform !== 'win32')
    return { state: 'bad', found: `${data} is open to others (${(found.mode & 0o777).toString(8)})` }
  const { bavail, bsize } = await statfs(data)
  const free = bavail * bsize
  return { state: free >= LEAST_FREE_BYTES ? 'good' : 'look', found: `${data}, ${(free / 1024 ** 3).toFixed(1)} GB free` }
}

async function ports({ data, environment }: Machine): Promise<Finding> {
  const flags = parseStartFlags([], environment)
  const wanted = [flags?.port, flags?.samplesPort].filter((port) => port !== undefined)
  const taken: number[] = []
  for (const port of wanted) if (!(await isFree(port))) taken.push(port)
  if (taken.length === 0) return { state: 'good', found: `${wanted.join(' and ')} free` }
  const runs = await askRunningHouse(data, { action: 'check' }).then(
    () => true,
    () => false,
  )
  return runs
    ? { state: 'good', found: `${taken.join(' and ')} held; the house runs` }
    : { state: 'bad', found: `${taken.join(' and ')} taken by another program` }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((settled) => {
    const server = createServer()
    server.once('error', () => settled(false))
    server.listen(port, 'localhost', () => server.close(() => settled(true)))
  })
}

async function clock(data: string): Promise<Finding> {
  let newest = 0
  const look = readLocalLogs(
    data,
    false,
    (line) => {
      const { time } = parseLogLine(line) ?? {}
      if (typeof time === 'string') newest = Math.max(newest, Date.parse(time) || 0)
    },
    new AbortController().signal,
  )
  await look.catch((error: unknown) => {
    if (!(error instanceof BadCommand)) throw error
  })
  const ahead = Math.round((newest - Date.now()) / 1000)
  if (newest === 0) return { state: 'good', found: 'no log yet to compare with' }
  return ahead > 1 ? { state: 'bad', found: `the log is ${ahead} s ahead of this clock` } : { state: 'good', found: 'not behind the log' }
}

async function inside(data: string): Promise<Finding> {
  try {
    return insideFinding(await askRunningHouse(data, { action: 'check' }), Date.now())
  } catch (error) {
    if (error instanceof BadCommand) return { state: 'look', found: error.message }
    throw error
  }
}

async function deadLetters(file: string): Promise<Finding> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  return size === 0 ? { state: 'good', found: 'none' } : { state: 'bad', found: `${size} bytes in ${file}` }
}
