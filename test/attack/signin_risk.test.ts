/** What risk must not let happen: a stranger with the right password, with stolen cookies, with forged headers; and what a stranger must not do to somebody's history. */
import { ACR_MULTI_FACTOR } from '@gatehouse/core/authentication_context.ts'
import { DEFAULT_RISK } from '@gatehouse/core/risk/risk_policy.ts'
import { afterEach, expect, test } from 'vitest'
import { type Jar, openJar, type Visit } from '../fixture/browser_jar.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import { CHROME, FIREFOX, HOME, OFFICE, openRiskHouse, PARIS, PASSWORD_ALONE, type RiskHouse, SYDNEY } from '../fixture/risk_house.ts'
import { authorizePath, PASSWORD, signIn } from '../fixture/sign_in_house.ts'

const HOUR = 3600
const houses: RiskHouse[] = []
afterEach(() => {
  for (const house of houses.splice(0)) house.close()
})

async function open(...[change]: Parameters<typeof openRiskHouse>): Promise<RiskHouse> {
  const house = await openRiskHouse(change)
  houses.push(house)
  return house
}

/** The person, at home, once. */
async function atHome(house: RiskHouse): Promise<Jar> {
  const jar = openJar(house, HOME, FIREFOX)
  expect(codeFrom(await house.begin(jar))).not.toBeNull()
  return jar
}

async function withCookiesOf(house: RiskHouse, jar: Jar, ip: string, userAgent: string, only = /./): Promise<Jar> {
  const thief = openJar(house, ip, userAgent)
  for (const [name, cookie] of jar.cookies) if (only.test(name)) thief.cookies.set(name, cookie)
  return thief
}

const isDenied = (visit: Visit) => visit.status === 403 && visit.url.pathname.endsWith('/login/denied')
const atFactor = (visit: Visit) => visit.url.pathname.endsWith('/mfa')
const historyOf = (house: RiskHouse) => house.stores().risk.findHistory(house.jo.id)

test('at home nothing more is asked than before, and what was seen stands on the session', async () => {
  const house = await open()
  const jar = await atHome(house)
  house.pass(HOUR)

  const again = await house.begin(jar, { prompt: 'login' })
  const [session] = await house.stores().sessions.list(house.jo.id)

  expect(codeFrom(again)).not.toBeNull()
  expect(session).toMatchObject({ place: { country: 'DE', city: 'Freiburg' }, risk: { level: 'low', score: 0, signals: [] } })
  expect(await historyOf(house)).toMatchObject({ places: [{ country: 'DE' }], devices: [{ name: 'Firefox, Linux' }] })
})

test('the right password from a new device in a new country is not enough: a second factor is, and then the place is known', async () => {
  const house = await open()
  await house.setPolicy(PASSWORD_ALONE)
  const app = await house.addTotp()
  await atHome(house)
  house.pass(24 * HOUR)
  const away = openJar(house, PARIS, CHROME)

  const asked = await house.begin(away)
  const done = await away.submit(asked, { otp: app.code() })
  house.pass(HOUR)
  const again = await house.begin(away, { prompt: 'login' })

  expect(atFactor(asked)).toBe(true)
  expect(codeFrom(done)).not.toBeNull()
  expect(codeFrom(again)).not.toBeNull()
  expect(await historyOf(house)).toMatchObject({ places: [{ country: 'FR' }, { country: 'DE' }] })
})

test('whoever has nothing to prove is turned away, told nothing of why, and nothing of them is remembered', async () => {
  const house = await open()
  await atHome(house)
  const before = await historyOf(house)
  house.pass(24 * HOUR)

  const jar = openJar(house, PARIS, CHROME)
  const page = await house.begin(jar)
  const refused = await jar.submit(page, {})

  expect(isDenied(page)).toBe(true)
  expect(page.body).not.toMatch(/France|Paris|\bcountry\b|new device/)
  expect(refused.url.searchParams.get('error')).toBe('access_denied')
  expect(refused.url.searchParams.get('error_description')).toBe('this sign-in was not let through')
  expect(await historyOf(house)).toEqual(before)
  expect((await house.events('sign_in.risky')).at(-1)).toMatchObject({
    userId: house.jo.id,
    data: { level: 'medium', score: 50, action: 'step_up', outcome: 'denied', signals: ['new_country', 'new_device'], country: 'FR' },
  })
})

test('nobody gets from Freiburg to Sydney in an hour', async () => {
  const house = await open()
  await house.setPolicy(PASSWORD_ALONE)
  await house.addTotp()
  const jar = await atHome(house)
  house.pass(HOUR)

  const refused = await house.begin(await withCookiesOf(house, jar, SYDNEY, CHROME, /browser$/))

  expect(isDenied(refused)).toBe(true)
  expect((await house.events('sign_in.risky')).at(-1)?.data).toMatchObject({
    level: 'high',
    action: 'deny',
    signals: ['impossible_travel', 'new_country', 'new_device'],
  })
})

test("the person's cookies, copied to another browser, make it no known device", async () => {
  const house = await open()
  await house.setPolicy(PASSWORD_ALONE)
  await house.addTotp()
  const jar = await atHome(house)
  await house.setRisk({ weights: { ...DEFAULT_RISK.weights, new_device: 50 } })
  const replayed = await withCookiesOf(house, jar, HOME, CHROME, /browser$/)
  const own = await withCookiesOf(house, jar, HOME, FIREFOX, /browser$/)

  expect(atFactor(await house.begin(replayed))).toBe(true)
  expect(codeFrom(await house.begin(own))).not.toBeNull()
})

test('a sign-in that was begun at home is looked at again where its cookie goes on', async () => {
  const house = await open()
  await house.addApplication('mail')
  const jar = await atHome(house)
  house.pass(24 * HOUR)
  const consenting = await signIn(jar, await house.authorize(jar, { client_id: 'mail', prompt: 'login' }))
  const thief = await withCookiesOf(house, jar, SYDNEY, CHROME, /interaction|browser/)

  const page = await thief.get(`${consenting.url.pathname}${consenting.url.search}`)

  expect(consenting.url.pathname).toContain('/consent')
  expect(isDenied(page)).toBe(true)
})

test('a stolen session is asked for a factor where its person has never been, however it was proven at home', async () => {
  const house = await open()
  await house.setPolicy(PASSWORD_ALONE)
  const app = await house.addTotp()
  const jar = openJar(house, HOME, FIREFOX)
  await jar.submit(await house.begin(jar, { acr_values: ACR_MULTI_FACTOR }), { otp: app.code() })
  house.pass(6 * HOUR)
  const thief = await withCookiesOf(house, jar, PARIS, CHROME)

  const asked = await thief.get(authorizePath())
  const account = await thief.get('/t/main/api/v1/me')
  const atOffice = await (await withCookiesOf(house, jar, OFFICE, FIREFOX)).get(authorizePath())

  expect(atFactor(asked)).toBe(true)
  expect(account.status).toBe(401)
  expect(codeFrom(atOffice)).not.toBeNull()
})

test('headers that a client sends are no place and no address', async () => {
  const house = await open()
  await atHome(house)
  house.pass(24 * HOUR)
  const forged = {
    'cloudfront-viewer-country': 'DE',
    'x-gatehouse-country': 'DE',
    'x-gatehouse-city': 'Freiburg',
    'x-gatehouse-ip': HOME,
    'x-forwarded-for': HOME,
    'x-real-ip': HOME,
    forwarded: `for=${HOME}`,
  }
  const lying = {
    ...house,
    fetch: (path, init) => house.fetch(path, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), ...forged } }),
  } satisfies Pick<RiskHouse, 'origin' | 'fetch'>

  const refused = await house.begin(openJar(lying, PARIS, CHROME))

  expect(isDenied(refused)).toBe(true)
  expect((await house.events('sign_in.risky')).at(-1)).toMatchObject({ actor: { ip: PARIS }, data: { country: 'FR' } })
})

test('failed tries of a stranger leave nothing in the history, and speak against the next that is right', async () => {
  const house = await open({ weights: { ...DEFAULT_RISK.weights, failed_tries: 100 } })
  await atHome(house)
  const before = await historyOf(house)
  const stranger = openJar(house, SYDNEY, CHROME)
  await house.stores().tries.forget({ userId: house.jo.id })
  for (let n = 0; n < 4; n++) await signIn(stranger, await house.authorize(stranger), 'jo', `guess ${n}`)

  const right = await signIn(stranger, await house.authorize(stranger), 'jo', PASSWORD)

  expect(isDenied(right)).toBe(true)
  expect((await house.events('sign_in.risky')).at(-1)?.data?.because).toContain('failed_tries 67 tries=4')
  expect(await historyOf(house)).toEqual(before)
})

test('nobody enrols a factor of their own while it is in doubt whether they are the person', async () => {
  const house = await open({ withoutFactor: 'allow' })
  await house.setPolicy({
    steps: [
      { anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false },
      { anyOf: ['totp'], ifNotEnrolled: 'enrol', rememberable: false, when: { outsideCountries: ['DE'] } },
    ],
  })
  await atHome(house)
  house.pass(24 * HOUR)

  const refused = await house.begin(openJar(house, PARIS, CHROME))

  expect(isDenied(refused)).toBe(true)
})

test('many people with new devices in one network are a list of stolen passwords', async () => {
  const house = await open({ weights: { ...DEFAULT_RISK.weights, new_device: 0, network_velocity: 90 } })
  const names = Array.from({ length: 12 }, (_, n) => `victim${n}`)
  for (const name of names) await house.addUser(name, PASSWORD)
  const outcomes: string[] = []

  for (const name of names) {
    const jar = openJar(house, SYDNEY, CHROME)
    const visit = await signIn(jar, await house.authorize(jar), name)
    outcomes.push(isDenied(visit) ? 'denied' : 'signed in')
  }

  expect(outcomes.slice(0, 4)).toEqual(['signed in', 'signed in', 'signed in', 'signed in'])
  expect(outcomes.slice(-3)).toEqual(['denied', 'denied', 'denied'])
})

test('the page of a denial tells what to do; whoever has moved goes on from there, and nobody else gets anywhere', async () => {
  const house = await open()
  const jar = await atHome(house)
  house.pass(24 * HOUR)
  const away = await withCookiesOf(house, jar, PARIS, CHROME, /browser$/)
  const denied = await house.begin(away)
  const path = `${denied.url.pathname}${denied.url.search}`
  expect(denied.body).toContain('href="/t/main/recover?interaction=')
  expect(denied.body).toContain('Application desk')

  const again = await away.get(path)
  const forged = await away.submit({ ...denied, body: denied.body.replace(/name="csrf" value="[^"]*"/, 'name="csrf" value="x"') }, {})
  const elsewhere = await openJar(house, HOME, FIREFOX).get(path)
  const homeAgain = openJar(house, HOME, FIREFOX)
  for (const [name, cookie] of away.cookies) homeAgain.cookies.set(name, cookie)
  const moved = await homeAgain.get(path)

  expect(isDenied(again)).toBe(true)
  expect(forged.status).toBe(403)
  expect(forged.url.searchParams.get('error')).toBeNull()
  expect(elsewhere.status).toBe(410)
  expect(codeFrom(moved)).not.toBeNull()
})

test('where nothing may be shown, and in My Account, a denial is an answer and no code', async () => {
  const house = await open()
  const jar = await atHome(house)
  house.pass(6 * HOUR)
  await house.setRisk({ actions: { medium: 'deny', high: 'deny' } })
  const thief = await withCookiesOf(house, jar, PARIS, CHROME)

  const silent = await thief.get(authorizePath({ prompt: 'none' }))
  const own = await thief.get('/t/main/login')
  const form = /<form[^>]*login\/denied/.exec(own.body)

  expect(silent.url.searchParams.get('error')).toBe('access_denied')
  expect(isDenied(own)).toBe(true)
  expect(form).toBeNull()
})
