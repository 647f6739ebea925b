/** Attacks by way of the browser: planted cookies, forged forms, pages out of order, the Back button. */
import { withdrawConsent } from '@gatehouse/privacy/consents.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hiddenFields, type Jar } from '../fixture/browser_jar.ts'
import { authorizePath, openSignInHouse, PASSWORD, type SignInHouse, signIn } from '../fixture/sign_in_house.ts'

let house: SignInHouse

beforeEach(async () => {
  house = await openSignInHouse()
})

afterEach(() => house.close())

test('a session cookie that an attacker planted is not the one that the sign-in ends in', async () => {
  const attacker = await signedIn()
  const victim = house.jar()
  await house.addUser('vi', 'the victim walks too 9')
  for (const [name, cookie] of attacker.cookies) if (name.endsWith('.session')) victim.cookies.set(name, cookie)
  const planted = cookieValue(attacker, '.session')

  const consent = await signIn(victim, await house.authorize(victim, { prompt: 'login' }), 'vi', 'the victim walks too 9')
  await victim.submit(consent, { decision: 'allow' })

  const [before, after] = [planted, cookieValue(victim, '.session')].map((value) => value.split('.'))
  expect(after).toHaveLength(3)
  expect(after?.map((part, i) => part === before?.[i])).toEqual([false, false, false])
  expect((await house.authorize(attacker, { prompt: 'none' })).url.searchParams.get('error')).toBe('login_required')
})

test('a form without its token, or with the token of another interaction, is refused and signs nobody in', async () => {
  const [jar, other] = [house.jar(), house.jar()]
  const [login, elsewhere] = [await house.authorize(jar), await house.authorize(other)]

  const without = await jar.submit(login, { username: 'jo', password: PASSWORD, csrf: '' })
  const foreign = await jar.submit(login, { username: 'jo', password: PASSWORD, csrf: String(hiddenFields(elsewhere.body).csrf) })

  expect([without.status, foreign.status]).toEqual([403, 403])
  expect(cookieValue(jar, '.session')).toBe('')
})

test('a form posted from another site is refused even with its token', async () => {
  const jar = house.jar()
  const login = await house.authorize(jar)
  const fields = { ...hiddenFields(login.body), username: 'jo', password: PASSWORD }

  const crossSite = await jar.post('/t/main/login', fields, { 'sec-fetch-site': 'cross-site' })
  const sameSite = await jar.post('/t/main/login', fields, { 'sec-fetch-site': 'same-site' })

  expect([crossSite.status, sameSite.status]).toEqual([403, 403])
})

test('an attacker cannot sign a victim in as the attacker: the interaction stays with the browser that began it', async () => {
  const [attacker, victim] = [house.jar(), house.jar()]
  const login = await house.authorize(attacker)

  const forged = await victim.post('/t/main/login', { ...hiddenFields(login.body), username: 'jo', password: PASSWORD })

  expect(forged.status).toBe(410)
  expect(cookieValue(victim, '.session')).toBe('')
})

test('the cookie of one interaction is not good for another', async () => {
  const jar = house.jar()
  const first = await house.authorize(jar)
  const second = await house.authorize(jar)
  const [one, two] = [first, second].map((visit) => `gatehouse.main.interaction.${visit.url.searchParams.get('interaction')}`)
  const [a, b] = [jar.cookies.get(one ?? ''), jar.cookies.get(two ?? '')]
  if (!a || !b || !one || !two) throw new Error('both cookies are there')
  jar.cookies.set(one, b)

  expect((await signIn(jar, first)).status).toBe(410)
})

test('the cookie of another tenant is not good here, whatever its name says', async () => {
  await house.addTenant('acme')
  await house.addApplication('desk', {}, undefined, 'acme')
  await house.addUser('jo', 'the password at acme 3', {}, 'acme')
  const jar = house.jar()
  const main = await house.authorize(jar)
  const acme = await jar.get(authorizePath({}, 'acme'))
  const idOfAcme = acme.url.searchParams.get('interaction')
  const sealed = jar.cookies.get(`gatehouse.acme.interaction.${idOfAcme}`)
  if (!sealed) throw new Error('the cookie of acme is there')
  jar.cookies.set(`gatehouse.main.interaction.${idOfAcme}`, { ...sealed, path: '/t/main' })

  const crossed = await jar.post('/t/main/login', {
    ...hiddenFields(main.body),
    interaction: String(idOfAcme),
    username: 'jo',
    password: PASSWORD,
  })

  expect(crossed.status).toBe(410)
})

test('a session of one tenant is nobody at another', async () => {
  await house.addTenant('acme')
  await house.addApplication('desk', {}, undefined, 'acme')
  const jar = await signedIn()
  const session = jar.cookies.get('gatehouse.main.session')
  if (!session) throw new Error('the session is there')
  jar.cookies.set('gatehouse.acme.session', { value: session.value, path: '/t/acme' })

  expect((await jar.get(authorizePath({}, 'acme'))).url.pathname).toBe('/t/acme/login')
})

test('a session cookie with a wrong secret, a missing part or a foreign id is nobody', async () => {
  const jar = await signedIn()
  const value = cookieValue(jar, '.session')
  const [user, session, secret] = value.split('.')

  for (const forged of [
    `${user}.${session}.wrong`,
    `${user}.${session}`,
    `${user}.${session}.`,
    `${user}.${session}.${secret}.x`,
    `usr_other123.${session}.${secret}`,
    '..',
    '',
  ]) {
    jar.cookies.set('gatehouse.main.session', { value: forged, path: '/t/main' })
    expect((await house.authorize(jar, { prompt: 'none' })).url.searchParams.get('error')).toBe('login_required')
  }
})

test('every page opened out of order leads to the step that is due, or says that there is none', async () => {
  const jar = house.jar()
  const login = await house.authorize(jar)
  const id = login.url.searchParams.get('interaction') ?? ''

  expect((await jar.get(`/t/main/consent?interaction=${id}`)).url.pathname).toBe('/t/main/login')
  expect((await jar.get(`/t/main/signup/profile?interaction=${id}`)).url.pathname).toBe('/t/main/signup')
  expect((await jar.post('/t/main/consent', { interaction: id, decision: 'allow', csrf: 'x' })).url.pathname).toBe('/t/main/login')
  expect((await jar.get('/t/main/consent')).status).toBe(410)
  expect((await jar.get('/t/main/login?interaction=int_00000000')).body).toContain('took too long')
  expect((await jar.get('/t/main/consent?interaction=x')).status).toBe(410)
  const consent = await signIn(jar, login)
  expect((await jar.get(`/t/main/login?interaction=${id}`)).url.pathname).toBe('/t/main/consent')
  await jar.submit(consent, { decision: 'allow' })
  expect((await jar.get(`/t/main/login?interaction=${id}`)).url.pathname).toBe('/t/main/account')
  expect((await jar.get(`/t/main/consent?interaction=${id}`)).status).toBe(410)
})

test('after signing out, going back and sending the old forms again signs nobody in', async () => {
  const jar = house.jar()
  const login = await house.authorize(jar)
  const beforeConsent = new Map(jar.cookies)
  const consent = await signIn(jar, login)
  const withProof = new Map(jar.cookies)
  await jar.submit(consent, { decision: 'allow' })
  const [userId = '', sessionId = ''] = cookieValue(jar, '.session').split('.')
  await house.stores().sessions.end(userId as `usr_${string}`, sessionId as `ses_${string}`, 'logout', {})

  // The very cookies of then, as a thief or a restored tab has them.
  restore(jar, withProof)
  const again = await jar.submit(consent, { decision: 'allow' })
  restore(jar, withProof)
  const reopened = await jar.get(`/t/main/consent?interaction=${consent.url.searchParams.get('interaction')}`)

  expect(again.status).toBe(410)
  expect(reopened.status).toBe(410)
  expect(cookieValue(jar, '.session')).toBe('')
  restore(jar, beforeConsent)
  expect((await jar.get(login.url.pathname + login.url.search)).body).toContain('name="password"')
})

test('confirming the password ends an interaction as well: its old cookie signs nobody in after signing out', async () => {
  const jar = await signedIn()
  await house.addApplication('other')
  const login = await house.authorize(jar, { prompt: 'login', client_id: 'other' })
  const consent = await signIn(jar, login)
  const withProof = new Map([...jar.cookies].filter(([name]) => !name.endsWith('.session')))
  await jar.submit(consent, { decision: 'allow' })
  const [userId = '', sessionId = ''] = cookieValue(jar, '.session').split('.')
  await house.stores().sessions.end(userId as `usr_${string}`, sessionId as `ses_${string}`, 'logout', {})
  restore(jar, withProof)

  const again = await jar.submit(consent, { decision: 'allow' })

  expect(again.status).toBe(410)
  expect(cookieValue(jar, '.session')).toBe('')
})

test('an old consent form does not bring back a consent that was withdrawn', async () => {
  const jar = house.jar()
  const consent = await signIn(jar, await house.authorize(jar))
  const cookies = new Map(jar.cookies)
  await jar.submit(consent, { decision: 'allow' })
  const jo = await house.stores().users.findByName('jo')
  if (!jo) throw new Error('jo is there')
  await withdrawConsent(await house.context(), jo.id, 'desk')
  restore(jar, cookies)

  await jar.submit(consent, { decision: 'allow' })

  expect(await house.stores().consents.find(jo.id, 'desk')).toBeUndefined()
})

test('one interaction finished twice at once gives one session', async () => {
  await signedIn()
  const jar = house.jar()
  const login = await house.authorize(jar)
  const cookies = new Map(jar.cookies)
  const twins = [house.jar(), house.jar(), house.jar()]
  for (const twin of twins) restore(twin, cookies)

  const answers = await Promise.all(twins.map((twin) => signIn(twin, login)))

  expect(answers.filter(({ url }) => url.searchParams.has('code'))).toHaveLength(1)
})

test('pages are not framed, not cached, run no foreign script, and post to nobody else', async () => {
  const login = await house.authorize(house.jar())

  const policy = login.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy).toContain("form-action 'self' http://localhost:8080;")
  expect(policy).not.toMatch(/unsafe|\*/)
  expect(login.headers.get('cache-control')).toBe('no-store')
  expect(login.headers.get('x-content-type-options')).toBe('nosniff')
  expect(login.headers.get('referrer-policy')).toBe('same-origin')
  expect(login.body).not.toMatch(/ on[a-z]+="/)
})

test('cookies are kept from scripts, from other sites, and within the tenant', async () => {
  const response = await house.fetch(authorizePath())

  for (const cookie of response.headers.getSetCookie()) {
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Lax')
    expect(cookie).toContain('Path=/t/main')
  }
  expect(response.headers.getSetCookie()).toHaveLength(1)
})

async function signedIn(): Promise<Jar> {
  const jar = house.jar()
  const consent = await signIn(jar, await house.authorize(jar))
  await jar.submit(consent, { decision: 'allow' })
  return jar
}

function cookieValue(jar: Jar, ending: string): string {
  return [...jar.cookies].find(([name]) => name.endsWith(ending))?.[1].value ?? ''
}

function restore(jar: Jar, cookies: Jar['cookies']): void {
  jar.cookies.clear()
  for (const [name, cookie] of cookies) jar.cookies.set(name, cookie)
}
