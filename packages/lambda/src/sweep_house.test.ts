import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openArgon2 } from '@gatehouse/adapters/argon2/open_argon2.ts'
import { systemClock } from '@gatehouse/adapters/clock/system.ts'
import { openEgress } from '@gatehouse/adapters/egress/open_egress.ts'
import { openKeyfile } from '@gatehouse/adapters/keyfile/open_keyfile.ts'
import { noPlaces } from '@gatehouse/adapters/places/no_places.ts'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { openSqliteTable, type SqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import { createTenant } from '@gatehouse/http/admin/create_tenant.ts'
import { ensureDefaultTenant } from '@gatehouse/http/admin/ensure_default_tenant.ts'
import { tenantSettingsSchema } from '@gatehouse/http/admin/schema/tenant.ts'
import type { House } from '@gatehouse/http/house.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { saveAssociation } from '@gatehouse/workflow/associations.ts'
import { saveWorkflow } from '@gatehouse/workflow/definitions.ts'
import { openRegistration } from '@gatehouse/workflow/open_request.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBackgroundHouse } from './house.ts'
import { sweepHouse } from './sweep_house.ts'

let directory = ''
let sqlite: SqliteTable
let house: House
let waiting: Record<string, string> = {}
let lines: string[] = []
let started: string[] = []
let refuses: string | undefined

const workflow = {
  async start(tenantId: string, requestId: string) {
    if (requestId === refuses) throw new Error('re-entered too often')
    started.push(`${tenantId}/${requestId}`)
  },
  async signal() {},
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-sweep-'))
  sqlite = openSqliteTable({ file: join(directory, 'house.sqlite'), clock: systemClock })
  lines = []
  started = []
  refuses = undefined
  const ports = {
    table: sqlite.table,
    clock: systemClock,
    random: systemRandom,
    vault: openKeyfile(join(directory, 'key')),
    hasher: openArgon2(),
    egress: openEgress(),
    places: noPlaces,
    log: { write: (level: string, message: string) => void lines.push(`${level}: ${message}`) },
  }
  house = openBackgroundHouse(ports, { origin: 'https://id.example.com', baseDomain: 'id.example.com' })
  const main = await ensureDefaultTenant(house)
  const acme = await createTenant(house, 'acme', tenantSettingsSchema.parse({ display_name: 'Acme' }), {})
  waiting = { main: await openRequest(main, 'kim'), acme: await openRequest(acme, 'kim') }
})

afterEach(() => {
  sqlite.close()
  rmSync(directory, { recursive: true })
})

async function openRequest(ctx: TenantContext, userName: string): Promise<string> {
  await saveWorkflow(ctx, { name: 'add user', levels: [{ name: 'Manager', approvers: { roles: ['tenant-admin'] } }] })
  await saveAssociation(ctx, { operation: 'self_registration', workflow: 'add user' })
  const applicant = { userName, name: {}, emails: [], phoneNumbers: [], locale: 'en', acceptances: [] }
  const opened = await openRegistration(ctx, applicant, 'no hash')
  if (opened.kind !== 'waiting') throw new Error('nobody had to approve')
  return opened.requestId
}

const died = (input: string | null) => ({ detail: { input } })
const inputOf = (tenantId: string) => JSON.stringify({ tenantId, requestId: waiting[tenantId] })

test('on its schedule it enters every waiting request of every tenant', async () => {
  expect(await sweepHouse(house, workflow, {})).toMatchObject({ tenants: 2, requests: 2, failed: 0 })

  expect(started.toSorted()).toEqual([`acme/${waiting.acme}`, `main/${waiting.main}`])
})

test('told of an execution that ended badly it enters those of its tenant', async () => {
  await sweepHouse(house, workflow, died(inputOf('acme')))

  expect(started).toEqual([`acme/${waiting.acme}`])
})

test.each([null, 'not JSON', '{}', '{"tenantId":"../main"}'])('an input that names no tenant (%s) means all', async (input) => {
  expect((await sweepHouse(house, workflow, died(input))).tenants).toBe(2)
})

test('a request that cannot be entered is told, and holds up no other', async () => {
  refuses = waiting.acme

  expect(await sweepHouse(house, workflow, {})).toMatchObject({ tenants: 2, requests: 2, failed: 1 })

  expect(started).toEqual([`main/${waiting.main}`])
  expect(lines).toContain('error: a request could not be re-entered')
})

test('a tenant that is not there any more has nothing to sweep', async () => {
  expect(await sweepHouse(house, workflow, died(JSON.stringify({ tenantId: 'gone' })))).toMatchObject({
    tenants: 0,
    requests: 0,
    failed: 0,
  })
})
