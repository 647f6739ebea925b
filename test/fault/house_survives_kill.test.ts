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
import { startProcess } from './house_process.ts'
import { decide, register, signInManager, tasksOf } from './people_without_browsers.ts'

const PEOPLE = 50
const KILLS = 6
const LONGEST_LIFE_MILLISECONDS = 1500

test('every registration and decision that was acknowledged survives kill -9 of the house, once, and ends', {
  timeout: 180_000,
}, async () => {
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-house-kill-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const port = await freePort()
  const words = ['--data', data, '--port', String(port), '--no-samples']
  const registered = new Map<string, string>()
  const decided: { requestId: string; level: number; verdict: string }[] = []
  let working = true

  const people = Array.from({ length: PEOPLE }, (_, index) => `person${index}`)
  const applicants = Promise.all([0, 1, 2].map((worker) => stubbornly(people.filter((_, index) => index % 3 === worker))))
  const managers = Promise.all([manages('alex', 0), manages('cameron', 1)])
  let interrupted = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const house = startProcess(words)
    await house.opened
    await wait(Math.random() * LONGEST_LIFE_MILLISECONDS)
    house.child.kill('SIGKILL')
    await house.ended
    if (registered.size < PEOPLE || decided.length < 2 * PEOPLE) interrupted++
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

  expect(interrupted).toBeGreaterThanOrEqual(3)
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
      for (let answered = false; !answered; ) {
        try {
          const requestId = await register(port, name)
          if (requestId !== undefined) registered.set(name, requestId)
          answered = true
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
          const verdict = level === 0 ? 'approve' : verdictOn(task.requester.name.split(' ')[0] ?? '')
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

function verdictOn(userName: string): 'approve' | 'reject' {
  return userName.endsWith('3') ? 'reject' : 'approve'
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
