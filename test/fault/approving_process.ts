/**
 * A process that registers and decides 50 people and prints what was acknowledged, until it is killed or all have ended. Started by `approvals_survive_kill.test.ts`,
 * which may be late with its kill: after so many lines it kills itself.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAslWorkflow } from '@gatehouse/adapters/asl/open_asl_workflow.ts'
import { systemClock } from '@gatehouse/adapters/clock/system.ts'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { openSqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { openStores } from '@gatehouse/store/stores.ts'
import { configurationOf, openConfigurationCache } from '@gatehouse/store/tenant_context.ts'
import type { ApprovalContext } from '@gatehouse/workflow/approval_context.ts'
import { saveAssociation } from '@gatehouse/workflow/associations.ts'
import { decide } from '@gatehouse/workflow/decide.ts'
import { saveWorkflow } from '@gatehouse/workflow/definitions.ts'
import { APPROVAL_HANDLERS } from '@gatehouse/workflow/handlers.ts'
import { openRegistration } from '@gatehouse/workflow/open_request.ts'
import { sweepRequests } from '@gatehouse/workflow/sweep.ts'
import { approvalTasks } from '@gatehouse/workflow/tasks/approval_tasks.ts'

const PEOPLE = 50
const WORKERS = 3
const [, , directory = '', most = 'Infinity'] = process.argv
let printed = 0
const definition = JSON.parse(readFileSync(new URL('../../packages/workflow/src/approval.asl.json', import.meta.url), 'utf8'))

const sqlite = openSqliteTable({ file: join(directory, 'house.sqlite'), clock: systemClock })
const stores = openStores({ table: sqlite.table, clock: systemClock, random: systemRandom })
const cache = openConfigurationCache(systemClock)
const log = { write: (level: string, message: string, fields?: object) => console.error(level, message, JSON.stringify(fields)) }
const contextOf = async (tenantId: string, userId?: `usr_${string}`): Promise<ApprovalContext> => {
  const tenant = stores.forTenant(tenantId)
  return {
    stores: tenant,
    clock: systemClock,
    random: systemRandom,
    log,
    actor: userId ? { userId } : {},
    configuration: configurationOf(cache, tenant),
  }
}
const main = await contextOf('main')
const workflow = openAslWorkflow({ definition, clock: systemClock, log, task: (name, input) => tasks(name, input) })
const tasks = approvalTasks({ contextOf, signal: (token, output) => workflow.signal(token, output) })

await setUp()
await sweepRequests(main, workflow)
let working = true
const relay = followEvents()
const ended = new Set((await main.stores.requests.list(1000, { stands: 'finished' })).requests.map((request) => request.userName))
const left = Array.from({ length: PEOPLE }, (_, index) => `person${index}`).filter((name) => !ended.has(name))
await Promise.all(Array.from({ length: WORKERS }, work))
while (workflow.running() > 0) await new Promise((resolve) => setTimeout(resolve, 20))
working = false
await relay
await workflow.stop()
sqlite.close()
console.log('done')

async function work(): Promise<void> {
  for (let name = left.shift(); name !== undefined; name = left.shift()) await bringToItsEnd(name)
}

async function bringToItsEnd(userName: string): Promise<void> {
  const holder = await main.stores.users.findNameHolder(userName)
  let requestId = holder?.kind === 'pending' ? holder.requestId : undefined
  if (requestId === undefined) {
    const opened = await openRegistration(main, { userName, name: {}, emails: [], phoneNumbers: [], acceptances: [] }, 'phc')
    if (opened.kind !== 'waiting') throw new Error(`${userName} was created at once`)
    requestId = opened.requestId
    say(`registered ${userName} ${requestId}`)
  }
  for (;;) {
    const state = (await main.stores.requests.find(requestId, { consistent: true }))?.request.state
    if (state?.kind !== 'waiting') return
    const { level } = state
    const verdict = level === 1 && userName.endsWith('3') ? 'reject' : 'approve'
    const person = await main.stores.users.findByName(level === 0 ? 'alex' : 'cameron')
    await decide(await contextOf('main', person?.id), { requestId, level, verdict })
    say(`decided ${requestId} ${level} ${verdict}`)
  }
}

/** To a pipe, which has it when this returns. */
function say(line: string): void {
  console.log(line)
  if (++printed >= Number(most)) process.kill(process.pid, 'SIGKILL')
}

/** Handles and then commits, as the relay does: a kill in between repeats. */
async function followEvents(): Promise<void> {
  for (;;) {
    const records = await sqlite.stream.read(20)
    if (records.length === 0 && !working) return
    for (const record of records) {
      const event = record.event as unknown as HouseEvent
      await APPROVAL_HANDLERS[event.kind]?.(await contextOf(event.tenant), event, workflow)
    }
    const last = records.at(-1)
    if (last) await sqlite.stream.commit(last.position)
    else await sqlite.stream.wait(50)
  }
}

/** Each step is repeated until it has taken place: the kill may come here, too. */
async function setUp(): Promise<void> {
  for (const [userName, name] of [
    ['alex', 'junior-manager'],
    ['cameron', 'senior-manager'],
  ] as const) {
    const role =
      (await main.stores.roles.findByName(name)) ??
      (await main.stores.roles.save({ id: `rol_${systemRandom.token(9)}`, name, permissions: [], version: 0 }, {}))
    if (await main.stores.users.findByName(userName)) continue
    const at = new Date().toISOString()
    const rest = {
      active: true,
      name: {},
      emails: [],
      phoneNumbers: [],
      groups: [],
      securityEpoch: 0,
      createdAt: at,
      updatedAt: at,
      version: 1,
    }
    await main.stores.users.create({ id: `usr_${systemRandom.token(12)}`, userName, roles: [role.id], ...rest }, undefined, { actor: {} })
  }
  await saveWorkflow(main, {
    name: 'add user',
    levels: [
      { name: 'one', approvers: { roles: ['junior-manager'] } },
      { name: 'two', approvers: { roles: ['senior-manager'] } },
    ],
  })
  await saveAssociation(main, { operation: 'self_registration', workflow: 'add user' })
}
