/** The check against programs where the request itself is risky: shown before anybody says who they are, the same for every name, and not to be gone round. */
import { DEFAULT_CAPTCHA } from '@gatehouse/core/captcha.ts'
import { DEFAULT_RISK, type RiskPolicy } from '@gatehouse/core/risk/risk_policy.ts'
import { hashOf } from '@gatehouse/store/keys.ts'
import { afterEach, expect, test } from 'vitest'
import { openJar, type Visit } from '../fixture/browser_jar.ts'
import { challengeOf, EASY, solved, tooEasy } from '../fixture/captcha_house.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import type { HouseFixture } from '../fixture/house_fixture.ts'
import { CHROME, FIREFOX, HOME, openRiskHouse, PARIS, type RiskHouse, SYDNEY } from '../fixture/risk_house.ts'
import { openSignInHouse, PASSWORD } from '../fixture/sign_in_house.ts'

const HOUR = 3600
const RIGHT = { username: 'jo', password: PASSWORD }
const open: HouseFixture[] = []

afterEach(() => {
  for (const house of open.splice(0)) house.close()
})

/** Risk decides nothing here: only what it shows is looked at. */
const WATCHING: Partial<RiskPolicy> = { actions: { medium: 'allow', high: 'allow' }, addresses: [SYDNEY, '2001:db8:bad::/48'] }

async function openHouse(risk: Partial<RiskPolicy> = {}, level: 'medium' | 'high' = 'medium'): Promise<RiskHouse> {
  const house = await openRiskHouse({ ...WATCHING, ...risk })
  open.push(house)
  await addCaptcha(house, level)
  return house
}

async function addCaptcha(house: HouseFixture, risk: 'medium' | 'high' | undefined): Promise<void> {
  const { tenant } = house.stores()
  const before = await tenant.find()
  if (!before) throw new Error('there is no tenant')
  const captcha = { ...DEFAULT_CAPTCHA, provider: 'proof_of_work', difficulty: EASY, ...(risk === undefined ? {} : { risk }) } as const
  await tenant.update({ ...before, policies: { ...before.policies, captcha } })
  house.house.cache.tenants.forget('main')
}

const isAsked = (visit: Visit) => challengeOf(visit) !== ''
const unitsOf = (house: HouseFixture) => {
  const { read, write } = house.logs.findLast(({ message }) => message === 'request')?.fields ?? {}
  return { read, write }
}

test('a new browser on a listed address is asked when the page opens; the same browser elsewhere, and a known one there, are not', async () => {
  const house = await openHouse()

  expect(isAsked(await house.authorize(openJar(house, SYDNEY, CHROME)))).toBe(true)
  expect(isAsked(await house.authorize(openJar(house, PARIS, CHROME)))).toBe(false)
  await house.setRisk({ addresses: [HOME] })
  const jar = openJar(house, HOME, FIREFOX)
  const first = await house.authorize(jar)
  expect(codeFrom(await jar.submit(first, { ...RIGHT, ...solved(first) }))).not.toBeNull()
  expect(isAsked(await house.authorize(jar, { prompt: 'login' }))).toBe(true)
  await house.setRisk({ weights: { ...DEFAULT_RISK.weights, listed_address: 39 } })
  expect(isAsked(await house.authorize(jar, { prompt: 'login' }))).toBe(false)
})

test('without the check no password is compared, right or wrong; with it, one is, and the next guess needs another', async () => {
  const house = await openHouse()
  const jar = openJar(house, SYDNEY, CHROME)
  const login = await house.authorize(jar)
  const before = house.hashes()

  const answers: Record<string, string>[] = [{}, { captcha_challenge: '' }, { captcha_answer: tooEasy(challengeOf(login)) }]
  for (const answer of answers) expect((await jar.submit(login, { ...RIGHT, ...answer })).status).toBe(403)
  expect(house.hashes()).toBe(before)
  const work = solved(login)
  const wrong = await jar.submit(login, { username: 'jo', password: 'a wrong guess entirely', ...work })
  expect(wrong.status).toBe(400)
  expect(isAsked(wrong)).toBe(true)
  expect((await jar.submit(login, { ...RIGHT, ...work })).status).toBe(403)
  expect(house.hashes() - before).toBe(1)
  expect(codeFrom(await jar.submit(wrong, { ...RIGHT, ...solved(wrong) }))).not.toBeNull()
})

test('a page that was opened elsewhere does not go round it', async () => {
  const house = await openHouse()
  const home = openJar(house, HOME, CHROME)
  const login = await house.authorize(home)
  const away = openJar(house, SYDNEY, CHROME)
  for (const [name, cookie] of home.cookies) away.cookies.set(name, cookie)

  expect(isAsked(login)).toBe(false)
  const asked = await away.submit(login, RIGHT)
  expect(asked.status).toBe(403)
  expect(isAsked(asked)).toBe(true)
})

test('somebody’s name and nobody’s are asked the same for the same work', async () => {
  const house = await openHouse()
  const answers = []
  for (const username of ['jo', 'nobody-has-this-name', 'jo']) {
    const jar = openJar(house, SYDNEY, CHROME)
    const refused = await jar.submit(await house.authorize(jar), { username, password: PASSWORD })
    answers.push({ status: refused.status, asked: isAsked(refused), ...unitsOf(house) })
  }

  // The first asks for the application, too.
  expect(answers[1]).toEqual(answers[2])
  expect(answers[1]).toMatchObject({ status: 403, asked: true, write: 0 })
})

test('a known browser is asked where whoever used it cannot be by now, and its cookie in another browser makes that one no better', async () => {
  const house = await openHouse({ addresses: [] })
  const jar = openJar(house, HOME, FIREFOX)
  expect(codeFrom(await jar.submit(await house.authorize(jar), RIGHT))).not.toBeNull()
  house.pass(HOUR)
  const at = async (ip: string, userAgent: string) => {
    const other = openJar(house, ip, userAgent)
    for (const [name, cookie] of jar.cookies) if (/browser$/.test(name)) other.cookies.set(name, cookie)
    return isAsked(await house.authorize(other))
  }

  expect(await at(HOME, FIREFOX)).toBe(false)
  expect(await at(SYDNEY, FIREFOX)).toBe(true)
  expect(await at(PARIS, CHROME)).toBe(true)
})

test('failures of the network over many names count beforehand, whosever they were', async () => {
  const house = await openHouse({ weights: { ...DEFAULT_RISK.weights, new_device: 0, failed_tries: 40 } })
  const jar = openJar(house, PARIS, CHROME)
  const fail = async (n: number) => jar.submit(await house.authorize(jar), { username: `name-${n}`, password: 'wrong' })
  for (let n = 0; n < 8; n++) await fail(n)

  expect(isAsked(await house.authorize(jar))).toBe(false)
  for (let n = 8; n < 10; n++) await fail(n)
  expect(isAsked(await house.authorize(jar))).toBe(true)
  expect(isAsked(await house.authorize(openJar(house, HOME, CHROME)))).toBe(false)
})

test('many newcomers of a network count beforehand', async () => {
  const house = await openHouse({ weights: { ...DEFAULT_RISK.weights, network_velocity: 90 } })
  expect(isAsked(await house.authorize(openJar(house, PARIS, CHROME)))).toBe(false)

  for (let n = 0; n < 8; n++) await house.stores().risk.countNewcomers(PARIS, `usr_${hashOf(`person ${n}`)}`)

  expect(isAsked(await house.authorize(openJar(house, PARIS, CHROME)))).toBe(true)
})

test('where the policy names high, medium is not enough', async () => {
  const house = await openHouse({}, 'high')
  expect(isAsked(await house.authorize(openJar(house, SYDNEY, CHROME)))).toBe(false)

  await house.setRisk({ levels: { medium: 30, high: 60 } })

  expect(isAsked(await house.authorize(openJar(house, SYDNEY, CHROME)))).toBe(true)
})

test('recovery asks as well, before anything is sent', async () => {
  const house = await openHouse()
  const jar = openJar(house, SYDNEY, CHROME)
  await house.authorize(jar)
  const login = await house.authorize(jar)
  const recover = await jar.get(`/t/main/recover?interaction=${login.url.searchParams.get('interaction')}`)

  expect(isAsked(recover)).toBe(true)
  expect((await jar.submit(recover, { username: 'jo' })).status).toBe(403)
  expect(await house.events('recovery.asked')).toHaveLength(0)
})

test('registration asks as well, before a name is looked up', async () => {
  const house = await openSignInHouse()
  open.push(house)
  const { tenant } = house.stores()
  const before = await tenant.find()
  if (!before) throw new Error('there is no tenant')
  await tenant.update({ ...before, policies: { ...before.policies, risk: { ...DEFAULT_RISK, ...WATCHING } } })
  await addCaptcha(house, 'medium')
  const jar = house.jar(SYDNEY)

  const signUp = await jar.get('/t/main/signup')
  const refused = await jar.submit(signUp, { username: 'jo' })

  expect(isAsked(signUp)).toBe(true)
  expect(refused.status).toBe(403)
  expect(refused.body).not.toContain('taken')
  expect((await jar.submit(refused, { username: 'jo', ...solved(refused) })).body).toContain('taken')
})

test('where the policy names no level, nothing is read for it', async () => {
  const house = await openHouse()
  const costOf = async () => {
    await house.authorize(openJar(house, HOME, CHROME))
    return unitsOf(house)
  }
  await costOf()
  const asking = await costOf()
  await addCaptcha(house, undefined)

  // Only the tenant was forgotten, and is read anew with the first of the two requests.
  await costOf()
  const plain = await costOf()
  expect(plain).toEqual({ read: 0, write: 0 })
  expect(asking).toEqual({ read: 1, write: 0 })
})
