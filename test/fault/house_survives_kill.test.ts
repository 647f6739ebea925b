/** `kill -9` of the whole house at random moments of 50 registrations and their decisions over HTTP: what it said is so, once, and all of it ends. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@gatehouse/adapters/clock/system.ts'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { openSqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import { isId } from '@gatehouse/core/ids.ts'
import { openStores } from '@gatehouse/store/stores.ts'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../free_port.ts'
import { SECONDS } from '../suites.ts'
import { startProcess } from './house_process.ts'
import { decide, register, signInManager, type Task, tasksOf } from './people_without_browsers.ts'

const PEOPLE = 50
const KILLS = 6
/** Registrations and decisions of one life: all lives together end before the work does, however fast the machine is. */
const MOST_OF_A_LIFE = 12
const LONGEST_PAUSE_MILLISECONDS = 30
/** Seven houses start, one after the other. */
const TIMEOUT = 2 * SECONDS * 1000

test('every registration and decision that was acknowledged survives kill -9 of the house, once, and ends', {
  timeout: TIMEOUT,
}, async () => {
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-house-kill-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const port = await freePort()
  const words = ['--data', data, '--port', String(port), '--no-samples']
  const registered = new Map<string, string>()
  const decided: { requestId: string; level: number; verdict: string }[] = []
  const answered = new Set<string>()
  let working = true

  const people = Array.from({ length: PEOPLE }, (_, index) => `person${index}`)
  const applicants = Promise.all([0, 1, 2].map((worker) => stubbornly(people.filter((_, index) => index % 3 === worker))))
  const managers = Promise.all([manages('alex', 0), manages('cameron', 1)])
  for (let kill = 0; kill < KILLS; kill++) {
    const house = startProcess(words)
    await house.opened
    const enough = answered.size + decided.length + Math.floor(Math.random() * MOST_OF_A_LIFE)
    while (answered.size + decided.length < enough) await wait(1)
    await wait(Math.random() * LONGEST_PAUSE_MILLISECONDS)
    house.child.kill('SIGKILL')
    await house.ended
    expect(answered.size + decided.length, 'the work is not done yet').toBeLessThan(3 * PEOPLE)
  }
  const house = startProcess(words)
  await house.opened
  await applicants
  const alex = await signInManager(port, 'alex')
  const cameron = await signInManager(port, 'cameron')
  while ((await tasksOf(alex)).length + (await tasksOf(cameron)).length > 0) await wait(100)
  working = false
  await managers
  house.child.kill('SIGINT')
  expect((await house.ended).code).toBe(0)

  const sqlite = openSqliteTable({ file: join(data, 'house.sqlite'), clock: systemClock })
  onTestFinished(() => sqlite.close())
  const { requests, users } = openStores({ table: sqlite.table, clock: systemClock, random: systemRandom }).forTenant('main')
  const all = (await requests.list(1000)).requests
  expect(all.map(({ userName }) => userName).sort()).toEqual([...people].sort())
  for (const { id, userName } of all) {
    const record = await requests.find(id, { consistent: true })
    const last = verdictOn(userName)
    expect(record?.decisions.map(({ level, verdict }) => `${level} ${verdict}`)).toEqual(['0 approve', `1 ${last}`])
    expect(record?.data).not.toHaveProperty('passwordHash')
    expect((await users.findByName(userName)) !== undefined, userName).toBe(last === 'approve')
  }
  for (const [userName, requestId] of registered) expect(all.find(({ id }) => id === requestId)?.userName).toBe(userName)
  for (const { requestId, level, verdict } of decided) {
    const record = isId('req', requestId) ? await requests.find(requestId) : undefined
    expect(record?.decisions.find((decision) => decision.level === level)?.verdict, requestId).toBe(verdict)
  }

  /** Asks again until there was an answer, as a person does. */
  async function stubbornly(names: readonly string[]): Promise<void> {
    for (const name of names) {
      while (!answered.has(name)) {
        try {
          const requestId = await register(port, name)
          if (requestId !== undefined) registered.set(name, requestId)
          answered.add(name)
        } catch {
          // the house was killed, or is about to open: the answer is lost, which is what this test is about
          await wait(50)
        }
      }
    }
  }

  async function manages(userName: string, level: number): Promise<void> {
    let manager: Awaited<ReturnType<typeof signInManager>> | undefined
    while (working) {
      try {
        manager ??= await signInManager(port, userName)
        for (const task of await tasksOf(manager)) {
          // Whoever is refused before the answer came would ask anew, and be let in.
          if (!answered.has(applicantOf(task))) continue
          const verdict = level === 0 ? 'approve' : verdictOn(applicantOf(task))
          if (await decide(manager, task, verdict)) decided.push({ requestId: task.requestId, level, verdict })
        }
        await wait(20)
      } catch {
        // as above
        await wait(50)
      }
    }
  }
})

function applicantOf({ requester }: Task): string {
  return requester.name.split(' ')[0] ?? ''
}

function verdictOn(userName: string): 'approve' | 'reject' {
  return userName.endsWith('3') ? 'reject' : 'approve'
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
