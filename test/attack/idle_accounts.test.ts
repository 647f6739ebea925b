/** Accounts that nobody uses are warned, then suspended; whoever uses theirs, and the last administrator, never. */
import { changeUser } from '@gatehouse/directory/users.ts'
import { sweepIdle } from '@gatehouse/identity/idle_accounts.ts'
import { idleWatchStore } from '@gatehouse/store/watch.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSafetyHouse, type SafetyHouse } from '../fixture/safety_house.ts'
import { PASSWORD } from '../fixture/sign_in_house.ts'

const DAY = 86_400
const idle = { warnAfterDays: 60, suspendAfterDays: 90, comeBack: 'administrator' } as const
let house: SafetyHouse

beforeEach(async () => {
  house = await openSafetyHouse()
  await house.setPolicies({ idle })
})
afterEach(() => house.close())

/** Days go by, each with a sweep. */
async function live(days: number): Promise<void> {
  for (let day = 0; day < days; day++) {
    await sweepIdle(await house.context())
    house.pass(DAY)
  }
  await sweepIdle(await house.context())
  await house.settle()
}
const mails = () => house.mails.filter(({ template }) => template === 'idle_account').map(({ to, subject }) => [to, subject])
const jo = () => house.stores().users.find(house.jo.id, { consistent: true })

test('warned by mail after its days, suspended after those, with the reason; and opened again by an administrator, who begins the days anew', async () => {
  await live(59)
  expect(mails()).toEqual([])
  await live(1)
  expect(mails()).toEqual([['jo@example.org', 'Your account at Tenant main will be suspended']])
  await live(29)
  expect((await jo())?.active).toBe(true)
  await live(1)

  expect(await jo()).toMatchObject({ active: false, suspendedBecause: 'idle' })
  expect(mails().at(-1)).toEqual(['jo@example.org', 'Your account at Tenant main is suspended'])
  expect(mails()).toHaveLength(2)
  expect(await house.events('user.suspended')).toMatchObject([{ audited: true, userId: house.jo.id, data: { because: 'idle' } }])
  const here = await house.context()
  const before = await jo()
  if (!before) throw new Error('jo is there')
  expect(await changeUser(here, before, { active: true })).not.toHaveProperty('suspendedBecause')
  await house.settle()
  await live(59)
  expect((await jo())?.active).toBe(true)
  expect(mails()).toHaveLength(2)
})

test('a sign-in, also after the warning, and also long before the next look, keeps the account', async () => {
  for (let round = 0; round < 4; round++) {
    await live(45)
    await house.person()
  }
  expect(mails()).toEqual([])
  await live(61)
  expect(mails()).toHaveLength(1)
  await house.person()
  await live(58)

  expect((await jo())?.active).toBe(true)
  expect(mails()).toHaveLength(1)
})

test('a sign-in costs what it cost without the policy', async () => {
  const spent = async () => {
    const before = house.logs.length
    await house.person()
    const lines = house.logs.slice(before).filter(({ message }) => message === 'request')
    return lines.reduce((total, { fields }) => total + Number(fields.write), 0)
  }
  await spent()
  const withPolicy = await spent()
  await house.setPolicies({ idle: undefined })

  expect(await spent()).toBe(withPolicy)
})

test('the last administrator is warned, and never suspended; another one is', async () => {
  const { roles, users } = house.stores()
  await roles.save({ id: 'rol_tenantadm', name: 'tenant-admin', permissions: [], version: 0 }, {})
  for (const name of ['kim', 'lee']) await house.addUser(name, PASSWORD, { roles: ['rol_tenantadm'] })

  await live(130)

  const active = await Promise.all(['kim', 'lee'].map(async (name) => (await users.findByName(name))?.active))
  expect(active.filter(Boolean)).toHaveLength(1)
  expect((await jo())?.active).toBe(false)
})

test('whoever comes after the policy is watched, too; whoever is removed, or suspended by hand, is looked at no more', async () => {
  await live(1)
  const here = await house.context()
  const al = await house.addUser('al', PASSWORD, { emails: [{ value: 'al@example.org', primary: true, verified: true }] })
  const bo = await house.addUser('bo', PASSWORD)
  await house.settle()
  const now = await house.stores().users.find(bo.id, { consistent: true })
  if (now) await house.stores().users.remove(now, {})
  await live(60)
  expect(mails().map(([to]) => to)).toContain('al@example.org')
  const warned = await house.stores().users.find(al.id, { consistent: true })
  if (warned) await changeUser(here, warned, { active: false })
  await live(60)

  expect(await house.stores().users.find(al.id)).not.toHaveProperty('suspendedBecause')
  expect((await house.events('user.suspended')).filter(({ userId }) => userId === al.id)).toHaveLength(1)
  expect(await idleWatchStore(house.stores().shelf).listDue(100)).toEqual([])
})

test('two sweeps at the same time warn once', async () => {
  await live(0)
  house.pass(30 * DAY)
  await live(0)
  house.pass(30 * DAY)
  const here = await house.context()

  await Promise.all(Array.from({ length: 5 }, () => sweepIdle(here)))
  await house.settle()

  expect(mails()).toHaveLength(1)
})

test('a policy that was off for a while warns nobody for what happened meanwhile, and finds who came then', async () => {
  await live(1)
  await house.setPolicies({ idle: undefined })
  await house.settle()
  house.pass(200 * DAY)
  const late = await house.addUser('late', PASSWORD, { emails: [{ value: 'late@example.org', primary: true, verified: true }] })
  await house.settle()
  await house.setPolicies({ idle })
  await house.settle()
  await live(1)
  expect(mails()).toEqual([])

  await live(60)

  expect(
    mails()
      .map(([to]) => to)
      .sort(),
  ).toEqual(['jo@example.org', 'late@example.org'])
  expect((await house.stores().users.find(late.id))?.active).toBe(true)
})

test('a policy that was off for a few days between two looks warns nobody who signed in meanwhile', async () => {
  await house.setPolicies({ idle: { ...idle, warnAfterDays: 25, suspendAfterDays: 40 } })
  await live(5)
  await house.setPolicies({ idle: undefined })
  await house.settle()
  house.pass(5 * DAY)
  await house.person()
  house.pass(8 * DAY)
  await house.setPolicies({ idle: { ...idle, warnAfterDays: 25, suspendAfterDays: 40 } })
  await house.settle()

  // Day 25 since the beginning; 15 since they signed in.
  await live(10)
  expect(mails()).toEqual([])
  await live(15)

  expect(mails()).toHaveLength(1)
})

test('where the tenant lets people come back, recovery opens what was only unused, and nothing else', async () => {
  await house.setPolicies({ idle: { ...idle, comeBack: 'recovery' } })
  await live(100)
  const { setNewPassword } = await import('@gatehouse/identity/password_change.ts')
  const here = await house.context()
  const suspended = await jo()
  if (!suspended) throw new Error('jo is there')
  expect(suspended.active).toBe(false)
  expect(house.mails.at(-1)?.text).toContain('/recover')

  expect((await setNewPassword(here, suspended, { password: 'eleven green lighthouses', how: 'recovery' })).active).toBe(true)

  const active = await jo()
  const byHand = active && (await changeUser(here, active, { active: false }))
  expect(byHand && (await setNewPassword(here, byHand, { password: PASSWORD, how: 'recovery' })).active).toBe(false)
})

async function recover(userName: string, password: string): Promise<string | undefined> {
  const jar = house.jar()
  await jar.submit(await jar.get('/t/main/recover'), { username: userName })
  await house.settle()
  const link = house.mails
    .flatMap(({ text }) => text.match(/https?:\/\/\S+\/recover\/password\S+/g) ?? [])
    .at(-1)
    ?.slice(house.origin.length)
  if (link !== undefined) await jar.submit(await jar.get(link), { new_password: password })
  return link
}

test('by the pages of recovery whoever was only unused comes back; where an administrator decides, they do not, and an unproven address gets no link', async () => {
  await house.setPolicies({ idle: { ...idle, comeBack: 'recovery' } })
  await house.addUser('al', PASSWORD)
  expect(await recover('al', 'eleven green lighthouses')).toBeUndefined()
  await live(100)
  await house.setPolicies({ idle })
  expect(await recover('jo', 'eleven green lighthouses')).toBeUndefined()
  expect((await jo())?.active).toBe(false)
  await house.setPolicies({ idle: { ...idle, comeBack: 'recovery' } })
  house.pass(3600)

  expect(await recover('jo', 'eleven green lighthouses')).toBeDefined()

  expect((await jo())?.active).toBe(true)
  expect((await (await house.person('jo', 'eleven green lighthouses')).ask('GET', '')).status).toBe(200)
})
