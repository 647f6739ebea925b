/** A sign-in from a browser that is new to a person is told to them, and taken back by them; remembered browsers are seen and forgotten. */
import { addCredential, newCredential } from '@gatehouse/identity/credentials.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CHALLENGE, VERIFIER } from '../fixture/protocol_house.ts'
import { openSafetyHouse, type SafetyHouse } from '../fixture/safety_house.ts'
import { CALLBACK, PASSWORD, signIn } from '../fixture/sign_in_house.ts'

let house: SafetyHouse

beforeEach(async () => {
  house = await openSafetyHouse()
})
afterEach(() => house.close())

const told = async () => {
  await house.settle()
  return house.mails.filter(({ template }) => template === 'new_browser')
}
const link = () => house.linkTo('jo@example.org', /not-me/)

async function tokensOf(gatehouse_access_token_format: 'jwt' | 'opaque' = 'jwt') {
  if (gatehouse_access_token_format === 'opaque')
    await house.addApplication('sealed', { gatehouse_skip_consent: true, gatehouse_access_token_format })
  const client_id = gatehouse_access_token_format === 'opaque' ? 'sealed' : 'desk'
  const jar = house.jar()
  const back = await signIn(jar, await house.authorize(jar, { client_id, code_challenge: CHALLENGE, scope: 'openid offline_access' }))
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: back.url.searchParams.get('code') ?? '',
    redirect_uri: CALLBACK,
    client_id,
    code_verifier: VERIFIER,
  })
  const answer = await house.fetch('/t/main/oauth2/token', { method: 'POST', body })
  const tokens = (await answer.json()) as { access_token: string; refresh_token: string }
  const refresh = async () => {
    const again = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token, client_id })
    return (await house.fetch('/t/main/oauth2/token', { method: 'POST', body: again })).status
  }
  return { jar, refresh, access_token: tokens.access_token }
}

const userinfo = async (token: string) =>
  (await house.fetch('/t/main/oauth2/userinfo', { headers: { authorization: `Bearer ${token}` } })).status

describe('the mail', () => {
  test('none at the very first sign-in, none from a browser that is known, one from each that is new; none twice', async () => {
    const first = await house.person()
    expect(await told()).toHaveLength(0)
    await house.person('jo', PASSWORD, first.jar)
    expect(await told()).toHaveLength(0)
    const second = await tokensOf()
    expect(await told()).toHaveLength(1)
    for (const name of [...second.jar.cookies.keys()]) if (name.endsWith('.session')) second.jar.cookies.delete(name)
    await house.person('jo', PASSWORD, second.jar)

    expect(await told()).toHaveLength(1)
    expect(house.mails[0]).toMatchObject({ to: 'jo@example.org', template: 'new_browser' })
    expect(house.mails[0]?.text).toMatch(/192\.0\.2\.1[\s\S]*Application desk[\s\S]*\/not-me\?token=/)
  })

  test('an event that is handled twice is no second sign-in', async () => {
    await house.person()
    const [event] = await house.events('session.created')
    const { users, meter } = house.stores()

    expect(event?.data).toMatchObject({ browser: 'new' })
    expect(await users.isFirstSignIn(house.jo.id, event?.sessionId ?? 'ses_x')).toBe(true)
    expect(await users.isFirstSignIn(house.jo.id, event?.sessionId ?? 'ses_x')).toBe(true)
    expect(await users.isFirstSignIn(house.jo.id, 'ses_another00')).toBe(false)
    expect(meter.write).toBe(1)
  })

  test('none where the tenant wants none, none to an address that is not proven, and at most twenty a day', async () => {
    await house.addUser('al', PASSWORD)
    for (let n = 0; n < 3; n++) await house.person('al')
    await house.setPolicies({ newBrowserMail: false })
    for (let n = 0; n < 3; n++) await house.person()
    expect(await told()).toHaveLength(0)

    await house.setPolicies({ newBrowserMail: true })
    for (let n = 0; n < 23; n++) await house.person()
    expect(await told()).toHaveLength(20)
  })
})

describe('this was not me', () => {
  test.each(['jwt', 'opaque'] as const)(
    'ends that session and its tokens (%s), and every other; the password opens nothing, whoever has it',
    async (format) => {
      await house.person()
      const thief = await tokensOf(format)
      const page = await house.jar().get(await link())
      expect(await userinfo(thief.access_token)).toBe(200)
      const owner = house.jar()

      const done = await owner.submit(await owner.get(await link()), {})

      expect(page.status).toBe(200)
      expect(done.body).toContain('href="/t/main/recover"')
      expect([await userinfo(thief.access_token), await thief.refresh()]).toEqual([401, 400])
      expect((await (await house.personWith(thief.jar)).ask('GET', '')).status).toBe(401)
      const again = house.jar()
      expect((await signIn(again, await again.get('/t/main/login'))).status).toBe(400)
      expect((await house.events('user.sign_in_disowned')).map(({ audited }) => audited)).toEqual([true])
      expect((await house.events('session.ended')).length).toBeGreaterThanOrEqual(2)
    },
  )

  test('a wrong name, a wrong password and one that was taken back are told the same, with the same hashes', async () => {
    await house.person()
    await house.person()
    const owner = house.jar()
    await owner.submit(await owner.get(await link()), {})
    const attempt = async (name: string, password: string) => {
      const jar = house.jar()
      const shown = await jar.get('/t/main/login')
      const before = house.hashes()
      const answer = await signIn(jar, shown, name, password)
      return [answer.status, house.hashes() - before, answer.body.replaceAll(/(?:value|nonce|href|action|data-options)="[^"]*"/g, '')]
    }

    const answers = [await attempt('jo', PASSWORD), await attempt('jo', 'something else 12'), await attempt('no', PASSWORD)]

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  })

  test('acts once, for seven days, in the tenant that wrote it', async () => {
    await house.addTenant('acme')
    await house.person()
    await house.person()
    const address = await link()
    expect((await house.jar().get(address.replace('/t/main/', '/t/acme/'))).status).toBe(410)
    const owner = house.jar()
    const page = await owner.get(address)
    await owner.submit(page, {})

    expect((await owner.submit(page, {})).status).toBe(410)
    house.pass(7 * 86_400)
    expect((await owner.get(address)).status).toBe(410)
  })
})

describe('remembered browsers', () => {
  async function remembered() {
    const here = await house.context()
    if ((await here.stores.credentials.list(house.jo.id)).length === 0)
      await addCredential(here, house.jo.id, { ...newCredential(here, 'mail'), kind: 'email_otp', address: 'jo@example.org' })
    const jar = house.jar()
    const mfa = await signIn(jar, await jar.get('/t/main/login'))
    house.pass(1)
    await jar.submit(mfa, { otp: await house.codeTo('jo@example.org'), remember: 'yes' })
    return house.personWith(jar)
  }
  const asked = async (jar: Awaited<ReturnType<typeof remembered>>['jar']) => {
    for (const name of [...jar.cookies.keys()]) if (name.endsWith('.session')) jar.cookies.delete(name)
    return (await signIn(jar, await jar.get('/t/main/login'))).url.pathname === '/t/main/mfa'
  }
  type Listed = { items: { id: string; current: boolean; lastUsedAt: string }[] }

  test('are listed with when they were used, and one that is forgotten asks again, whatever its cookie says', async () => {
    const [one, two] = [await remembered(), await remembered()]
    expect(await asked(two.jar)).toBe(false)
    const listed = (await one.ask<Listed>('GET', '/remembered-browsers')).body.items
    expect(listed.map(({ current }) => current).sort()).toEqual([false, true])
    const other = listed.find(({ current }) => !current)

    expect((await one.ask('DELETE', `/remembered-browsers/${other?.id}`)).status).toBe(204)
    expect((await one.ask('DELETE', `/remembered-browsers/${other?.id}`)).status).toBe(404)
    expect(await asked(two.jar)).toBe(true)
    expect(await asked(one.jar)).toBe(false)
    expect((await house.events('browser.forgotten')).map(({ audited }) => audited)).toEqual([true])
  })

  test('are all forgotten at once, by the person or by an administrator', async () => {
    const [one, two] = [await remembered(), await remembered()]
    expect((await one.ask<{ forgotten: number }>('DELETE', '/remembered-browsers')).body.forgotten).toBe(2)
    expect([await asked(one.jar), await asked(two.jar)]).toEqual([true, true])
    const three = await remembered()

    await house.stores().rememberedBrowsers.forgetAll(house.jo.id, {})

    expect(await asked(three.jar)).toBe(true)
  })

  test('the last use is written once a day, and a new password forgets them', async () => {
    const { jar, ask } = await remembered()
    const lastUse = async () => (await house.stores().rememberedBrowsers.list(house.jo.id))[0]?.lastUsedAt
    const before = await lastUse()
    await asked(jar)
    expect(await lastUse()).toBe(before)
    house.pass(86_400)
    await asked(jar)
    expect(await lastUse()).toBeGreaterThan(before ?? 0)
    const user = await house.stores().users.find(house.jo.id, { consistent: true })
    if (user) await house.stores().users.setPassword(user, '$fixture$other', {})

    expect((await ask('GET', '/remembered-browsers')).status).toBe(401)
  })

  test("another person's is not there", async () => {
    const { ask } = await remembered()
    const id = (await ask<Listed>('GET', '/remembered-browsers')).body.items[0]?.id
    await house.addUser('al', PASSWORD)
    const al = await house.person('al')

    expect((await al.ask('DELETE', `/remembered-browsers/${id}`)).status).toBe(404)
    expect((await al.ask<Listed>('GET', '/remembered-browsers')).body.items).toEqual([])
  })
})
