/** A house with approvals on a real table in a temporary file: two levels, Alex and Cameron, and a relay that a test turns by hand. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openAslWorkflow } from '@gatehouse/adapters/asl/open_asl_workflow.ts'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { openSqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Table } from '@gatehouse/ports/table.ts'
import type { Role } from '@gatehouse/store/role.ts'
import { openStores } from '@gatehouse/store/stores.ts'
import { configurationOf, openConfigurationCache } from '@gatehouse/store/tenant_context.ts'
import type { ApprovalContext } from '@gatehouse/workflow/approval_context.ts'
import { saveAssociation } from '@gatehouse/workflow/associations.ts'
import { type NamedLevel, saveWorkflow } from '@gatehouse/workflow/definitions.ts'
import { APPROVAL_HANDLERS } from '@gatehouse/workflow/handlers.ts'
import { openRegistration } from '@gatehouse/workflow/open_request.ts'
import { approvalTasks } from '@gatehouse/workflow/tasks/approval_tasks.ts'
import { expect, onTestFinished } from 'vitest'

export const HASH = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo'
const definition = JSON.parse(readFileSync(new URL('../../../packages/workflow/src/approval.asl.json', import.meta.url), 'utf8'))

export const TWO_LEVELS: readonly NamedLevel[] = [
  { name: 'Junior manager', approvers: { roles: ['junior-manager'] } },
  { name: 'Senior manager', approvers: { roles: ['senior-manager'] } },
]

export type ApprovalHouse = Awaited<ReturnType<typeof openHouse>>

export async function openHouse(options: { levels?: readonly NamedLevel[] } = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-approvals-'))
  const file = join(directory, 'house.sqlite')
  const time = { now: Date.UTC(2026, 0, 5) }
  const clock = { now: () => time.now }
  const logged: string[] = []
  const log = { write: (_level: string, message: string) => void logged.push(message) }
  const sqlite = openSqliteTable({ file, clock })
  const cuts: (() => Promise<void>)[] = []
  const table: Table = {
    ...sqlite.table,
    transact: async (writes) => {
      await cuts.shift()?.()
      return sqlite.table.transact(writes)
    },
  }
  const meter = { read: 0, write: 0 }
  const stores = openStores({ table, clock, random: systemRandom })
  const cache = openConfigurationCache(clock)

  const contextOf = (tenantId: string, user?: User): ApprovalContext => {
    const tenant = stores.forTenant(tenantId, meter)
    return {
      stores: tenant,
      clock,
      random: systemRandom,
      log,
      actor: user ? { userId: user.id } : {},
      configuration: configurationOf(cache, tenant),
    }
  }
  const main = contextOf('main')

  const openEngine = () => {
    const workflow = openAslWorkflow({
      definition,
      clock,
      log,
      tickMilliseconds: 5,
      retryMilliseconds: 1,
      task: (name, input) => tasks(name, input),
    })
    const tasks = approvalTasks({
      contextOf: async (tenantId) => contextOf(tenantId),
      signal: (token, output) => workflow.signal(token, output),
    })
    return workflow
  }
  let workflow = openEngine()
  const delivered: HouseEvent[] = []

  onTestFinished(async () => {
    await workflow.stop()
    sqlite.close()
    rmSync(directory, { recursive: true, force: true })
  })

  const house = {
    main,
    meter,
    table,
    /** All events that the relay has seen. */
    delivered,
    logged,
    contextOf,
    as: (user: User) => contextOf('main', user),
    workflow: () => workflow,
    pass(seconds: number) {
      time.now += seconds * 1000
    },
    /** Runs once, just before the next transaction is written. */
    beforeNextTransaction: (act: () => Promise<void>) => cuts.push(act),
    async role(name: string): Promise<Role> {
      const existing = await main.stores.roles.findByName(name)
      return existing ?? main.stores.roles.save({ id: `rol_${systemRandom.token(9)}`, name, permissions: [], version: 0 }, {})
    },
    async person(userName: string, ...roleNames: string[]): Promise<User> {
      const roles = await Promise.all(roleNames.map(async (name) => (await house.role(name)).id))
      const at = new Date(time.now).toISOString()
      const emails = [{ value: `${userName}@example.com`, primary: true, verified: true }]
      const user: User = {
        ...{
          id: `usr_${systemRandom.token(12)}`,
          userName,
          active: true,
          name: { givenName: userName },
          emails,
          phoneNumbers: [],
          roles,
          groups: [],
        },
        ...{ locale: 'en', securityEpoch: 0, createdAt: at, updatedAt: at, version: 1 },
      }
      await main.stores.users.create(user, HASH, { actor: {} })
      return user
    },
    async change(user: User, to: Partial<User>): Promise<User> {
      const now = await main.stores.users.find(user.id, { consistent: true })
      if (!now) throw new Error(`${user.userName} does not exist`)
      const kind = to.active === undefined ? 'user.roles_changed' : to.active ? 'user.activated' : 'user.suspended'
      return main.stores.users.update(now, { ...now, ...to }, kind, {})
    },
    async register(userName: string): Promise<RequestId> {
      const opened = await openRegistration(main, applicant(userName), HASH)
      if (opened.kind !== 'waiting') throw new Error(`${userName} was created at once`)
      return opened.requestId
    },
    /** One turn of the relay: everything that the stream holds is handled, by default twice, as at-least-once delivery may. */
    async deliver(times = 2): Promise<HouseEvent[]> {
      const fresh: HouseEvent[] = []
      for (let records = await sqlite.stream.read(100); records.length > 0; records = await sqlite.stream.read(100)) {
        for (const { event: carried, position } of records) {
          expect(JSON.stringify(carried)).not.toContain(HASH)
          const event = carried as unknown as HouseEvent
          fresh.push(event)
          for (let time = 0; time < times; time++) await APPROVAL_HANDLERS[event.kind]?.(contextOf(event.tenant), event, workflow)
          await sqlite.stream.commit(position)
        }
      }
      delivered.push(...fresh)
      return fresh
    },
    /** The process dies: its executions and tokens are gone, the file stays. */
    async crash() {
      await workflow.stop()
      workflow = openEngine()
    },
    async until(what: () => boolean | Promise<boolean>, said: string) {
      for (let tries = 0; tries < 10_000; tries++) {
        if (await what()) return
        await pause(5)
      }
      throw new Error(`never came true: ${said}`)
    },
  }

  const alex = await house.person('alex', 'junior-manager')
  const cameron = await house.person('cameron', 'senior-manager')
  await saveWorkflow(main, { name: 'add user', levels: options.levels ?? TWO_LEVELS })
  await saveAssociation(main, { operation: 'self_registration', workflow: 'add user' })
  await house.deliver()
  return { ...house, alex, cameron }
}

export function applicant(userName: string) {
  return {
    userName,
    name: { givenName: 'Kim', familyName: 'Novak' },
    emails: [{ value: `${userName}@mail.example`, primary: true, verified: false }],
    phoneNumbers: [],
    locale: 'de',
    acceptances: [{ policy: 'privacy', version: '1', acceptedAt: 0, locale: 'de' }],
  } as const
}

/** The code of the refusal, or what came instead. */
export async function refusal(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (done) => ({ done }),
    (error: { code?: string }) => error.code ?? error,
  )
}
