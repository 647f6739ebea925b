/** Nobody is led in a circle: what is asked for can be given here, and what is set up counts. */
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { SignInStep } from '@gatehouse/core/sign_in_policy.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeFrom } from '../fixture/factor_house.ts'
import { type FirstStepHouse, openFirstStepHouse, step } from '../fixture/first_step_house.ts'
import { authorizePath, signIn } from '../fixture/sign_in_house.ts'

let house: FirstStepHouse

const enrol = (...anyOf: FactorKind[]): SignInStep => step(anyOf, { ifNotEnrolled: 'enrol' })

beforeEach(async () => {
  house = await openFirstStepHouse()
})
afterEach(() => house.close())

test('nobody sets up the mailbox again that said who they are: it is not offered', async () => {
  await house.setPolicy({ steps: [step(['password', 'email_otp']), enrol('totp', 'email_otp', 'sms_otp')] })
  const jar = house.jar()

  const choice = await jar.submit(await house.ask(jar, 'email_otp'), { otp: await house.latestCode() })

  expect(choice.url.pathname).toBe('/t/main/mfa/enrol')
  expect([...choice.body.matchAll(/enrol\?[^"]*kind=(\w+)/g)].map((found) => found[1])).toEqual(['totp', 'sms_otp'])
})

test('where only that mailbox would do, the password is asked for besides, and then both count', async () => {
  await house.setPolicy({ steps: [step(['password', 'email_otp']), enrol('email_otp')] })
  const jar = house.jar()

  const login = await jar.submit(await house.ask(jar, 'email_otp'), { otp: await house.latestCode() })
  const done = await signIn(jar, login, 'al')

  expect(login.url.pathname).toBe('/t/main/login')
  expect(login.body).toContain('name="password"')
  expect(codeFrom(done)).toBeTruthy()
})

test.each([
  ['the same factor twice', ['totp', 'totp']],
  ['a certificate, where none is taken', ['x509']],
] as const)('%s: the application is told that the person lacks it', async (_, kinds) => {
  await house.addApplication('vault', {
    gatehouse_skip_consent: true,
    gatehouse_sign_in: { steps: [step(['password']), ...kinds.map((kind) => enrol(kind))] },
  })
  const app = await house.addTotp(house.al)
  const jar = house.jar()

  const first = await signIn(jar, await jar.get(authorizePath({ client_id: 'vault' })), 'al')
  const last = first.url.pathname === '/t/main/mfa' ? await jar.submit(first, { otp: app.code() }) : first

  expect(last.url.searchParams.get('error')).toBe('access_denied')
})
