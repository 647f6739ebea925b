/** `kill -9` at random moments of 50 registrations and their decisions: what was acknowledged is there, once, and all of it ends. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemClock } from '@gatehouse/adapters/clock/system.ts'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { openSqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import { isId } from '@gatehouse/core/ids.ts'
import { openStores } from '@gatehouse/store/stores.ts'
import { expect, onTestFinished, test } from 'vitest'
import { SECONDS } from '../suites.ts'

const KILLS = 8
const LONGEST_LIFE_MILLISECONDS = 30
/** So that all lives together end before the work does, however late the kill comes. */
const MOST_LINES_OF_A_LIFE = 12
/** Nine processes start, one after the other. */
const TIMEOUT = 2 * SECONDS * 1000

test('every acknowledged registration and decision survives kill -9, once, and ends', { timeout: TIMEOUT }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-kill-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))

  const acknowledged: string[] = []
  let killed = 0
  for (let run = 0; run < KILLS; run++)
    killed += (await runUntilKilled(directory, acknowledged, Math.random() * LONGEST_LIFE_MILLISECONDS)) ? 1 : 0
  expect(await runUntilKilled(directory, acknowledged, undefined)).toBe(false)

  expect(killed).toBe(KILLS)
  const sqlite = openSqliteTable({ file: join(directory, 'house.sqlite'), clock: systemClock })
  onTestFinished(() => sqlite.close())
  const { requests, users } = openStores({ table: sqlite.table, clock: systemClock, random: systemRandom }).forTenant('main')
  const all = (await requests.list(1000)).requests
  expect(all.map((request) => request.userName).sort()).toEqual(Array.from({ length: 50 }, (_, index) => `person${index}`).sort())

  for (const { id, userName } of all) {
    const record = await requests.find(id, { consistent: true })
    const rejected = userName.endsWith('3')
    expect(record?.decisions.map(({ level, verdict }) => `${level} ${verdict}`)).toEqual(['0 approve', rejected ? '1 reject' : '1 approve'])
    expect(record?.data).not.toHaveProperty('passwordHash')
    const user = await users.findByName(userName)
    expect(record?.request.state).toMatchObject(rejected ? { kind: 'rejected' } : { kind: 'approved', resultId: user?.id })
    expect(user === undefined).toBe(rejected)
  }
  for (const line of acknowledged) {
    const [what, first = '', second = '', verdict] = line.split(' ')
    const id = what === 'registered' ? second : first
    const record = isId('req', id) ? await requests.find(id) : undefined
    if (what === 'registered') expect(record?.request.requestedBy.userName, line).toBe(first)
    else expect(record?.decisions.find((decision) => decision.level === Number(second))?.verdict, line).toBe(verdict)
  }
})

/** `life`: milliseconds after its first word; undefined: until it is done. True when it was killed. */
async function runUntilKilled(directory: string, acknowledged: string[], life: number | undefined): Promise<boolean> {
  const most = life === undefined ? [] : [String(MOST_LINES_OF_A_LIFE)]
  const child = spawn(process.execPath, [new URL('approving_process.ts', import.meta.url).pathname, directory, ...most], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const complaints: string[] = []
  child.stderr.on('data', (text) => complaints.push(String(text)))
  let done = false
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line === 'done') done = true
    else acknowledged.push(line)
  })
  if (life !== undefined) child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), life))
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.on('close', (...ended) => resolve(ended)),
  )
  if (signal === null && (code !== 0 || !done)) throw new Error(`the process ended with ${code}: ${complaints.join('')}`)
  return signal === 'SIGKILL'
}
