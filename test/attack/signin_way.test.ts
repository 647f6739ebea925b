/** The way through the sign-in, in the order in which a person goes it, and what it costs (design, section 10). */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { ensureSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Visit } from '../fixture/browser_jar.ts'
import { authorizePath, CALLBACK, openSignInHouse, type SignInHouse, signIn } from '../fixture/sign_in_house.ts'

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

let house: SignInHouse

beforeEach(async () => {
  house = await openSignInHouse()
})

afterEach(() => house.close())

test('a person signs in, agrees, and comes back with a code; the next time nothing is asked', async () => {
  const jar = house.jar()

  const login = await house.authorize(jar)
  const consent = await signIn(jar, login)
  const back = await jar.submit(consent, { decision: 'allow' })

  expect(login.url.pathname).toBe('/t/main/login')
  expect(consent.url.pathname).toBe('/t/main/consent')
  expect(consent.body).toContain('jo@example.org')
  expect(back.url.origin + back.url.pathname).toBe(CALLBACK)
  expect(back.url.searchParams.get('code')).toBeTruthy()
  expect(back.url.searchParams.get('state')).toBe('the-state')
  expect(back.url.searchParams.get('iss')).toBe('http://localhost:9443/t/main')
  expect(codeOf(await house.authorize(jar))).toBeTruthy()
})

test('the code is good for tokens with exactly the attributes that were allowed', async () => {
  await ensureSigningKeys(await house.context())
  await house.addApplication('picky', {
    gatehouse_claims: [
      { name: 'given_name', essential: true },
      { name: 'family_name', essential: false },
      { name: 'email', essential: false },
    ],
  })
  const jar = house.jar()
  const consent = await signIn(jar, await house.authorize(jar, { client_id: 'picky', scope: 'openid' }))

  const back = await jar.submit(consent, { decision: 'allow', claim: ['given_name', 'email'] })

  const { access_token } = await redeem(codeOf(back), 'picky')
  const userinfo = await house.fetch('/t/main/oauth2/userinfo', { headers: { authorization: `Bearer ${access_token}` } })
  expect(await userinfo.json()).toEqual({ sub: expect.any(String), given_name: 'Given', email: 'jo@example.org', email_verified: false })
})

test('refusing sends access_denied to the application; the person is signed in all the same', async () => {
  const jar = house.jar()
  const consent = await signIn(jar, await house.authorize(jar))

  const back = await jar.submit(consent, { decision: 'deny' })
  const again = await house.authorize(jar)

  expect(back.url.searchParams.get('error')).toBe('access_denied')
  expect(back.url.searchParams.get('state')).toBe('the-state')
  expect(again.url.pathname).toBe('/t/main/consent')
})

test('prompt=none answers with a code, or with what is missing, and never with a page', async () => {
  const jar = house.jar()

  expect((await house.authorize(jar, { prompt: 'none' })).url.searchParams.get('error')).toBe('login_required')
  const consent = await signIn(jar, await house.authorize(jar))
  await jar.submit(consent, { decision: 'deny' })
  expect((await house.authorize(jar, { prompt: 'none' })).url.searchParams.get('error')).toBe('consent_required')
  await jar.submit(await house.authorize(jar), { decision: 'allow' })
  expect(codeOf(await house.authorize(jar, { prompt: 'none' }))).toBeTruthy()
})

test('prompt=login asks for the password again, and keeps the session with a new secret', async () => {
  const jar = await signedIn()
  const before = sessionCookie(jar.cookies)
  house.pass(60)

  const login = await house.authorize(jar, { prompt: 'login' })
  const back = await signIn(jar, login)

  expect(login.url.pathname).toBe('/t/main/login')
  expect(codeOf(back)).toBeTruthy()
  const after = sessionCookie(jar.cookies)
  expect(after.split('.').slice(0, 2)).toEqual(before.split('.').slice(0, 2))
  expect(after).not.toBe(before)
})

test('somebody else who signs in at the same browser ends the first session', async () => {
  await house.addUser('al', 'another walk by the lake 8')
  const jar = await signedIn()
  const [userId = '', sessionId = ''] = sessionCookie(jar.cookies).split('.')

  const consent = await signIn(jar, await house.authorize(jar, { prompt: 'login' }), 'al', 'another walk by the lake 8')
  await jar.submit(consent, { decision: 'allow' })

  expect(sessionCookie(jar.cookies).split('.')[0]).not.toBe(userId)
  const ended = await house.stores().sessions.find(userId as `usr_${string}`, sessionId as `ses_${string}`)
  expect(ended?.status).toBe('ended')
})

test('the hosted sign-in page by itself leads to My Account', async () => {
  const jar = house.jar()

  const back = await signIn(jar, await jar.get('/t/main/login'))

  expect(back.url.pathname).toBe('/t/main/account')
  expect((await jar.get('/t/main/login')).url.pathname).toBe('/t/main/account')
})

test('an interaction that is too large for a cookie waits in the store', async () => {
  const jar = house.jar()
  const state = 's'.repeat(2000)

  const login = await house.authorize(jar, { state })
  const largest = Math.max(...[...jar.cookies.values()].map(({ value }) => value.length))
  const back = await jar.submit(await signIn(jar, login), { decision: 'allow' })

  expect(largest).toBeLessThanOrEqual(1500)
  expect(back.url.searchParams.get('state')).toBe(state)
})

test('at most three sign-ins are open in one browser; the oldest makes room', async () => {
  const jar = house.jar()
  const first = await house.authorize(jar)
  for (let i = 0; i < 3; i++) {
    house.pass(1)
    await house.authorize(jar)
  }

  expect([...jar.cookies.keys()].filter((name) => name.includes('.interaction.'))).toHaveLength(3)
  expect((await signIn(jar, first)).status).toBe(410)
})

test('an interaction lives ten minutes', async () => {
  const jar = house.jar()
  const login = await house.authorize(jar)
  house.pass(600)

  const late = await signIn(jar, login)

  expect(late.status).toBe(410)
  expect(late.body).toContain('took too long')
  expect((await signIn(jar, late)).url.pathname).toBe('/t/main/account')
})

test('login_hint is filled in, and prompt=select_account lets another person in', async () => {
  await house.addUser('al', 'another walk by the lake 8')
  const jar = await signedIn()

  const hinted = await house.authorize(house.jar(), { login_hint: 'al' })
  const select = await house.authorize(jar, { prompt: 'select_account' })
  const consent = await signIn(jar, select, 'al', 'another walk by the lake 8')

  expect(hinted.body).toMatch(/name="username"[^>]* value="al"/)
  expect(select.url.pathname).toBe('/t/main/login')
  expect(consent.body).toContain('al@example.org')
})

test('max_age asks for the password once the last proof is older', async () => {
  const jar = await signedIn()
  house.pass(100)

  const fresh = await house.authorize(jar, { max_age: '100' })
  const stale = await house.authorize(jar, { max_age: '99' })

  expect(codeOf(fresh)).toBeTruthy()
  expect(stale.url.pathname).toBe('/t/main/login')
  expect(codeOf(await signIn(jar, stale))).toBeTruthy()
})

test('prompt=create begins with registration', async () => {
  expect((await house.authorize(house.jar(), { prompt: 'create' })).url.pathname).toBe('/t/main/signup')
})

test('an application of the house itself asks nobody for consent', async () => {
  await house.addApplication('own', { gatehouse_skip_consent: true })

  const jar = house.jar()

  expect(codeOf(await signIn(jar, await house.authorize(jar, { client_id: 'own' })))).toBeTruthy()
})

test('a suspended person, a changed password and an ended session sign nobody in', async () => {
  const jar = await signedIn()
  const stores = house.stores()
  const jo = await stores.users.findByName('jo')
  if (!jo) throw new Error('jo is there')

  const changed = await stores.users.setPassword(jo, await house.house.ports.hasher.hash('a new one entirely'), {})
  expect((await house.authorize(jar, { prompt: 'none' })).url.searchParams.get('error')).toBe('login_required')
  const again = await signedIn('a new one entirely')
  await stores.users.update(changed, { ...changed, active: false }, 'user.suspended', {})
  expect((await house.authorize(again, { prompt: 'none' })).url.searchParams.get('error')).toBe('login_required')
  const refused = await signIn(again, await house.authorize(again), 'jo', 'a new one entirely')
  expect(refused.status).toBe(403)
})

test('a sign-in with known consent costs at most 4 write and 4 read units, with its tokens and its audit record', async () => {
  await ensureSigningKeys(await house.context())
  // Cached configuration is read by this first one: once in five seconds, not per sign-in.
  await redeem(codeOf(await signInAndAllow()))
  await settleAudit()
  const jar = house.jar()
  const before = house.logs.length

  const login = await house.authorize(jar)
  const back = await signIn(jar, login)
  await redeem(codeOf(back))

  const units = spentSince(before)
  units.write += await settleAudit()
  expect(units.write).toBeLessThanOrEqual(4)
  expect(units.read).toBeLessThanOrEqual(4)
})

test('settling the tries of former sign-ins costs half a read unit, once in four sign-ins', async () => {
  await signInAndAllow()
  const before = house.logs.length

  for (let i = 0; i < 8; i++) expect(codeOf(await signInAndAllow())).toBeTruthy()

  // A sign-in up to its code: name, record, network, consent.
  expect(spentSince(before).read).toBeLessThanOrEqual(8 * 2 + 2 * 0.5)
})

test('authorize with a session costs at most 2 read units and no write', async () => {
  const jar = await signedIn()
  await house.authorize(jar)
  const before = house.logs.length

  const back = await house.authorize(jar)

  expect(codeOf(back)).toBeTruthy()
  expect(spentSince(before).read).toBeLessThanOrEqual(2)
  expect(spentSince(before).write).toBe(0)
})

async function signInAndAllow(password?: string): Promise<Visit> {
  const jar = house.jar()
  const next = await signIn(jar, await house.authorize(jar), 'jo', password)
  return next.url.pathname === '/t/main/consent' ? jar.submit(next, { decision: 'allow' }) : next
}

async function signedIn(password?: string) {
  const jar = house.jar()
  const next = await signIn(jar, await house.authorize(jar), 'jo', password)
  if (next.url.pathname === '/t/main/consent') await jar.submit(next, { decision: 'allow' })
  return jar
}

function codeOf(visit: Visit): string {
  const code = visit.url.searchParams.get('code')
  if (code === null) throw new Error(`no code: ${visit.status} ${visit.url}`)
  return code
}

async function redeem(code: string, clientId = 'desk'): Promise<{ access_token: string }> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    client_id: clientId,
    code_verifier: VERIFIER,
  })
  const response = await house.fetch('/t/main/oauth2/token', { method: 'POST', body })
  expect(response.status).toBe(200)
  return response.json() as Promise<{ access_token: string }>
}

function sessionCookie(cookies: ReadonlyMap<string, { value: string }>): string {
  return [...cookies].find(([name]) => name.endsWith('.session'))?.[1].value ?? ''
}

function spentSince(line: number): { read: number; write: number } {
  const spent = house.logs.slice(line).filter(({ message }) => message === 'request')
  return { read: sum(spent.map(({ fields }) => fields.read)), write: sum(spent.map(({ fields }) => fields.write)) }
}

/** What the relay writes for the events so far: one audit item for each that is audited. */
async function settleAudit(): Promise<number> {
  const { stream } = house.house.ports
  const records = await stream.read(1000)
  const stores = house.stores()
  for (const record of records) {
    const event = record.event as unknown as HouseEvent
    if (event.audited) await stores.audit.append(event)
  }
  const last = records.at(-1)
  if (last) await stream.commit(last.position)
  return stores.meter.write
}

function sum(values: readonly unknown[]): number {
  return values.reduce<number>((total, value) => total + Number(value), 0)
}

test('a stranger fills the store neither with claims that nobody has nor with long requests', async () => {
  const nothing = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`claim_number_${index}`, null]))
  await house.fetch(authorizePath({ claims: JSON.stringify({ userinfo: nothing }) }))
  expect(house.logs.at(-1)?.fields.write).toBe(0)

  const long = () => house.fetch(authorizePath({ state: 's'.repeat(4096) }))
  for (let request = 0; request < 600; request++) expect((await long()).status).toBe(303)

  expect((await long()).status).toBe(429)
  expect(house.logs.at(-1)?.fields.write).toBe(1)
  expect((await house.fetch(authorizePath())).status).toBe(303)
})
