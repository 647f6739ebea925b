/** A password that grows old is told of in time, once, and the change is offered; one that was chosen a moment ago stays, but never against whoever must, or needs to, change it. */
import type { Me } from '@gatehouse/core/my_account.ts'
import type { PasswordExpiry } from '@gatehouse/core/password_expiry.ts'
import { DEFAULT_POLICIES, type PasswordPolicy } from '@gatehouse/core/tenant.ts'
import { sweepExpiringPasswords } from '@gatehouse/identity/expiring_passwords.ts'
import { setNewPassword } from '@gatehouse/identity/password_change.ts'
import { passwordWatchStore } from '@gatehouse/store/watch.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSafetyHouse, type SafePerson, type SafetyHouse } from '../fixture/safety_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

const SECOND = 'eleven green lighthouses'
const THIRD = 'twelve quiet ferries go'
const DAY = 86_400
const expiry: PasswordExpiry = { maximumAgeDays: 90, warnDays: 14 }
let house: SafetyHouse

beforeEach(async () => {
  house = await openSafetyHouse()
})
afterEach(() => house.close())

const policy = (change: Partial<PasswordPolicy>) => house.setPolicies({ password: { ...DEFAULT_POLICIES.password, ...change } })
const change = ({ ask }: SafePerson, from: string, to: string) => ask('POST', '/password', { current_password: from, new_password: to })
const told = ({ body }: Awaited<ReturnType<typeof change>>) => body.errors?.[0]?.detail
const mails = () => house.mails.filter(({ template }) => template === 'password_expires').map(({ to }) => to)
const jo = async () => {
  const user = await house.stores().users.find(house.jo.id, { consistent: true })
  if (!user) throw new Error('jo is there')
  return user
}

/** Days go by, each with a sweep. */
async function live(days: number): Promise<void> {
  for (let day = 0; day < days; day++) {
    await sweepExpiringPasswords(await house.context())
    house.pass(DAY)
  }
  await sweepExpiringPasswords(await house.context())
  await house.settle()
}

/** Where a sign-in by password leads first, to go on from there. */
async function arrive(password = PASSWORD) {
  const jar = house.jar()
  return { jar, page: await signIn(jar, await house.authorize(jar), 'jo', password) }
}

describe('the mail', () => {
  test('comes on its day, once, whoever looks how often; and again for the next password', async () => {
    await policy({ expiry })
    await live(75)
    expect(mails()).toEqual([])
    await live(1)
    expect(mails()).toEqual(['jo@example.org'])
    expect(house.mails.at(-1)).toMatchObject({ subject: 'Your password at Tenant main will soon be too old' })
    expect(house.mails.at(-1)?.text).toContain('/account/security')
    await live(40)
    expect(mails()).toHaveLength(1)
    expect(await house.events('user.password_expires')).toMatchObject([{ audited: true, userId: house.jo.id }])

    await setNewPassword(await house.context(), await jo(), { password: SECOND })
    await live(80)

    expect(mails()).toHaveLength(2)
  })

  test('does not come to whoever changed it in time, holds an excepted role, has no proven mailbox, or where the tenant wants none', async () => {
    await house.stores().roles.save({ id: 'rol_robot001', name: 'robot', permissions: [], version: 0 }, {})
    await house.addUser('robot', PASSWORD, { roles: ['rol_robot001'], emails: [{ value: 'robot@example.org', verified: true }] })
    await house.addUser('al', PASSWORD, { emails: [{ value: 'al@example.org', verified: false }] })
    await policy({ expiry: { ...expiry, exceptRoles: ['robot'] } })
    await live(70)
    await setNewPassword(await house.context(), await jo(), { password: SECOND })
    await live(30)
    expect(mails()).toEqual([])

    await policy({ expiry: { ...expiry, warnDays: 0 } })
    await live(60)
    expect(mails()).toEqual([])
  })

  test('that is on its way when the password changes is not sent', async () => {
    await policy({ expiry })
    house.pass(80 * DAY)
    await sweepExpiringPasswords(await house.context())
    await setNewPassword(await house.context(), await jo(), { password: SECOND })
    await house.settle()

    expect(mails()).toEqual([])
  })

  test('of two sweeps at the same time comes once; whoever is suspended is looked at no more', async () => {
    await policy({ expiry })
    await live(0)
    house.pass(80 * DAY)
    const here = await house.context()
    await Promise.all(Array.from({ length: 5 }, () => sweepExpiringPasswords(here)))
    await house.settle()
    expect(mails()).toHaveLength(1)

    const now = await jo()
    await house.stores().users.update(now, { ...now, active: false }, 'user.suspended', {})
    await live(8)
    house.pass(100 * DAY)
    expect(await passwordWatchStore(house.stores().shelf).listDue(10)).toEqual([])
  })
})

describe('the offer at the sign-in', () => {
  test('can be put off, or taken, and comes to nobody who did not type the password', async () => {
    await policy({ expiry })
    house.pass(80 * DAY)
    const { jar, page } = await arrive()
    expect(page.url.pathname).toBe('/t/main/password')
    expect(page.body).toContain('name="later"')

    const later = await jar.submit(page, { later: 'yes' })
    expect(later.url.searchParams.has('code')).toBe(true)
    expect((await house.authorize(jar)).url.searchParams.has('code')).toBe(true)
    expect((await house.authorize(jar, { prompt: 'none' })).url.searchParams.has('code')).toBe(true)
    const other = await arrive()
    const changed = await other.jar.submit(other.page, { new_password: SECOND })

    expect(changed.url.searchParams.has('code')).toBe(true)
    const { page: next } = await arrive(SECOND)
    expect(next.url.searchParams.has('code')).toBe(true)
  })

  test('what must be changed cannot be put off, and no other interaction’s form puts it off', async () => {
    await policy({ expiry })
    house.pass(80 * DAY)
    const near = await arrive()
    expect((await near.jar.submit(near.page, { later: 'yes', csrf: 'x' })).status).toBe(403)
    house.pass(11 * DAY)
    const { jar, page } = await arrive()

    const refused = await jar.submit(page, { later: 'yes' })

    expect(page.body).not.toContain('name="later"')
    expect([refused.status, refused.url.pathname]).toEqual([422, '/t/main/password'])
  })

  test('with such a rule a sign-in costs what it did without it', async () => {
    const spent = async () => {
      const before = house.logs.length
      await house.person()
      const lines = house.logs.slice(before).filter(({ message }) => message === 'request')
      return lines.map(({ fields }) => [fields.read, fields.write])
    }
    await spent()
    const plain = await spent()
    await policy({ expiry })
    await spent()

    expect(await spent()).toEqual(plain)
  })
})

describe('a minimum age', () => {
  test('keeps a password that its person chose; nothing goes round it in My Account, and its day is told', async () => {
    await policy({ minimumAgeDays: 2 })
    const person = await house.person()
    expect((await person.ask<Me>('GET', '')).body).not.toHaveProperty('passwordKeptUntil')
    expect((await change(person, PASSWORD, SECOND)).status).toBe(204)

    expect(told(await change(person, SECOND, THIRD))).toBe('password_too_young')
    expect((await person.ask<Me>('GET', '')).body.passwordKeptUntil).toMatch(/^2026-01-/)
    const again = await house.person('jo', SECOND)
    expect(told(await change(again, 'not the password', THIRD))).toBe('password_wrong')
    house.pass(2 * DAY)
    const later = await house.person('jo', SECOND)
    expect((await change(later, SECOND, THIRD)).status).toBe(204)
  })

  test('stands in the way of nobody who must change it, recovers it, or got it from an administrator', async () => {
    await policy({ minimumAgeDays: 30 })
    const person = await house.person()
    expect((await change(person, PASSWORD, SECOND)).status).toBe(204)

    const here = await house.context()
    const forced = await jo()
    await house.stores().users.requirePasswordChange(forced, 'sign_in', false, {})
    const { jar, page } = await arrive(SECOND)
    const done = await jar.submit(page, { new_password: THIRD })
    expect(done.url.searchParams.has('code')).toBe(true)

    const asking = house.jar()
    await asking.submit(await asking.get('/t/main/recover'), { username: 'jo' })
    const link = await house.linkTo('jo@example.org', /recover\/password/)
    const recovered = await asking.submit(await asking.get(link), { new_password: SECOND })
    expect(recovered.status).toBe(303)
    expect((await arrive(SECOND)).page.url.searchParams.has('code')).toBe(true)

    await setNewPassword({ ...here, actor: { userId: 'usr_administrator' } }, await jo(), { password: PASSWORD })
    const given = await house.person('jo', PASSWORD)
    expect((await change(given, PASSWORD, THIRD)).status).toBe(204)
  })

  test('and an end that is near offers no change that is not allowed yet', async () => {
    await policy({ expiry: { maximumAgeDays: 30, warnDays: 30 }, minimumAgeDays: 2 })
    await setNewPassword({ ...(await house.context()), actor: { userId: house.jo.id } }, await jo(), { password: SECOND })

    expect((await arrive(SECOND)).page.url.searchParams.has('code')).toBe(true)
    house.pass(3 * DAY)
    expect((await arrive(SECOND)).page.url.pathname).toBe('/t/main/password')
  })
})
