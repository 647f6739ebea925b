/** What a link of recovery is worth to whoever has the mailbox and nothing else, and that it leaves its person with a way in. */
import { DEFAULT_POLICIES } from '@gatehouse/core/tenant.ts'
import { forceReset } from '@gatehouse/identity/forced_reset.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeFrom } from '../fixture/factor_house.ts'
import { MAILBOX, NEXT, openRecoveryHouse, type RecoveryHouse } from '../fixture/recovery_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

let house: RecoveryHouse

beforeEach(async () => {
  house = await openRecoveryHouse()
})
afterEach(() => house.close())

const recovers = async (password: string) => {
  await house.forgets(house.jar())
  const jar = house.jar()
  return jar.submit(await jar.get(await house.link()), { new_password: password })
}

test('a link from before is worth nothing when the password that came after it is taken out of force', async () => {
  const here = await house.context()
  await forceReset(here, await house.jos(), { by: 'mail', endSessions: true })
  const before = await house.link()
  await recovers(NEXT)
  await forceReset(here, await house.jos(), { by: 'mail', endSessions: true })
  const after = await house.link()

  expect((await house.jar().get(before)).status).toBe(410)
  expect((await house.jar().get(after)).status).toBe(200)
})

test('the present password cannot be found out by a link: ten are compared, then it is spent, also for the right one', async () => {
  await house.addSent('email_otp', MAILBOX)
  await house.addTotp()
  await house.forgets(house.jar())
  const link = await house.link()
  const thief = house.jar()
  const page = await thief.get(link)
  const told = (await thief.submit(page, { new_password: PASSWORD })).body
  const statuses: number[] = []
  for (let guess = 0; guess < 9; guess++) statuses.push((await thief.submit(page, { new_password: `a guess of many ${guess}` })).status)

  const late = await thief.submit(page, { new_password: PASSWORD })

  expect(told).toContain('another password than the present one')
  expect(new Set(statuses)).toEqual(new Set([422]))
  expect(late.status).toBe(410)
  expect(late.body).not.toContain('another password than the present one')
  expect((await house.jar().get(link)).status).toBe(410)
})

test('what breaks the rules is compared with nothing: it uses up no link', async () => {
  await house.forgets(house.jar())
  const jar = house.jar()
  let page = await jar.get(await house.link())
  for (let slip = 0; slip < 12; slip++) page = await jar.submit(page, { new_password: 'short' })

  expect(page.status).toBe(422)
  expect((await jar.submit(page, { new_password: NEXT })).body).toContain('Your password is set')
})

test("a stranger's tries at the forgotten password do not hold up the new one", async () => {
  const stranger = house.jar()
  let page = await house.authorize(stranger)
  for (let tries = 0; tries < 8; tries++) page = await signIn(stranger, page, 'jo', 'some wrong words')
  await recovers(NEXT)
  const elsewhere = house.jar('198.51.100.99')

  const back = await signIn(elsewhere, await house.authorize(elsewhere), 'jo', NEXT)

  expect(page.status).toBe(429)
  expect(codeFrom(back)).toBeTruthy()
})

test('an administrator is told that a mailed link would open nothing, before the present password ends', async () => {
  const here = await house.context()
  await house.addSent('email_otp', MAILBOX)

  await expect(forceReset(here, await house.jos(), { by: 'mail', endSessions: true })).rejects.toMatchObject({ code: 'conflict' })
  expect((await here.stores.users.findRecord(house.jo.id, { consistent: true }))?.password).toBeDefined()

  await house.addRecoveryCodes()
  await forceReset(here, await house.jos(), { by: 'mail', endSessions: true })
  expect((await house.jar().get(await house.link())).status).toBe(200)
})

test('whoever was only unused, and may come back by recovery, learns their name, too', async () => {
  const asks = async () => {
    const jar = house.jar()
    await jar.submit(await jar.get('/t/main/recover/username'), { email: MAILBOX })
    return (await house.messages(MAILBOX)).map(({ template }) => template)
  }
  const here = await house.context()
  const jo = await house.jos()
  await here.stores.users.update(jo, { ...jo, active: false, suspendedBecause: 'idle' }, 'user.suspended', {})

  expect(await asks()).toEqual([])
  await house.setRecovery({}, { ...DEFAULT_POLICIES, idle: { warnAfterDays: 30, suspendAfterDays: 60, comeBack: 'recovery' } })
  expect(await asks()).toEqual(['user_name_recovery'])
})
