/** Each ready-made script, through real sign-ins: once where it has nothing against them, once where it does what it is for. */

import type { Place } from '@gatehouse/core/place.ts'
import { findScriptProblems } from '@gatehouse/policy/script/check_script.ts'
import { sealScriptSecret } from '@gatehouse/policy/script/secrets.ts'
import { TEMPLATES } from '@gatehouse/policy/script/templates/templates.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Jar, openJar } from '../../fixture/browser_jar.ts'
import { codeFrom } from '../../fixture/factor_house.ts'
import { openScriptHouse, type ScriptHouse } from '../../fixture/script_house.ts'
import { outcomesAt } from '../../fixture/script_outcomes.ts'

let house: ScriptHouse
const { letsOn, asksMore, refuses, change } = outcomesAt(() => house)
let place: Place | undefined

const CASES: Readonly<Record<string, (house: ScriptHouse) => Promise<void>>> = {
  async role_based() {
    await house.stores().roles.save({ id: 'rol_managers1', name: 'manager', permissions: [], version: 0 }, {})
    await letsOn()
    await change({ roles: ['rol_managers1'] })
    await asksMore()
  },
  async group_based() {
    await house.stores().groups.save({ id: 'grp_admins001', displayName: 'admins', version: 0 }, {})
    await letsOn()
    await change({ groups: ['grp_admins001'] })
    await asksMore()
  },
  async group_access() {
    await house.stores().groups.save({ id: 'grp_staff0001', displayName: 'staff', version: 0 }, {})
    await refuses('This application is for members of staff.')
    await change({ groups: ['grp_staff0001'] })
    await letsOn()
  },
  async user_age() {
    await refuses('You have to be older')
    await change({ attributes: { dob: '2008-01-06' } })
    await refuses('You have to be older')
    await change({ attributes: { dob: '2008-01-05' } })
    await letsOn()
  },
  async ip_based() {
    await asksMore(house.jar('198.51.100.7'))
    await letsOn(house.jar('10.20.30.40'))
  },
  async country_based() {
    await asksMore()
    place = { country: 'FR' }
    await asksMore()
    place = { country: 'DE' }
    await letsOn()
  },
  async device_based() {
    await asksMore(named('Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0'))
    await letsOn(named('Mozilla/5.0 (Windows NT 10.0) Chrome/130.0'))
  },
  async new_device() {
    await change({ emails: [{ value: 'jo@example.org', primary: true, verified: true }] })
    const jar = house.jar()
    await proves(jar)
    await letsOn(jar)
    expect(await house.events('script.mail_asked')).toHaveLength(1)
    expect([...jar.cookies.keys()]).toContain('gatehouse.main.script.deviceAuth')
    await asksMore()
  },
  async acr_based() {
    await letsOn()
    await asksMore(house.jar(), { acr_values: 'urn:gatehouse:acr:mfa' })
  },
  async concurrent_sessions() {
    await letsOn()
    await letsOn()
    const jar = house.jar()
    const form = await house.begin(jar)
    expect(form.body).toContain('You are signed in elsewhere')
    const none = await jar.submit(form, {})
    expect(none.url.searchParams.get('error')).toBe('access_denied')
    const again = await house.begin(jar)
    expect(codeFrom(await jar.submit(again, { session0: 'yes' }))).toBeTruthy()
    expect(await house.stores().sessions.list(house.jo.id)).toHaveLength(2)
  },
  async login_attempts() {
    await letsOn()
    const jar = house.jar()
    let shown = await house.authorize(jar)
    for (let i = 0; i < 3; i++) shown = await jar.submit(shown, { username: 'jo', password: 'wrong' })
    const asked = await jar.submit(shown, { username: 'jo', password: 'a long walk by the sea 7' })
    expect(asked.url.pathname).toBe('/t/main/mfa')
    expect(codeFrom(await jar.submit(asked, { otp: code() }))).toBeTruthy()
  },
  async geo_velocity() {
    place = { country: 'DE', latitude: 52.5, longitude: 13.4 }
    await letsOn()
    expect((await house.stores().users.find(house.jo.id))?.attributes?.lastSignInPlace).toMatch(/^52.5 13.4 \d+$/)
    house.pass(3600)
    place = { country: 'US', latitude: 40.7, longitude: -74 }
    await asksMore()
    house.pass(12 * 3600)
    await letsOn()
  },
  async office_hours() {
    await letsOn()
    house.pass(12 * 3600)
    await asksMore()
  },
  async user_store() {
    await asksMore()
  },
  async sign_in_option() {
    await asksMore()
  },
  async outside_risk() {
    await house.setScripting({ allowedHosts: ['risk.example.com'] })
    const here = await house.context()
    await here.stores.scriptSecrets.save('riskServiceKey', await sealScriptSecret(here, 'riskServiceKey', 'a key'), {})
    house.answer(() => ({ status: 200, headers: {}, body: '{"risk":"low"}' }))
    await letsOn()
    house.answer(() => ({ status: 500, headers: {}, body: '' }))
    await asksMore()
    expect(house.sent.map(({ headers }) => headers?.['x-api-key'])).toEqual(['a key', 'a key'])
  },
}

let code: () => string

beforeEach(async () => {
  house = await openScriptHouse()
  place = undefined
  Object.assign(house.house.ports.places, { find: async () => place })
  const totp = await house.addTotp()
  code = totp.code
})

afterEach(() => house.close())

test('each template has its test, its words and its parameters, and parses', async () => {
  const ctx = await house.context()
  expect(TEMPLATES.map(({ name }) => name).sort()).toEqual(Object.keys(CASES).sort())
  for (const { name, title, description, parameters, script } of TEMPLATES) {
    expect(await findScriptProblems(ctx, { script }), name).toEqual([])
    expect(
      [title, description].every((text) => text.length > 5),
      name,
    ).toBe(true)
    for (const parameter of parameters) expect(script, name).toContain(`var ${parameter.name} = `)
  }
})

test.each(TEMPLATES)('$name: $title', async ({ name, script }) => {
  await house.setScript(script)

  await CASES[name]?.(house)

  expect((await house.endings()).filter(({ outcome }) => outcome === 'failed')).toEqual([])
})

async function proves(jar: Jar): Promise<void> {
  expect(codeFrom(await jar.submit(await asksMore(jar), { otp: code() }))).toBeTruthy()
}

/** A browser that calls itself so. */
function named(userAgent: string): Jar {
  const fetch: ScriptHouse['fetch'] = (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('user-agent', userAgent)
    return house.fetch(path, { ...init, headers })
  }
  return openJar({ origin: house.origin, fetch })
}
