/** Further factors: the way through them, and every way past them. */
import { ACR_MULTI_FACTOR, ACR_PASSWORD } from '@gatehouse/core/authentication_context.ts'
import { SECOND_STEP } from '@gatehouse/core/sign_in_policy.ts'
import { ensureSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hiddenFields, type Jar, type Visit } from '../fixture/browser_jar.ts'
import { codeFrom, type FactorHouse, openFactorHouse } from '../fixture/factor_house.ts'
import { CALLBACK, PASSWORD, signIn } from '../fixture/sign_in_house.ts'

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const MUST = [
  { anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false },
  { anyOf: SECOND_STEP, ifNotEnrolled: 'enrol', rememberable: true },
] as const

let house: FactorHouse

beforeEach(async () => {
  house = await openFactorHouse()
})

afterEach(() => house.close())

describe('the way', () => {
  test('who has nothing but a password is asked for nothing else', async () => {
    expect(codeFrom(await house.begin(house.jar()))).toBeTruthy()
  })

  test('an authenticator app: password, then its code; the tokens say so', async () => {
    await ensureSigningKeys(await house.context())
    const app = await house.addTotp()
    const jar = house.jar()

    const mfa = await house.begin(jar)
    const back = await jar.submit(mfa, { otp: app.code() })

    expect(mfa.url.pathname).toBe('/t/main/mfa')
    expect(mfa.body).toContain('autocomplete="one-time-code"')
    const claims = await idTokenOf(back)
    expect(claims).toMatchObject({ acr: ACR_MULTI_FACTOR, amr: ['pwd', 'otp', 'mfa'] })
  })

  test.each([
    ['email_otp', 'jo.private@example.org', 'j•••@example.org'],
    ['sms_otp', '+491701234567', '+49 ••• 67'],
  ] as const)('%s: the code goes to %s, and the page says no more than %s', async (kind, address, shown) => {
    await house.addSent(kind, address)
    const jar = house.jar()

    const mfa = await house.begin(jar)
    const sent = await house.sentCodes()
    const back = await jar.submit(mfa, { otp: `${sent.latest.slice(0, 3)} ${sent.latest.slice(3)}` })

    expect(sent.address).toBe(address)
    expect(mfa.body).toContain(shown)
    expect(mfa.body).not.toContain(address)
    expect(JSON.stringify(sent.event)).not.toContain(sent.latest)
    expect(codeFrom(back)).toBeTruthy()
  })

  test('a page that is loaded again sends no second code; the button does, after a while that grows', async () => {
    await house.addSent('email_otp', 'jo@example.net')
    const jar = house.jar()
    const mfa = await house.begin(jar)
    await jar.get(mfa.url.href)
    expect((await house.sentCodes()).count).toBe(1)

    const tooSoon = await jar.submit(mfa, { action: 'resend' })
    house.pass(31)
    const again = await jar.submit(mfa, { action: 'resend' })

    expect(tooSoon.status).toBe(429)
    expect(again.status).toBe(200)
    expect((await house.sentCodes()).count).toBe(2)
    expect((await jar.submit(again, { action: 'resend' })).headers.get('retry-after')).toBe('60')
  })

  test('recovery codes stand in for what is not at hand, once each', async () => {
    await house.addTotp()
    const [first = '', second = ''] = await house.addRecoveryCodes()
    const use = async (code: string) => {
      const jar = house.jar()
      const mfa = await house.begin(jar)
      return jar.submit(await other(jar, mfa, 'Recovery code'), { otp: code })
    }

    expect(codeFrom(await use(first))).toBeTruthy()
    expect((await use(first)).status).toBe(400)
    expect(codeFrom(await use(second.toUpperCase().replace('-', ' ')))).toBeTruthy()
  })

  test('the factor that was used last comes first', async () => {
    await house.addTotp()
    await house.addSent('email_otp', 'jo@example.net')
    const jar = house.jar()
    const first = await house.begin(jar)
    const mail = await other(jar, first, 'Code by e-mail')
    expect(codeFrom(await jar.submit(mail, { otp: (await house.sentCodes()).latest }))).toBeTruthy()

    const next = await house.begin(house.jar())

    expect(first.body).toContain('authenticator app')
    expect(next.body).toContain('we have sent')
  })

  test('a step that must be is enrolled on the way, and counts', async () => {
    await house.setPolicy({ steps: MUST })
    await ensureSigningKeys(await house.context())
    const jar = house.jar()

    const choose = await house.begin(jar)
    const address = await jar.get(linkTo(choose, 'Code by e-mail'))
    const sent = await jar.submit(address, { action: 'send', email: 'jo@example.net' })
    const back = await jar.submit(sent, { otp: (await house.sentCodes()).latest })

    expect(choose.url.pathname).toBe('/t/main/mfa/enrol')
    expect(await idTokenOf(back)).toMatchObject({ acr: ACR_MULTI_FACTOR })
    expect((await house.begin(house.jar())).url.pathname).toBe('/t/main/mfa')
  })

  test('a policy that must be and lets nobody enrol sends who lacks it back with access_denied', async () => {
    await house.setPolicy({ steps: [MUST[0], { ...MUST[1], ifNotEnrolled: 'refuse' }] })

    expect((await house.begin(house.jar())).url.searchParams.get('error')).toBe('access_denied')
  })

  test('a remembered browser passes, and its tokens claim no more than was proven', async () => {
    await ensureSigningKeys(await house.context())
    const app = await house.addTotp()
    const jar = house.jar()
    await jar.submit(await house.begin(jar), { otp: app.code(), remember: 'yes' })
    forgetSession(jar)

    const back = await house.begin(jar)

    expect(await idTokenOf(back)).toMatchObject({ acr: ACR_PASSWORD, amr: ['pwd'] })
    expect((await house.begin(house.jar())).url.pathname).toBe('/t/main/mfa')
  })

  test.each(['a month', 'a new password', 'the factor is gone'])('remembering ends: %s', async (why) => {
    const app = await house.addTotp()
    await house.addSent('sms_otp', '+491701234567')
    const jar = house.jar()
    const mfa = await house.begin(jar)
    await jar.submit(await other(jar, mfa, 'Authenticator app'), { otp: app.code(), remember: 'yes' })
    forgetSession(jar)
    const { users, credentials } = house.stores()
    const jo = await users.findByName('jo')
    if (!jo) throw new Error('jo is there')
    expect(codeFrom(await house.begin(jar))).toBeTruthy()
    forgetSession(jar)
    if (why === 'a month') house.pass(30 * 86_400 + 1)
    if (why === 'a new password') await users.setPassword(jo, await house.house.ports.hasher.hash(PASSWORD), {})
    if (why === 'the factor is gone') {
      const event = house.stores().shelf.event('credential.removed', {})
      await credentials.remove(jo.id, [app.credential], users.factorsWrite(jo, ['sms_otp'], event).write)
    }

    expect((await house.begin(jar)).url.pathname).toBe('/t/main/mfa')
  })
})

describe('levels that an application asks for', () => {
  test('acr_values steps a session up by the factor alone; a second factor makes the sign-in no fresher', async () => {
    await house.setPolicy({ steps: MUST.slice(0, 1) })
    await ensureSigningKeys(await house.context())
    const app = await house.addTotp()
    const jar = house.jar()
    const plain = await idTokenOf(await house.begin(jar))
    house.pass(60)

    const mfa = await house.authorize(jar, { acr_values: ACR_MULTI_FACTOR })
    const stepped = await idTokenOf(await jar.submit(mfa, { otp: app.code() }))

    expect(plain.acr).toBe(ACR_PASSWORD)
    expect(mfa.url.pathname).toBe('/t/main/mfa')
    expect(stepped).toMatchObject({ acr: ACR_MULTI_FACTOR, auth_time: plain.auth_time, amr: ['pwd', 'otp', 'mfa'] })
    expect(codeFrom(await house.authorize(jar, { acr_values: ACR_MULTI_FACTOR, prompt: 'none' }))).toBeTruthy()
    expect(await idTokenOf(await house.authorize(jar, { acr_values: ACR_PASSWORD }))).toMatchObject({ acr: ACR_PASSWORD })
  })

  test('a wish that cannot be granted is let go; what is essential is enrolled', async () => {
    const essential = JSON.stringify({ id_token: { acr: { essential: true, values: [ACR_MULTI_FACTOR] } } })

    expect(codeFrom(await house.begin(house.jar(), { acr_values: ACR_MULTI_FACTOR }))).toBeTruthy()
    expect((await house.begin(house.jar(), { claims: essential })).url.pathname).toBe('/t/main/mfa/enrol')
  })

  test('prompt=none says what is missing', async () => {
    await house.setPolicy({ steps: MUST.slice(0, 1) })
    await house.addTotp()
    const jar = house.jar()
    await house.begin(jar)

    const silent = await house.authorize(jar, { acr_values: ACR_MULTI_FACTOR, prompt: 'none' })

    expect(silent.url.searchParams.get('error')).toBe('login_required')
  })
})

describe('forms from elsewhere', () => {
  test.each([
    ['without its token', { csrf: '' }, {}],
    ["with another page's token", { csrf: 'of login' }, {}],
    ['from another site', {}, { 'sec-fetch-site': 'cross-site' }],
  ])('the code is not taken %s', async (_, fields, headers) => {
    const app = await house.addTotp()
    const jar = house.jar()
    const login = await house.authorize(jar)
    const mfa = await signIn(jar, login)
    const csrf = 'csrf' in fields && fields.csrf !== '' ? { csrf: String(hiddenFields(login.body).csrf) } : fields

    const visit = await jar.post('/t/main/mfa', { ...hiddenFields(mfa.body), otp: app.code(), ...csrf }, headers)

    expect(visit.status).toBe(403)
    expect(codeFrom(await jar.submit(mfa, { otp: app.code() }))).toBeTruthy()
  })

  test.each([
    ['without its token', { csrf: '' }, {}, 403],
    ["with the factor page's token", { csrf: 'of another page' }, {}, 403],
    ['from another site', {}, { 'sec-fetch-site': 'cross-site' }, 403],
    ['of a kind that the step does not allow', { kind: 'sms_otp' }, {}, 400],
  ])('nothing is enrolled %s', async (_, fields, headers, status) => {
    await house.setPolicy({ steps: [MUST[0], { ...MUST[1], anyOf: ['email_otp'] }] })
    const jar = house.jar()
    const address = await house.begin(jar)
    const sent = await jar.submit(address, { action: 'send', email: 'jo@example.net' })

    const visit = await jar.post(
      '/t/main/mfa/enrol',
      { ...hiddenFields(sent.body), otp: (await house.sentCodes()).latest, ...fields },
      headers,
    )

    expect(visit.status).toBe(status)
    expect(await house.stores().credentials.list(house.jo.id)).toEqual([])
  })

  test('what was begun in another sign-in, or by another person, is not enrolled', async () => {
    await house.setPolicy({ steps: [MUST[0], { ...MUST[1], anyOf: ['totp'] }] })
    await house.addUser('mallory', 'a walk in the dark 9')
    const attacker = house.jar('198.51.100.9')
    const theirs = await signIn(attacker, await house.authorize(attacker), 'mallory', 'a walk in the dark 9')
    const first = await house.begin(house.jar())
    const jar = house.jar()
    const page = await house.begin(jar)

    for (const other of [theirs, first]) {
      const visit = await jar.submit(page, { enrolment: String(hiddenFields(other.body).enrolment), otp: '000000' })
      expect(visit.status).toBe(410)
      expect(visit.body).toContain('Please begin again')
    }
    expect(await house.stores().credentials.list(house.jo.id)).toEqual([])
  })
})

test.each([
  ['totp', 2],
  ['email_otp', 7],
] as const)('%s costs %i writes more than the password alone, beside its message', async (kind, more) => {
  const unitsOf = async (work: () => Promise<unknown>) => {
    const before = house.logs.length
    await work()
    const lines = house.logs.slice(before).filter(({ message }) => message === 'request')
    return lines.reduce((sum, { fields }) => sum + Number(fields.write), 0)
  }
  const plain = await unitsOf(() => house.begin(house.jar()))
  const app = kind === 'totp' ? await house.addTotp() : undefined
  if (kind === 'email_otp') await house.addSent(kind, 'jo@example.net')

  const spent = await unitsOf(async () => {
    const jar = house.jar()
    const mfa = await house.begin(jar)
    const back = await jar.submit(mfa, { otp: app?.code() ?? (await house.sentCodes()).latest })
    expect(codeFrom(back)).toBeTruthy()
  })

  expect(spent - plain).toBe(more)
})

describe('skipping a step', () => {
  test('every page that is called out of order leads back to the factor, and no code is issued', async () => {
    await house.addTotp()
    const jar = house.jar()
    const mfa = await house.begin(jar)
    const interaction = String(hiddenFields(mfa.body).interaction)

    for (const path of ['login', 'consent', 'mfa', 'mfa/enrol']) {
      const visit = await jar.get(`/t/main/${path}?interaction=${interaction}`)
      expect(visit.url.pathname, path).toBe('/t/main/mfa')
    }
    for (const path of ['consent', 'mfa/enrol']) {
      const visit = await jar.post(`/t/main/${path}`, { ...hiddenFields(mfa.body), decision: 'allow', kind: 'totp', otp: '000000' })
      expect(visit.url.pathname, path).toBe('/t/main/mfa')
    }
    expect([...jar.cookies.keys()].some((name) => name.endsWith('.session'))).toBe(false)
  })

  test('the factor page before the password leads to the sign-in page', async () => {
    await house.addTotp()
    const jar = house.jar()
    const login = await house.authorize(jar)
    const interaction = String(hiddenFields(login.body).interaction)

    expect((await jar.get(`/t/main/mfa?interaction=${interaction}`)).url.pathname).toBe('/t/main/login')
    expect((await jar.post('/t/main/mfa', { interaction, otp: '123456', csrf: 'x' })).url.pathname).toBe('/t/main/login')
  })

  test("another interaction's cookie, renamed, opens nothing", async () => {
    const app = await house.addTotp()
    const own = house.jar()
    await own.submit(await house.begin(own), { otp: app.code() })
    const attacker = house.jar()
    const begun = await house.authorize(attacker)
    const interaction = String(hiddenFields(begun.body).interaction)
    const mfa = await house.begin(attacker)
    const proven = [...attacker.cookies].find(([name]) => name.includes(String(hiddenFields(mfa.body).interaction)))?.[1]
    const name = [...attacker.cookies.keys()].find((one) => one.includes(interaction)) ?? ''
    attacker.cookies.set(name, { value: proven?.value ?? '', path: '/t/main' })

    expect((await attacker.get(`/t/main/mfa?interaction=${interaction}`)).status).toBe(410)
    expect((await attacker.get(`/t/main/consent?interaction=${interaction}`)).status).toBe(410)
  })

  test('a factor that was proven to a session proves nothing once that session has ended', async () => {
    await house.setPolicy({ steps: MUST.slice(0, 1) })
    const app = await house.addTotp()
    const jar = house.jar()
    await house.begin(jar)
    await house.addApplication('asks', {})
    const mfa = await house.authorize(jar, { client_id: 'asks', acr_values: ACR_MULTI_FACTOR })
    const consent = await jar.submit(mfa, { otp: app.code() })
    forgetSession(jar)

    const after = await jar.submit(consent, { decision: 'allow' })

    expect(consent.url.pathname).toBe('/t/main/consent')
    expect(after.url.pathname).toBe('/t/main/login')
  })

  test('a browser that is remembered for one person asks another', async () => {
    const app = await house.addTotp()
    const al = await house.addUser('al', 'another walk by the lake 8')
    await house.addTotp(al)
    const jar = house.jar()
    await jar.submit(await house.begin(jar), { otp: app.code(), remember: 'yes' })
    forgetSession(jar)

    const next = await signIn(jar, await house.authorize(jar), 'al', 'another walk by the lake 8')

    expect(next.url.pathname).toBe('/t/main/mfa')
  })

  test('a credential of somebody else is not used, nor a code of theirs', async () => {
    await house.addTotp()
    const al = await house.addUser('al', 'another walk by the lake 8')
    const theirs = await house.addTotp(al)
    const jar = house.jar()
    const mfa = await house.begin(jar)

    const visit = await jar.submit(mfa, { credential: theirs.credential.id, otp: theirs.code() })

    expect(visit.status).toBe(400)
    expect(codeFrom(visit)).toBeNull()
  })
})

async function other(jar: Jar, visit: Visit, kind: string): Promise<Visit> {
  const href = linkIn(visit, kind)
  return href === undefined ? visit : jar.get(href)
}

function linkIn(visit: Visit, text: string): string | undefined {
  return new RegExp(`<a href="([^"]*)">\\s*${text}`).exec(visit.body)?.[1]?.replaceAll('&amp;', '&')
}

function linkTo(visit: Visit, text: string): string {
  const href = linkIn(visit, text)
  if (href === undefined) throw new Error(`no link ${text} at ${visit.url}`)
  return href
}

function forgetSession(jar: Jar): void {
  for (const name of [...jar.cookies.keys()]) if (name.endsWith('.session')) jar.cookies.delete(name)
}

async function idTokenOf(back: Visit): Promise<Record<string, unknown>> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: codeFrom(back) ?? `none: ${back.status} ${back.url}`,
    redirect_uri: CALLBACK,
    client_id: 'desk',
    code_verifier: VERIFIER,
  })
  const response = await house.fetch('/t/main/oauth2/token', { method: 'POST', body })
  const { id_token } = (await response.json()) as { id_token?: string }
  return id_token === undefined ? {} : decodeJwt(id_token)
}
