/** Messages that a program has sent again and again: behind the check, where the policy asks for it. */
import { DEFAULT_CAPTCHA } from '@gatehouse/core/captcha.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { challengeOf, EASY, solved } from '../fixture/captcha_house.ts'
import { type FactorHouse, openFactorHouse } from '../fixture/factor_house.ts'

let house: FactorHouse

beforeEach(async () => {
  house = await openFactorHouse()
  const { tenant } = house.stores()
  const before = await tenant.find()
  if (!before) throw new Error('there is no tenant')
  const captcha = { ...DEFAULT_CAPTCHA, provider: 'proof_of_work', when: 'always', difficulty: EASY, forms: ['code_resend'] } as const
  await tenant.update({ ...before, policies: { ...before.policies, captcha } })
  house.house.cache.tenants.forget('main')
  await house.addSent('email_otp', 'jo@example.org')
})
afterEach(() => house.close())

test('another code is sent to who worked for it; typing the code that was sent needs no work', async () => {
  const jar = house.jar()
  const mfa = await house.begin(jar)
  house.pass(40)

  const bare = await jar.submit(mfa, { action: 'resend' })
  expect(bare.status).toBe(403)
  expect((await house.sentCodes()).count).toBe(1)
  const again = await jar.submit(bare, { action: 'resend', ...solved(bare) })
  expect(again.status).toBe(200)
  expect((await house.sentCodes()).count).toBe(2)

  const { latest } = await house.sentCodes()
  expect((await jar.submit(again, { otp: latest })).url.searchParams.has('code')).toBe(true)
})

test('the page of a factor that sends nothing asks for no work', async () => {
  const { credential } = await house.addTotp()
  const jar = house.jar()
  const mfa = await house.begin(jar)

  expect(challengeOf(await jar.get(`${mfa.url.pathname}${mfa.url.search}&credential=${credential.id}`))).toBe('')
})
