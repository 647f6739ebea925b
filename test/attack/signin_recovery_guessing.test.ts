/** Codes of a recovery are not guessed, nor are mailboxes flooded by asking, from however many browsers and networks. */
import { recoveryCodeOf } from '@gatehouse/identity/recovery.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MAILBOX, openRecoveryHouse, type RecoveryHouse } from '../fixture/recovery_house.ts'

let house: RecoveryHouse

beforeEach(async () => {
  house = await openRecoveryHouse()
})
afterEach(() => house.close())

test('a code has five tries, another one none of its own, and few of them are to be had, from whatever browser and network', async () => {
  await house.setRecovery({ password: ['email_code'] })
  let wrong = 0
  for (let browser = 0; browser < 14; browser++) {
    const jar = house.jar(`198.51.100.${browser}`)
    const sent = await house.forgets(jar, browser % 2 === 0 ? 'jo' : MAILBOX, 'email_code')
    await house.messages()
    for (let tries = 0; tries < 6; tries++) {
      const outcome = await jar.submit(sent, { otp: '000000' })
      if (outcome.body.includes('This code is wrong')) wrong++
    }
  }

  const codes = (await house.messages(MAILBOX)).filter(({ template }) => template === 'one_time_password')
  expect(codes.length).toBeLessThanOrEqual(5)
  expect(wrong).toBeGreaterThan(0)
  expect((await house.events('recovery.sent')).length).toBe(codes.length)
})

test('a code that was not sent opens nothing, though it would be the right one', async () => {
  await house.setRecovery({ password: ['email_code'] })
  const here = await house.context()
  const jar = house.jar()
  const sent = await house.forgets(jar, 'nobody', 'email_code')
  const asked = (await house.events('recovery.asked')).at(-1)
  const recovery = await here.stores.recoveries.find(String(asked?.data?.recovery))
  if (!recovery) throw new Error('nothing was asked')

  expect((await jar.submit(sent, { otp: await recoveryCodeOf(here, recovery) })).status).toBe(400)
})

test('one browser asks again with growing delay, and five times at most', async () => {
  const jar = house.jar()
  const sent = await house.forgets(jar)
  const again = () => jar.submit(sent, { action: 'resend' })

  expect((await again()).status).toBe(429)
  for (const seconds of [30, 60, 120, 240]) {
    house.pass(seconds)
    expect((await again()).status, String(seconds)).toBe(200)
  }
  house.pass(600)
  expect([410, 429]).toContain((await again()).status)
})

test('a mailbox gets few, whoever asks; a browser that its owner has used before is not held up by that', async () => {
  const known = house.jar()
  await house.begin(known)
  for (let times = 0; times < 12; times++) await house.forgets(house.jar(`203.0.113.${times}`))
  const before = (await house.messages(MAILBOX)).length
  expect(before).toBeLessThanOrEqual(5)

  await known.submit(await known.get('/t/main/recover'), { username: 'jo', way: 'email_link' })
  expect((await house.messages(MAILBOX)).length).toBe(before + 1)
})

test('one network asks thirty times an hour for all names', async () => {
  const statuses: number[] = []
  for (let times = 0; times < 32; times++) statuses.push((await house.forgets(house.jar('203.0.113.7'), `name${times}`)).status)

  expect(statuses.filter((status) => status === 200)).toHaveLength(30)
  expect(statuses.slice(30)).toEqual([429, 429])
})

test('where it is switched off, the page says so and nothing is sent', async () => {
  await house.setRecovery({ password: [], userName: [] })
  const jar = house.jar()
  const page = await jar.get('/t/main/recover')
  expect(page.body).toContain('ask your administrator')
  expect(page.body).not.toContain('<form')
  expect((await jar.get('/t/main/recover/username')).status).toBe(403)
})
