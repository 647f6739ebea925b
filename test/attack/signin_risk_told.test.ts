/** A risky sign-in is told to the person whose account it is: once, in words, with a way to close the account to whoever it was. */
import { DEFAULT_RISK, type RiskPolicy } from '@gatehouse/core/risk/risk_policy.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Jar, openJar, type Visit } from '../fixture/browser_jar.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import { CHROME, FIREFOX, HOME, SYDNEY } from '../fixture/risk_house.ts'
import { openSafetyHouse, type SafetyHouse } from '../fixture/safety_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

const HOUR = 3600
let house: SafetyHouse

beforeEach(async () => {
  house = await openSafetyHouse()
  house.places.set(HOME, { country: 'DE', city: 'Freiburg', latitude: 48, longitude: 7.8 })
  house.places.set(SYDNEY, { country: 'AU', city: 'Sydney', latitude: -33.9, longitude: 151.2 })
  await setRisk({})
  expect(codeFrom(await begin(openJar(house, HOME, FIREFOX)))).not.toBeNull()
  house.pass(HOUR)
})
afterEach(() => house.close())

const setRisk = (change: Partial<RiskPolicy>) => house.setPolicies({ risk: { ...DEFAULT_RISK, ...change } })

async function begin(jar: Jar, userName = 'jo'): Promise<Visit> {
  await house.stores().tries.forget({ userId: house.jo.id })
  return signIn(jar, await house.authorize(jar, { prompt: 'login' }), userName, PASSWORD)
}

async function told(template = 'risky_sign_in') {
  await house.settle()
  return house.mails.filter((mail) => mail.template === template)
}

test('what was seen, where, and that it was stopped; a wrong password tells nobody anything', async () => {
  const stranger = openJar(house, SYDNEY, CHROME)
  await signIn(stranger, await house.authorize(stranger), 'jo', 'a wrong guess')
  expect(await told()).toHaveLength(0)

  const page = await begin(openJar(house, SYDNEY, CHROME))
  const [mail, ...more] = await told()

  expect(page.status).toBe(403)
  expect(more).toHaveLength(0)
  expect(mail).toMatchObject({ to: 'jo@example.org' })
  expect(mail?.text).toMatch(
    /stopped[\s\S]*device[\s\S]*country[\s\S]*travel[\s\S]*Sydney, Australia[\s\S]*203\.0\.113\.5[\s\S]*Application desk[\s\S]*not-me\?token=/,
  )
  expect((await house.events('sign_in.risky')).at(-1)).toMatchObject({ audited: true, data: { level: 'high', outcome: 'denied' } })
})

test('"this was not me" makes the password worthless, ends every session, and acts once', async () => {
  const thief = openJar(house, SYDNEY, CHROME)
  await begin(thief)
  const owner = openJar(house, HOME, FIREFOX)
  const link = await house.linkTo('jo@example.org', /not-me/)
  expect(await house.stores().sessions.list(house.jo.id)).toHaveLength(1)

  const shown = await owner.get(link)
  const done = await owner.submit(shown, {})

  expect(done.body).toContain('href="/t/main/recover"')
  expect((await house.events('user.sign_in_disowned')).map(({ audited }) => audited)).toEqual([true])
  expect(await house.stores().sessions.list(house.jo.id)).toHaveLength(0)
  expect((await begin(openJar(house, HOME, FIREFOX))).status).toBe(400)
  expect((await owner.submit(shown, {})).status).toBe(410)
})

test('whoever has the password does not fill the mailbox of its owner', async () => {
  for (let n = 0; n < 8; n++) await begin(openJar(house, SYDNEY, CHROME))

  expect(await told()).toHaveLength(5)
})

test('medium is told where the tenant wants that, nothing where it wants none, and nobody without a proven address', async () => {
  await setRisk({ levels: { medium: 40, high: 200 } })
  await begin(openJar(house, SYDNEY, CHROME))
  expect(await told()).toHaveLength(0)
  await setRisk({ levels: { medium: 40, high: 200 }, mail: 'medium' })
  await begin(openJar(house, SYDNEY, CHROME))
  expect(await told()).toHaveLength(1)
  await setRisk({ mail: 'never' })
  await begin(openJar(house, SYDNEY, CHROME))
  expect(await told()).toHaveLength(1)
  await house.addUser('al', PASSWORD, { emails: [{ value: 'al@example.org', primary: true, verified: false }] })
  await setRisk({ weights: { ...DEFAULT_RISK.weights, new_device: 90 } })
  await begin(openJar(house, SYDNEY, CHROME), 'al')

  expect(await told()).toHaveLength(1)
})

test('one that was let through from a new browser is told once, by the mail of new browsers', async () => {
  await setRisk({ actions: { medium: 'allow', high: 'allow' } })

  expect(codeFrom(await begin(openJar(house, SYDNEY, CHROME)))).not.toBeNull()

  expect(await told()).toHaveLength(0)
  expect(await told('new_browser')).toHaveLength(1)
})
