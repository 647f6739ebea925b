/** The hook of an old system, by the management API: who may set it, what is answered of it, and its secret. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Body, type ManagementHouse, openManagementHouse } from './management_house.ts'

const SECRET = 'a secret that both systems know, 40 long'
const MIGRATION = { url: 'https://old.example/hook', secret: SECRET, until: '2027-01-01T00:00:00Z' }
const settings = (migration?: unknown) => ({ display_name: 'Main', policies: migration === undefined ? {} : { migration } })

let house: ManagementHouse
let admin: string

beforeEach(async () => {
  house = await openManagementHouse()
  admin = await house.administratorToken()
})

afterEach(() => house.close())

const put = (migration?: unknown, token = admin) => house.api(token, 'PUT', '/tenant', settings(migration))
const stored = async () => (await house.stores().tenant.find())?.policies.migration

test('the secret is sealed, and answered by its id only', async () => {
  const { status, body } = await put(MIGRATION)

  expect(status).toBe(200)
  const shown = (body.policies as Body).migration as Body
  expect(shown).toEqual({
    url: MIGRATION.url,
    secretId: expect.stringMatching(/^[\w-]{12}$/),
    timeoutMilliseconds: 3000,
    until: MIGRATION.until,
    attributes: {},
    groups: [],
    roles: [],
  })
  expect(JSON.stringify(await house.stores().tenant.find())).not.toContain(SECRET)
})

test('what was answered can be sent back: the secret stays', async () => {
  const { body } = await put(MIGRATION)
  const before = await stored()

  const again = await put({ ...((body.policies as Body).migration as Body), timeoutMilliseconds: 1000 })

  expect(again.status).toBe(200)
  expect(await stored()).toEqual({ ...before, timeoutMilliseconds: 1000 })
})

test('left out, it ends', async () => {
  await put(MIGRATION)

  await put()

  expect(await stored()).toBeUndefined()
})

test.each([
  [{ ...MIGRATION, secret: undefined }, '/policies/migration/secret'],
  [{ ...MIGRATION, secret: undefined, secretId: 'another' }, '/policies/migration/secret'],
  [{ ...MIGRATION, secret: 'short' }, '/policies/migration/secret'],
  [{ ...MIGRATION, url: 'http://old.example/hook' }, '/policies/migration/url'],
  [{ ...MIGRATION, url: 'https://jo:secret@old.example/hook' }, '/policies/migration/url'],
  [{ ...MIGRATION, timeoutMilliseconds: 60_000 }, '/policies/migration/timeoutMilliseconds'],
  [{ ...MIGRATION, until: 'next year' }, '/policies/migration/until'],
  [{ ...MIGRATION, attributes: { password: 'pw' } }, '/policies/migration/attributes'],
  [{ ...MIGRATION, attributes: { displayName: 'a[0]' } }, '/policies/migration/attributes/displayName'],
])('%j is refused at %s', async (migration, pointer) => {
  const { status, body } = await put(migration)

  expect(status).toBe(422)
  expect((body.errors as Body[]).map((error) => String(error.pointer))).toContainEqual(expect.stringContaining(pointer))
})

test('who may change settings may not send passwords elsewhere, nor give roles that they lack', async () => {
  await house.api(admin, 'PUT', '/roles/clerk', { name: 'clerk', permissions: ['tenant:read', 'tenant:write'] })
  await house.api(admin, 'PUT', '/roles/mover', { name: 'mover', permissions: ['tenant:read', 'tenant:write', 'passwords:import'] })
  await house.addPerson('clara', ['clerk'])
  await house.addPerson('mona', ['mover'])
  const [clerk, mover] = [await house.signIn('clara'), await house.signIn('mona')]

  const byClerk = await put(MIGRATION, clerk)
  const withRoles = await put({ ...MIGRATION, roles: ['tenant-admin'] }, mover)
  const without = await put(MIGRATION, mover)
  const elsewhere = await put({ ...MIGRATION, secret: undefined, url: 'https://thief.example/hook' }, clerk)
  const untouched = await put({ ...MIGRATION, secret: undefined }, clerk)

  expect([byClerk, withRoles, without, elsewhere, untouched].map(({ status }) => status)).toEqual([403, 403, 200, 403, 200])
  expect((await stored())?.url).toBe(MIGRATION.url)
})

test('another tenant’s is set there, not from the platform', async () => {
  await house.api(admin, 'PUT', '/tenants/acme', { display_name: 'Acme' })

  const created = await house.api(admin, 'PUT', '/tenants/other', { ...settings(MIGRATION), display_name: 'Other' })
  const changed = await house.api(admin, 'PUT', '/tenants/acme', settings(MIGRATION))

  expect([created.status, changed.status]).toEqual([403, 403])
})
