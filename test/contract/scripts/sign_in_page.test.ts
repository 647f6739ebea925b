/** What an adaptive script does to the sign-in page itself: the ways that it leaves, the name that it fills in, and what is taken then. */
import type { SignInStep } from '@gatehouse/core/sign_in_policy.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeFrom } from '../../fixture/factor_house.ts'
import { type FirstStepHouse, openFirstStepHouse, step } from '../../fixture/first_step_house.ts'
import { PASSWORD, signIn } from '../../fixture/sign_in_house.ts'

let house: FirstStepHouse
beforeEach(async () => {
  house = await openFirstStepHouse()
})
afterEach(() => house.close())

async function setScript(script: string, steps: readonly SignInStep[]): Promise<void> {
  const { applications } = house.stores()
  const before = await applications.find('desk')
  if (!before) throw new Error('there is no application')
  const { secrets: _, ...application } = before
  await applications.update({ ...application, gatehouse_sign_in: { steps }, gatehouse_adaptive_script: script }, {})
  house.house.cache.applications.forget('main\ndesk')
}

const narrowing = (authenticator: string, callbacks = '{}') => `var onLoginRequest = function (context) {
  executeStep(1, { authenticationOptions: [{ authenticator: '${authenticator}' }] }, ${callbacks});
};`
const BOTH = [step(['password', 'email_otp'])]

test('without options the page has all ways of the step; with them it has those, and takes no other', async () => {
  await setScript('var onLoginRequest = function (context) { executeStep(1); };', BOTH)
  const open = await house.authorize(house.jar())
  expect(open.body).toMatch(/name="password"[\s\S]*value="email_otp"/)

  await setScript(narrowing('BasicAuthenticator'), BOTH)
  const jar = house.jar()
  const narrowed = await house.authorize(jar)
  expect(narrowed.body).toContain('name="password"')
  expect(narrowed.body).not.toContain('value="email_otp"')
  const before = await house.events('one_time_password.asked')
  await jar.submit(narrowed, { username: 'al', way: 'email_otp' })
  expect(await house.events('one_time_password.asked')).toHaveLength(before.length)
  expect(codeFrom(await signIn(jar, narrowed, 'al'))).toBeTruthy()
})

test('narrowed to a way that is sent, the page asks for the name alone, and a password is looked at by nobody', async () => {
  await setScript(narrowing('email-otp-authenticator'), BOTH)
  const jar = house.jar()
  const shown = await house.authorize(jar)
  expect(shown.body).not.toContain('name="password"')

  const hashes = house.hashes()
  const refused = await jar.submit(
    { ...shown, body: shown.body.replaceAll('name="page"', 'name="none"') },
    { username: 'al', password: PASSWORD },
  )
  expect([refused.status, house.hashes()]).toEqual([422, hashes])
  const asked = await jar.submit(shown, { username: 'al' })
  expect(asked.url.pathname).toBe('/t/main/login/code')
  expect(codeFrom(await jar.submit(asked, { otp: await house.latestCode() }))).toBeTruthy()
})

test('whoever brings back the page of before the narrowing gets no further than the script wants', async () => {
  await setScript('var onLoginRequest = function (context) { executeStep(1); };', BOTH)
  const jar = house.jar()
  const before = await house.authorize(jar)
  const old = new Map(jar.cookies)
  await setScript(narrowing('email-otp-authenticator'), BOTH)
  const thief = house.jar()
  for (const [name, cookie] of old) thief.cookies.set(name, cookie)

  const next = await signIn(thief, before, 'al')

  expect(codeFrom(next)).toBeNull()
  expect(next.url.pathname).toBe('/t/main/login')
  expect(next.body).not.toContain('name="password"')
})

test('a failure may leave other ways, and the page after it has those', async () => {
  const callbacks = `{ onFail: function (context) {
    executeStep(1, { authenticationOptions: filterAuthenticators(context.steps[1].options, 'BasicAuthenticator') }, {});
  } }`
  await setScript(narrowing('BasicAuthenticator', callbacks), BOTH)
  const jar = house.jar()
  const shown = await house.authorize(jar)

  const failed = await signIn(jar, shown, 'al', 'a wrong guess')

  expect(failed.body).not.toContain('name="password"')
  const asked = await jar.submit(failed, { username: 'al', way: 'email_otp' })
  expect(codeFrom(await jar.submit(asked, { otp: await house.latestCode() }))).toBeTruthy()
})

test('the name that a script gives stands in the form', async () => {
  const script = `var onLoginRequest = function (context) {
    executeStep(1, { authenticatorParams: { common: { username: 'al.of.the.desk' } } }, {});
  };`
  await setScript(script, [step(['password'])])

  expect((await house.authorize(house.jar())).body).toMatch(
    /name="username"[^>]*value="al.of.the.desk"|value="al.of.the.desk"[^>]*name="username"/,
  )
})

test('where the script is gone, so is what it left out', async () => {
  await setScript(narrowing('email-otp-authenticator'), BOTH)
  const jar = house.jar()
  const shown = await house.authorize(jar)
  const { applications } = house.stores()
  const before = await applications.find('desk')
  if (!before) throw new Error('there is no application')
  const { secrets: _, gatehouse_adaptive_script: __, ...application } = before
  await applications.update(application, {})
  house.house.cache.applications.forget('main\ndesk')

  expect((await jar.get(`${shown.url.pathname}${shown.url.search}`)).body).toContain('name="password"')
})
