/** A stranger who tries passwords holds nobody up for good: the person gets a way in by mail, which is worth nothing else. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Jar } from '../fixture/browser_jar.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import { MAILBOX, openRecoveryHouse, type RecoveryHouse } from '../fixture/recovery_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

let house: RecoveryHouse

beforeEach(async () => {
  house = await openRecoveryHouse()
})
afterEach(() => house.close())

const tries = async (jar: Jar, password: string) => signIn(jar, await house.authorize(jar), 'jo', password)
const isHeldUp = async () => (await tries(house.jar('198.51.100.9'), PASSWORD)).status === 429
const locksOut = async (times = 6) => {
  for (let count = 0; count < times; count++) await tries(house.jar(`203.0.113.${count}`), 'wrong words')
}

test('after many wrong passwords of a stranger the link of the mail lets its browser in, and no other', async () => {
  await locksOut()
  expect(await isHeldUp()).toBe(true)
  const jar = house.jar()

  const page = await jar.get(await house.link())
  const login = await jar.submit(page, {})

  expect(page.body).toContain('Sign in from this browser?')
  expect(login.url.pathname).toBe('/t/main/login')
  expect(codeFrom(await tries(jar, PASSWORD))).toBeTruthy()
  expect(await isHeldUp()).toBe(true)
})

test('looking at the link changes nothing; it is good once, for an hour, and by our own form only', async () => {
  await locksOut()
  const link = await house.link()
  for (let times = 0; times < 3; times++) await house.jar().get(link)
  const [one, two] = [house.jar(), house.jar()]
  const [a, b] = [await one.get(link), await two.get(link)]
  const token = new URL(link, house.origin).searchParams.get('token') ?? ''
  expect((await house.jar().post('/t/main/recover/unlock', { token, csrf: 'x' })).status).toBe(403)

  expect((await one.submit(a, {})).url.pathname).toBe('/t/main/login')
  expect((await two.submit(b, {})).status).toBe(410)

  house.pass(6 * 3600)
  await locksOut()
  const late = await house.link()
  house.pass(3601)
  expect((await house.jar().get(late)).status).toBe(410)
})

test('it gives tries, not more of them than anybody has, and proves nothing: the browser stays a new one', async () => {
  await house.setPolicy({
    steps: [
      { anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false },
      { anyOf: ['totp'], ifNotEnrolled: 'skip', rememberable: false, when: { browser: 'new' } },
    ],
  })
  await house.addTotp()
  await locksOut()
  const jar = house.jar()
  await jar.submit(await jar.get(await house.link()), {})

  expect((await tries(jar, PASSWORD)).url.pathname).toBe('/t/main/mfa')
  const guesses: number[] = []
  for (let count = 0; count < 6; count++) guesses.push((await tries(jar, 'wrong words')).status)
  expect(guesses).toContain(429)
})

test('a stranger cannot fill the mailbox by trying', async () => {
  for (let round = 0; round < 6; round++) {
    await locksOut(8)
    house.pass(1000)
  }

  expect((await house.messages(MAILBOX)).filter(({ template }) => template === 'account_locked')).toHaveLength(1)
})

test('nothing is mailed where the tenant does not want it, nor for a name that nobody has', async () => {
  await house.setRecovery({ unlock: false })
  await locksOut()
  const jar = house.jar()
  for (let count = 0; count < 6; count++) await signIn(jar, await house.authorize(jar), 'nobody', 'wrong words')

  expect(await house.messages()).toEqual([])
})
