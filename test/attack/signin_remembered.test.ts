/** A remembered browser stands for the factor that was proven in it, and for no other, and no longer than the tenant says now. */
import type { SignInStep } from '@gatehouse/core/sign_in_policy.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Jar } from '../fixture/browser_jar.ts'
import { type Authenticator, codeFrom, type FactorHouse, openFactorHouse } from '../fixture/factor_house.ts'
import { authorizePath, signIn } from '../fixture/sign_in_house.ts'

let house: FactorHouse
let app: Authenticator

const PASSWORD_STEP: SignInStep = { anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false }
const rememberable = (...anyOf: SignInStep['anyOf']): SignInStep => ({ anyOf, ifNotEnrolled: 'refuse', rememberable: true })

beforeEach(async () => {
  house = await openFactorHouse()
  app = await house.addTotp()
  await house.addSent('email_otp', 'jo@example.net')
  await house.setPolicy({ steps: [PASSWORD_STEP, rememberable('email_otp')] })
  await house.addApplication('vault', {
    gatehouse_skip_consent: true,
    gatehouse_sign_in: { steps: [PASSWORD_STEP, rememberable('totp', 'passkey')] },
  })
})
afterEach(() => house.close())

test('a mailbox that is remembered for one application is no authenticator app at another, which asks for one', async () => {
  const jar = house.jar()
  await rememberMailbox(jar)

  const vault = await again(jar, 'vault')

  expect(codeFrom(vault)).toBeNull()
  expect(vault.url.pathname).toBe('/t/main/mfa')
  expect(codeFrom(await again(jar, 'desk'))).toBeTruthy()
})

test('what is remembered later stands beside what was, in the same browser of the list', async () => {
  const jar = house.jar()
  await rememberMailbox(jar)
  await jar.submit(await again(jar, 'vault'), { otp: app.code(), remember: 'yes' })

  expect(codeFrom(await again(jar, 'desk'))).toBeTruthy()
  expect(codeFrom(await again(jar, 'vault'))).toBeTruthy()
  expect(await house.stores().rememberedBrowsers.list(house.jo.id)).toHaveLength(1)
})

test('a browser that was forgotten remembers nothing of before when it is remembered anew', async () => {
  const jar = house.jar()
  await rememberMailbox(jar)
  await house.stores().rememberedBrowsers.forgetAll(house.jo.id, {})
  await jar.submit(await again(jar, 'vault'), { otp: app.code(), remember: 'yes' })

  expect((await again(jar, 'desk')).url.pathname).toBe('/t/main/mfa')
  expect(codeFrom(await again(jar, 'vault'))).toBeTruthy()
})

test('both of two steps are remembered where both are proven in one sign-in', async () => {
  await house.setPolicy({ steps: [PASSWORD_STEP, rememberable('email_otp'), rememberable('totp')] })
  const jar = house.jar()
  const totp = await rememberMailbox(jar)
  expect(totp.url.pathname).toBe('/t/main/mfa')
  await jar.submit(totp, { otp: app.code(), remember: 'yes' })

  expect(codeFrom(await again(jar, 'desk'))).toBeTruthy()
})

test('of two steps one is remembered where the box was ticked for one', async () => {
  await house.setPolicy({ steps: [PASSWORD_STEP, rememberable('email_otp'), rememberable('totp')] })
  const jar = house.jar()
  await jar.submit(await rememberMailbox(jar), { otp: app.code() })
  house.pass(30)

  const next = await again(jar, 'desk')

  expect(next.url.pathname).toBe('/t/main/mfa')
  expect(codeFrom(await jar.submit(next, { otp: app.code() }))).toBeTruthy()
})

test.each([0, 3_600])(
  'a tenant that remembers for %d seconds from now on asks again where it was to be a month',
  async (rememberBrowserSeconds) => {
    const jar = house.jar()
    await rememberMailbox(jar)
    house.pass(3_601)
    expect(codeFrom(await again(jar, 'desk'))).toBeTruthy()

    await house.setPolicy({ steps: [PASSWORD_STEP, rememberable('email_otp')], rememberBrowserSeconds })

    expect((await again(jar, 'desk')).url.pathname).toBe('/t/main/mfa')
  },
)

test.each([
  [0, undefined],
  [28_800, 'Do not ask in this browser for 8 hours'],
  [86_400, 'Do not ask in this browser for 24 hours'],
  [7 * 86_400, 'Do not ask in this browser for 7 days'],
])('%d seconds are offered as they are', async (rememberBrowserSeconds, words) => {
  await house.setPolicy({ steps: [PASSWORD_STEP, rememberable('totp')], rememberBrowserSeconds })
  const jar = house.jar()

  const mfa = await house.begin(jar)

  expect(/Do not ask in this browser[^<]*/.exec(mfa.body)?.[0]).toBe(words)
  await jar.submit(mfa, { otp: app.code(), remember: 'yes' })
  expect(await house.stores().rememberedBrowsers.list(house.jo.id)).toHaveLength(words === undefined ? 0 : 1)
})

async function rememberMailbox(jar: Jar) {
  const mfa = await house.begin(jar)
  return jar.submit(mfa, { otp: (await house.sentCodes()).latest, remember: 'yes' })
}

/** The same browser, some time later, signed out. */
async function again(jar: Jar, clientId: string) {
  for (const name of [...jar.cookies.keys()]) if (name.endsWith('.session')) jar.cookies.delete(name)
  await house.stores().tries.forget({ userId: house.jo.id })
  house.pass(1)
  return signIn(jar, await jar.get(authorizePath({ client_id: clientId })))
}
