/** Second factors in My Account: who may change them, and what a stranger at a browser, at another browser, or with the password alone may not. */
import type { BegunCredential, Me, MyCredential, MyCredentials } from '@gatehouse/core/my_account.ts'
import { hotp } from '@gatehouse/identity/factors/totp.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Jar } from '../fixture/browser_jar.ts'
import { type FactorHouse, openFactorHouse } from '../fixture/factor_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

type Answer<T> = { readonly status: number; readonly body: T & { readonly type?: string; readonly errors?: readonly { detail: string }[] } }
type Ask = <T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer<T>>

let house: FactorHouse

beforeEach(async () => {
  house = await openFactorHouse()
})

afterEach(() => house.close())

describe('the way', () => {
  test('an authenticator app is added with its first code, is asked for at the next sign-in, is renamed and removed', async () => {
    const { ask, jar } = await person()
    const { body: begun } = await ask<BegunCredential>('POST', '/credentials/totp/begin', {})
    const added = await ask<MyCredential>('POST', '/credentials/totp', { enrolment: begun.enrolment, otp: codeOf(begun), name: 'Phone' })

    expect(begun.totp?.uri).toContain(`secret=${begun.totp?.key}`)
    expect(begun.totp?.qr).toMatch(/^<svg /)
    expect(added).toMatchObject({ status: 201, body: { kind: 'totp', name: 'Phone' } })
    expect((await house.begin(house.jar())).url.pathname).toBe('/t/main/mfa')
    expect((await ask('PATCH', `/credentials/${added.body.id}`, { name: 'Old phone' })).status).toBe(204)
    expect((await list(ask)).items.map(({ name }) => name)).toEqual(['Old phone'])
    expect((await ask('DELETE', `/credentials/${added.body.id}`)).status).toBe(204)
    expect((await house.begin(house.jar())).url.searchParams.has('code')).toBe(true)
    expect(jar.cookies.size).toBeGreaterThan(0)
  })

  test.each([
    ['email_otp', 'jo@example.net'],
    ['sms_otp', '+49 170 1234567'],
  ] as const)('%s is added with the code that came to %s', async (kind, address) => {
    const { ask } = await person()
    const { body: begun } = await ask<BegunCredential>('POST', `/credentials/${kind}/begin`, { address })

    const added = await ask('POST', `/credentials/${kind}`, { enrolment: begun.enrolment, otp: (await house.sentCodes()).latest, name: '' })

    expect(added).toMatchObject({ status: 201, body: { kind, address: address.replaceAll(' ', '') } })
    expect((await house.sentCodes()).event.data).toMatchObject({ purpose: 'enrolment' })
  })

  test('ten recovery codes, shown once; new ones replace them; they go with the last factor', async () => {
    const { ask } = await person()
    expect((await ask('POST', '/credentials/recovery_code')).status).toBe(409)
    const app = await addApp(ask)
    const first = await ask<{ codes: string[] }>('POST', '/credentials/recovery_code')
    const second = await ask<{ codes: string[] }>('POST', '/credentials/recovery_code')

    expect(new Set([...first.body.codes, ...second.body.codes]).size).toBe(20)
    expect((await list(ask)).items.find(({ kind }) => kind === 'recovery_code')).toMatchObject({ left: 10 })
    expect((await useCode(first.body.codes[0] ?? '')).status).toBe(400)
    expect((await useCode(second.body.codes[0] ?? '')).url.searchParams.has('code')).toBe(true)
    expect((await list(ask)).items.find(({ kind }) => kind === 'recovery_code')).toMatchObject({ left: 9 })
    await ask('DELETE', `/credentials/${app.id}`)
    expect((await list(ask)).items).toEqual([])
  })

  test('every change is an event that is audited', async () => {
    const { ask } = await person()
    const app = await addApp(ask)
    await ask('POST', '/credentials/recovery_code')
    await ask('DELETE', `/credentials/${app.id}`)

    for (const kind of ['credential.enrolled', 'recovery_codes.made', 'credential.removed'] as const) {
      const [event] = await house.events(kind)
      expect(event, kind).toMatchObject({ audited: true, userId: house.jo.id, actor: { userId: house.jo.id } })
    }
  })
})

describe('enrolment from elsewhere', () => {
  test.each([
    ['without the token', { 'x-csrf-token': '' }],
    ['from another site', { origin: 'https://evil.example' }],
    ['by a form', { 'content-type': 'text/plain' }],
  ])('%s is refused', async (_, headers) => {
    const { ask } = await person()
    const { body: begun } = await ask<BegunCredential>('POST', '/credentials/totp/begin', {})

    const added = await ask('POST', '/credentials/totp', { enrolment: begun.enrolment, otp: codeOf(begun), name: '' }, headers)

    expect([403, 415]).toContain(added.status)
    expect((await list(ask)).items).toEqual([])
  })

  test("an attacker's own enrolment, slipped to a victim, gives the victim nothing of the attacker's", async () => {
    await house.addUser('mallory', 'a walk in the dark 9')
    const mallory = await person('mallory', 'a walk in the dark 9')
    const { body: begun } = await mallory.ask<BegunCredential>('POST', '/credentials/totp/begin', {})
    const victim = await person()

    const added = await victim.ask('POST', '/credentials/totp', { enrolment: begun.enrolment, otp: codeOf(begun), name: '' })

    expect(added.status).toBe(410)
    expect((await list(victim.ask)).items).toEqual([])
  })

  test('an enrolment is of the session in which it was begun, for ten minutes, and adds one factor', async () => {
    const [here, there] = [await person(), await person()]
    const { body: begun } = await here.ask<BegunCredential>('POST', '/credentials/totp/begin', {})
    const confirm = (ask: Ask) => ask('POST', '/credentials/totp', { enrolment: begun.enrolment, otp: codeOf(begun), name: '' })

    expect((await confirm(there.ask)).status).toBe(410)
    expect((await confirm(here.ask)).status).toBe(201)
    expect((await confirm(here.ask)).status).toBe(409)
    const late = await here.ask<BegunCredential>('POST', '/credentials/totp/begin', {})
    house.pass(601)
    expect((await here.ask('POST', '/credentials/totp', { enrolment: late.body.enrolment, otp: codeOf(late.body), name: '' })).status).toBe(
      410,
    )
  })

  test('the code of an enrolment is guessed five times, and a code for one address adds no other', async () => {
    const { ask } = await person()
    const { body: begun } = await ask<BegunCredential>('POST', '/credentials/email_otp/begin', { address: 'jo@example.net' })
    const { body: other } = await ask<BegunCredential>('POST', '/credentials/email_otp/begin', { address: 'someone.else@example.net' })
    const confirm = (enrolment: string, otp: string) => ask('POST', '/credentials/email_otp', { enrolment, otp, name: '' })
    const forOther = (await house.sentCodes()).latest

    expect((await confirm(begun.enrolment, forOther)).status).toBe(422)
    for (let i = 0; i < 4; i++) expect((await confirm(begun.enrolment, 'x00000')).status).toBe(422)
    expect((await confirm(begun.enrolment, 'x00000')).status).toBe(410)
    expect((await confirm(other.enrolment, forOther)).status).toBe(201)
  })
})

describe('downgrade', () => {
  const CHANGES: readonly (readonly [string, string, unknown])[] = [
    ['DELETE', '/credentials/{id}', undefined],
    ['POST', '/credentials/totp/begin', {}],
    ['POST', '/credentials/totp', { enrolment: '', otp: '123456', name: '' }],
    ['POST', '/credentials/email_otp/begin', { address: 'mallory@example.net' }],
    ['POST', '/credentials/recovery_code', undefined],
    ['POST', '/password', { current_password: PASSWORD, new_password: 'a new one entirely 7' }],
  ]

  test.each(CHANGES)('with the password alone, in a remembered browser: %s %s is refused', async (method, path, body) => {
    const app = await house.addTotp()
    const jar = house.jar()
    const mfa = await signIn(jar, await jar.get('/t/main/login'))
    await jar.submit(mfa, { otp: app.code(), remember: 'yes' })
    for (const name of [...jar.cookies.keys()]) if (name.endsWith('.session')) jar.cookies.delete(name)
    const thief = await personIn(jar)

    const refused = await thief.ask(method, path.replace('{id}', app.credential.id), body)

    expect(refused).toMatchObject({ status: 401, body: { type: 'urn:gatehouse:error:reauthentication_required' } })
    expect((await list(thief.ask)).items).toHaveLength(1)
  })

  test('to be sure asks for the factor even in a remembered browser, and even where the policy asks for none', async () => {
    await house.setPolicy({ steps: [{ anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false }] })
    const app = await house.addTotp()
    const { ask, jar } = await person()
    expect((await ask('DELETE', `/credentials/${app.credential.id}`)).status).toBe(401)

    const mfa = await signIn(jar, await jar.get('/t/main/login?max_age=0&continue=/account/security'))
    await jar.submit(mfa, { otp: app.code() })

    expect(mfa.url.pathname).toBe('/t/main/mfa')
    expect(mfa.body).not.toContain('name="remember"')
    const again = await personWith(jar)
    expect((await again.ask('DELETE', `/credentials/${app.credential.id}`)).status).toBe(204)
  })

  test('a session that an application with weaker steps was enough for does not open My Account', async () => {
    const app = await house.addTotp()
    await house.addApplication('kiosk', {
      gatehouse_skip_consent: true,
      gatehouse_sign_in: { steps: [{ anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false }] },
    })
    const jar = house.jar()
    const back = await house.begin(jar, { client_id: 'kiosk' })
    const cookie = [...jar.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')

    const api = await house.fetch('/t/main/api/v1/me', { headers: { cookie } })
    const page = await house.fetch('/t/main/account', { headers: { cookie } })
    const mfa = await jar.get('/t/main/login?continue=/account/security')

    expect(back.url.searchParams.has('code')).toBe(true)
    expect(api.status).toBe(401)
    expect(page.headers.get('location')).toMatch(/^\/t\/main\/mfa\?/)
    expect(mfa.url.pathname).toBe('/t/main/mfa')
    await jar.submit(mfa, { otp: app.code() })
    expect((await list((await personWith(jar)).ask)).items).toHaveLength(1)
  })

  test('a browser that was signed in before a factor was added is asked for it', async () => {
    const [here, elsewhere] = [await person(), await person()]
    await addApp(here.ask)

    expect((await here.ask('GET', '/credentials')).status).toBe(200)
    expect((await elsewhere.ask('GET', '/credentials')).status).toBe(401)
    expect((await house.authorize(elsewhere.jar)).url.pathname).toBe('/t/main/mfa')
    expect((await house.authorize(here.jar)).url.searchParams.has('code')).toBe(true)
  })

  test.each(['x', 'crd_somebodyelses'])('a factor that is not theirs (%s) is not there', async (id) => {
    const { ask } = await person()

    expect((await ask('DELETE', `/credentials/${id}`)).status).toBe(404)
    expect((await ask('PATCH', `/credentials/${id}`, { name: 'mine' })).status).toBe(404)
  })

  test("another person's factor is neither renamed nor removed", async () => {
    const al = await house.addUser('al', 'another walk by the lake 8')
    const theirs = await house.addTotp(al)
    const { ask } = await person()

    expect((await ask('DELETE', `/credentials/${theirs.credential.id}`)).status).toBe(404)
    expect((await ask('PATCH', `/credentials/${theirs.credential.id}`, { name: 'mine' })).status).toBe(404)
    expect(await house.stores().credentials.list(al.id)).toHaveLength(1)
  })

  test('a profile that is written meanwhile loses no factor', async () => {
    const { ask } = await person()
    const app = await addApp(ask)
    const { users } = house.stores()
    const jo = await users.find(house.jo.id, { consistent: true })
    if (!jo) throw new Error('jo is there')
    const { factors, ...without } = jo

    await users.update(jo, without, 'user.updated', {})

    expect(factors).toEqual(['totp'])
    expect((await users.find(house.jo.id))?.factors).toEqual(['totp'])
    expect(app.kind).toBe('totp')
  })
})

async function person(userName = 'jo', password = PASSWORD): Promise<{ ask: Ask; jar: Jar }> {
  return personIn(house.jar(), userName, password)
}

async function personIn(jar: Jar, userName = 'jo', password = PASSWORD): Promise<{ ask: Ask; jar: Jar }> {
  await signIn(jar, await jar.get('/t/main/login'), userName, password)
  return personWith(jar)
}

async function personWith(jar: Jar): Promise<{ ask: Ask; jar: Jar }> {
  const cookie = [...jar.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const path = '/t/main/api/v1/me'
  const me = (await (await house.fetch(path, { headers: { cookie } })).json()) as Me
  const ask: Ask = async (method, below, body, headers = {}) => {
    const response = await house.fetch(`${path}${below}`, {
      method,
      headers: {
        cookie,
        origin: house.origin,
        'x-csrf-token': me.csrfToken,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  }
  return { ask, jar }
}

async function list(ask: Ask): Promise<MyCredentials> {
  return (await ask<MyCredentials>('GET', '/credentials')).body
}

async function addApp(ask: Ask): Promise<MyCredential> {
  const { body: begun } = await ask<BegunCredential>('POST', '/credentials/totp/begin', {})
  return (await ask<MyCredential>('POST', '/credentials/totp', { enrolment: begun.enrolment, otp: codeOf(begun), name: '' })).body
}

async function useCode(code: string) {
  const jar = house.jar()
  const mfa = await house.begin(jar)
  const href = /<a href="([^"]*)">\s*Recovery code/.exec(mfa.body)?.[1]?.replaceAll('&amp;', '&')
  return jar.submit(href === undefined ? mfa : await jar.get(href), { otp: code })
}

/** What the app shows that has taken over this key. */
function codeOf({ totp }: BegunCredential): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...(totp?.key ?? '')].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  return hotp(secret, Math.floor(house.house.ports.clock.now() / 30_000))
}
