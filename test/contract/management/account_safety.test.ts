/** What keeps accounts safe, by the management API: policies with their defaults, what contradicts itself, and remembered browsers of a person. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Body, type ManagementHouse, openManagementHouse } from './management_house.ts'

let house: ManagementHouse
let admin: string

beforeEach(async () => {
  house = await openManagementHouse()
  admin = await house.administratorToken()
  await house.addPerson('jo', [])
})
afterEach(() => house.close())

const put = (policies: unknown) => house.api(admin, 'PUT', '/tenant', { display_name: 'Main', policies })

test('policies are stored with their defaults', async () => {
  const { status, body } = await put({
    addressChange: { proof: 'both' },
    idle: { warnAfterDays: 30, suspendAfterDays: 60 },
    newBrowserMail: false,
    password: { history: 3, minimumAgeDays: 1, expiry: { maximumAgeDays: 90 }, breached: {} },
  })

  expect(status).toBe(200)
  expect(body.policies).toMatchObject({
    addressChange: { proof: 'both', undoDays: 3 },
    idle: { warnAfterDays: 30, suspendAfterDays: 60, comeBack: 'administrator' },
    newBrowserMail: false,
    password: {
      minimumLength: 8,
      history: 3,
      minimumAgeDays: 1,
      expiry: { maximumAgeDays: 90, warnDays: 14 },
      breached: { url: 'https://api.pwnedpasswords.com/range/', ifUnreachable: 'accept', atSignIn: false },
    },
  })
})

test.each([
  [{ idle: { warnAfterDays: 60, suspendAfterDays: 60 } }],
  [{ idle: { warnAfterDays: 1, suspendAfterDays: 60 } }],
  [{ password: { history: 25 } }],
  [{ password: { minimumAgeDays: -1 } }],
  [{ password: { minimumAgeDays: 30, expiry: { maximumAgeDays: 30 } } }],
  [{ password: { expiry: { warnDays: 3 } } }],
  [{ password: { expiry: { maximumAgeDays: 10, warnDays: 30 } } }],
  [{ password: { expiry: { maximumAgeDays: 10 } } }],
  [{ password: { breached: { url: 'http://ranges.example/' } } }],
  [{ password: { breached: { url: 'file:///etc/passwd' } } }],
  [{ addressChange: { proof: 'none' } }],
])('%o is refused', async (policies) => {
  expect((await put(policies)).status).toBe(422)
})

test('remembered browsers of a person are listed and forgotten; a stranger forgets none', async () => {
  const stores = house.stores()
  const jo = await stores.users.findByName('jo')
  if (!jo) throw new Error('jo is there')
  const now = Math.floor(house.house.ports.clock.now() / 1000)
  const browser = {
    userAgent: 'Firefox',
    ip: '192.0.2.1',
    rememberedAt: now,
    until: now + 60,
    lastUsedAt: now,
    securityEpoch: jo.securityEpoch,
  }
  await stores.rememberedBrowsers.add(jo.id, { id: 'brw_12345678', ...browser }, {})
  const path = `/users/${jo.id}/remembered-browsers`

  const listed = await house.api(admin, 'GET', path)
  expect((listed.body as Body & { browsers: unknown[] }).browsers).toMatchObject([{ id: 'brw_12345678', user_agent: 'Firefox' }])
  expect((await house.api(admin, 'DELETE', path)).status).toBe(204)
  expect((await house.api(admin, 'GET', path)).body).toEqual({ browsers: [] })
  expect((await house.api('no token', 'DELETE', path)).status).toBe(401)
  expect((await house.api(admin, 'DELETE', '/users/usr_nobodyhere/remembered-browsers')).status).toBe(404)
})

test('policies that were stored before a rule was made are shown, so that they can be mended', async () => {
  await put({ password: { expiry: { maximumAgeDays: 90 } } })
  const stores = house.stores()
  const tenant = await stores.tenant.find()
  if (!tenant) throw new Error('the tenant is there')
  const expiry = { maximumAgeDays: 10, warnDays: 30 }
  await stores.tenant.update({ ...tenant, policies: { ...tenant.policies, password: { ...tenant.policies.password, expiry } } })

  const { status, body } = await house.api(admin, 'GET', '/tenant')

  expect(status).toBe(200)
  expect(body.policies).toMatchObject({ password: { expiry } })
})
