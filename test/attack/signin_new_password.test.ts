/** A new password that must be set before a sign-in goes on: nobody comes past it, and nobody sets another's. */
import { forceReset } from '@gatehouse/identity/forced_reset.ts'
import { findNewPasswordProblem } from '@gatehouse/identity/password_change.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeFrom, type FactorHouse, openFactorHouse } from '../fixture/factor_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

const NEXT = 'another walk by the sea 8'

let house: FactorHouse

beforeEach(async () => {
  house = await openFactorHouse()
})
afterEach(() => house.close())

const jo = async () => {
  const user = await house.stores().users.find(house.jo.id, { consistent: true })
  if (!user) throw new Error('jo is gone')
  return user
}
const force = async (endsSessions = true) => forceReset(await house.context(), await jo(), { by: 'sign_in', endSessions: endsSessions })

test('the old password leads to the page, the new one on to the application, and only the new one signs in from then on', async () => {
  await force()
  const jar = house.jar()

  const asked = await house.begin(jar)
  const unchanged = await jar.submit(asked, { new_password: PASSWORD })
  const short = await jar.submit(unchanged, { new_password: 'short' })
  const back = await jar.submit(short, { new_password: NEXT })

  expect(asked.url.pathname).toBe('/t/main/password')
  expect([unchanged.status, short.status]).toEqual([422, 422])
  expect(unchanged.body).toContain('another password than the present one')
  expect(codeFrom(back)).toBeTruthy()
  expect((await jo()).passwordChange).toBeUndefined()
  const other = house.jar()
  expect((await signIn(other, await house.authorize(other), 'jo', PASSWORD)).status).toBe(400)
  expect(codeFrom(await signIn(other, await house.authorize(other), 'jo', NEXT))).toBeTruthy()
})

test.each([
  ['others', 'You will be signed out everywhere else.'],
  ['all', 'You will be signed out everywhere.'],
  ['none', 'Where you are signed in, you stay so.'],
] as const)('with endSessions %s the page says what will end', async (endSessions, sentence) => {
  const tenant = await house.stores().tenant.find()
  if (!tenant) throw new Error('there is no tenant')
  await house
    .stores()
    .tenant.update({ ...tenant, policies: { ...tenant.policies, password: { ...tenant.policies.password, endSessions } } }, {})
  house.pass(6)
  await force()

  expect((await house.begin(house.jar())).body).toContain(sentence)
})

test('pages called out of order lead back to it, and nobody is signed in before', async () => {
  await force()
  const jar = house.jar()
  const asked = await house.begin(jar)
  const interaction = asked.url.searchParams.get('interaction')

  for (const page of ['consent', 'mfa', 'mfa/enrol', 'login']) {
    const shown = await jar.get(`/t/main/${page}?interaction=${interaction}`)
    expect(shown.url.pathname, page).toBe('/t/main/password')
  }
  expect((await house.authorize(jar, { prompt: 'none' })).url.searchParams.get('error')).toBe('login_required')
  expect([...jar.cookies.keys()].filter((name) => name.endsWith('.session'))).toEqual([])
})

test('the second factor comes before it: a stolen password sets no new one', async () => {
  const phone = await house.addTotp()
  await force()
  const jar = house.jar()

  const factor = await house.begin(jar)
  const tried = await jar.post('/t/main/password', {
    interaction: factor.url.searchParams.get('interaction') ?? '',
    new_password: NEXT,
    csrf: 'any',
  })
  const asked = await jar.submit(tried, { otp: phone.code() })

  expect(factor.url.pathname).toBe('/t/main/mfa')
  expect(tried.url.pathname).toBe('/t/main/mfa')
  expect(asked.url.pathname).toBe('/t/main/password')
  expect(codeFrom(await jar.submit(asked, { new_password: NEXT }))).toBeTruthy()
})

test('a form without its token, or from another site, sets nothing', async () => {
  await force()
  const jar = house.jar()
  const asked = await house.begin(jar)
  const interaction = asked.url.searchParams.get('interaction') ?? ''
  const csrf = /name="csrf" value="([^"]*)"/.exec(asked.body)?.[1] ?? ''

  expect((await jar.post('/t/main/password', { interaction, csrf: 'x', new_password: NEXT })).status).toBe(403)
  const elsewhere = { 'sec-fetch-site': 'cross-site' }
  expect((await jar.post('/t/main/password', { interaction, csrf, new_password: NEXT }, elsewhere)).status).toBe(403)
  expect(await findNewPasswordProblem(await house.context(), await jo(), PASSWORD)).toBe('password_unchanged')
})

test('forced with its sessions ended, a browser that was signed in is not any more; else it is led to the page, after a fresh sign-in', async () => {
  const jar = house.jar()
  await house.begin(jar)
  expect(codeFrom(await house.authorize(jar))).toBeTruthy()

  await force(false)
  expect((await house.authorize(jar)).url.pathname).toBe('/t/main/password')
  house.pass(901)
  expect((await house.authorize(jar)).url.pathname).toBe('/t/main/login')
  expect((await house.authorize(jar, { prompt: 'none' })).url.searchParams.get('error')).toBe('login_required')

  await force(true)
  expect((await house.authorize(jar)).url.pathname).toBe('/t/main/login')
  expect((await house.authorize(jar, { prompt: 'none' })).url.searchParams.get('error')).toBe('login_required')
})

test('of two who set one at the same moment, one wins, and no two passwords are good', async () => {
  await force()
  const [one, two] = [house.jar(), house.jar()]
  const [a, b] = [await house.begin(one), await house.begin(two)]

  const done = await Promise.all([one.submit(a, { new_password: `${NEXT} a` }), two.submit(b, { new_password: `${NEXT} b` })])

  expect(done.filter((visit) => codeFrom(visit)).length).toBe(1)
})
