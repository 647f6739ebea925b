/** The check against programs where a sign-in begins with a code or a link: each message that somebody has sent to a name costs its work, whosever the name is. */
import { type CaptchaPolicy, DEFAULT_CAPTCHA } from '@gatehouse/core/captcha.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { challengeOf, EASY, solved } from '../fixture/captcha_house.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import { type FirstStepHouse, openFirstStepHouse } from '../fixture/first_step_house.ts'

let house: FirstStepHouse

beforeEach(async () => {
  house = await openFirstStepHouse()
})
afterEach(() => house.close())

async function setFirst(anyOf: Parameters<FirstStepHouse['setFirst']>[0], change: Partial<CaptchaPolicy> = {}): Promise<void> {
  await house.setFirst(anyOf)
  const { tenant } = house.stores()
  const before = await tenant.find()
  if (!before) throw new Error('there is no tenant')
  const captcha = { ...DEFAULT_CAPTCHA, provider: 'proof_of_work', when: 'always', difficulty: EASY, ...change } as const
  await tenant.update({ ...before, policies: { ...before.policies, captcha } })
  house.house.cache.tenants.forget('main')
}

test.each(['email_otp', 'sms_otp'] as const)('%s: a code is sent to who worked for it, and typing it needs no more work', async (way) => {
  await setFirst([way])
  const jar = house.jar()
  const login = await house.authorize(jar)
  expect(challengeOf(login)).not.toBe('')

  const bare = await jar.submit(login, { username: 'al' })
  expect(bare.status).toBe(403)
  expect(await house.sent()).toHaveLength(0)
  const asked = await jar.submit(bare, { username: 'al', ...solved(bare) })
  expect(asked.url.pathname).toBe('/t/main/login/code')
  expect(await house.sent()).toHaveLength(1)

  expect(codeFrom(await jar.submit(asked, { otp: await house.latestCode() }))).not.toBeNull()
})

test('work is spent with one message: not for another name, nor again for the same', async () => {
  await setFirst(['email_otp'])
  const jar = house.jar()
  const login = await house.authorize(jar)
  const work = solved(login)
  await jar.submit(login, { username: 'no', ...work })

  for (const username of ['al', 'no']) expect((await jar.submit(login, { username, ...work })).status).toBe(403)

  expect(await house.sent()).toHaveLength(0)
})

test('a name that nobody has is asked for the same work, and answered the same', async () => {
  await setFirst(['email_otp'])
  const answers = []
  for (const username of ['al', 'no', 'al', 'no']) {
    const jar = house.jar()
    const bare = await jar.submit(await house.authorize(jar), { username })
    const refused = house.told()
    const asked = await jar.submit(bare, { username, ...solved(bare) })
    answers.push({ refused, status: asked.status, path: asked.url.pathname, told: house.told() })
  }

  expect(answers[2]).toEqual(answers[3])
  expect(answers[3]).toMatchObject({ refused: { status: 403, write: 0 }, path: '/t/main/login/code' })
})

test('another code costs work of its own, which the work of the first is not', async () => {
  await setFirst(['email_otp'])
  const jar = house.jar()
  const login = await house.authorize(jar)
  const work = solved(login)
  const asked = await jar.submit(login, { username: 'al', ...work })
  house.pass(40)

  const old = { captcha_challenge: challengeOf(login), ...work }
  const bare = await jar.submit(asked, { action: 'resend', ...old })
  expect(bare.status).toBe(403)
  expect(await house.events('one_time_password.asked')).toHaveLength(1)
  expect((await jar.submit(bare, { action: 'resend', ...solved(bare) })).status).toBe(200)
  expect(await house.events('one_time_password.asked')).toHaveLength(2)
})

test('where there are several ways, the name alone costs nothing, and the way that sends does', async () => {
  await setFirst(['email_otp', 'magic_link'])
  const jar = house.jar()
  const name = await house.authorize(jar)
  expect(challengeOf(name)).toBe('')
  const ways = await jar.submit(name, { username: 'al' })
  expect(challengeOf(ways)).not.toBe('')

  for (const way of ['email_otp', 'magic_link']) expect((await jar.submit(ways, { username: 'al', way })).status).toBe(403)
  expect(await house.sent()).toHaveLength(0)
  const waiting = await jar.submit(ways, { username: 'al', way: 'magic_link', ...solved(ways) })

  expect(waiting.url.pathname).toBe('/t/main/login/link')
  expect(await house.sent()).toHaveLength(1)
})

test('by risk: wrong codes of a network bring the check before anything more is sent from there, and not to others', async () => {
  await setFirst(['email_otp'], { when: 'by_risk' })
  const network = '198.51.100.9'
  for (let n = 0; n < 10; n++) {
    const jar = house.jar(network)
    const page = await jar.submit(await house.authorize(jar), { username: `name-${n}` })
    await jar.submit(page, { otp: '000000' })
  }

  const jar = house.jar(network)
  const asked = await jar.submit(await house.authorize(jar), { username: 'al' })
  expect(asked.status).toBe(403)
  expect(await house.sent()).toHaveLength(0)
  expect((await jar.submit(asked, { username: 'al', ...solved(asked) })).url.pathname).toBe('/t/main/login/code')
  const elsewhere = house.jar('203.0.113.5')
  expect((await elsewhere.submit(await house.authorize(elsewhere), { username: 'al' })).url.pathname).toBe('/t/main/login/code')
})
