/** Attacks on what a person agrees to. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hiddenFields, type Jar, type Visit } from '../fixture/browser_jar.ts'
import { openSignInHouse, type SignInHouse, signIn } from '../fixture/sign_in_house.ts'

let house: SignInHouse

beforeEach(async () => {
  house = await openSignInHouse()
  await house.addApplication('picky', {
    gatehouse_claims: [
      { name: 'given_name', essential: true },
      { name: 'phone_number', essential: false },
    ],
  })
})

afterEach(() => house.close())

test('claims and scopes that were not offered are not given, and mandatory ones always are', async () => {
  const { jar, consent } = await atConsent()

  await jar.post('/t/main/consent', {
    ...form(consent),
    claim: ['roles', 'family_name', '__proto__'],
    scope: ['openid', 'offline_access', 'admin'],
    decision: 'allow',
  })

  const stored = await storedConsent()
  expect(stored?.claims).toEqual(['given_name'])
  expect(stored?.declined).toEqual(['phone_number'])
  expect(stored?.scopes).toEqual(['openid'])
})

test('a decision that is neither allow nor deny decides nothing', async () => {
  const { jar, consent } = await atConsent()

  const odd = await jar.submit(consent, { decision: 'yes' })

  expect(odd.status).toBe(400)
  expect(await storedConsent()).toBeUndefined()
})

test('a consent page that was rendered for one person does not decide for another', async () => {
  await house.addUser('al', 'another walk by the lake 8')
  const { jar, consent } = await atConsent()
  const other = await jar.get(`/t/main/login?interaction=${consent.url.searchParams.get('interaction')}&switch=1`)
  await signIn(jar, other, 'al', 'another walk by the lake 8')

  const stale = await jar.submit(consent, { decision: 'allow' })

  expect(stale.status).toBe(403)
  expect(await storedConsent('al')).toBeUndefined()
})

test('the consent form is refused without its token, and with the token of the sign-in form', async () => {
  const jar = house.jar()
  const login = await house.authorize(jar, { client_id: 'picky', scope: 'openid' })
  const consent = await signIn(jar, login)

  const without = await jar.submit(consent, { decision: 'allow', csrf: '' })
  const foreign = await jar.submit(consent, { decision: 'allow', csrf: String(hiddenFields(login.body).csrf) })

  expect([without.status, foreign.status]).toEqual([403, 403])
  expect(await storedConsent()).toBeUndefined()
})

test('an application that asks for more than before is asked about again, with what was allowed still ticked', async () => {
  const { jar, consent } = await atConsent()
  await jar.submit(consent, { decision: 'allow', claim: ['given_name', 'phone_number'] })

  const more = await house.authorize(jar, { client_id: 'picky', scope: 'openid email' })

  expect(more.url.pathname).toBe('/t/main/consent')
  expect(more.body).toMatch(/id="claim-phone_number"[^>]* checked/)
  expect(more.body).not.toMatch(/id="claim-email"[^>]* checked/)
})

test('an application that was switched off between the pages gets nothing', async () => {
  const { jar, consent } = await atConsent()
  const application = await house.stores().applications.find('picky')
  if (!application) throw new Error('picky is there')
  const { secrets, ...rest } = application
  await house.stores().applications.update({ ...rest, active: false }, {})
  house.pass(6)

  const late = await jar.submit(consent, { decision: 'allow' })

  expect(late.status).toBe(400)
  expect(late.url.origin).toBe(house.origin)
})

async function atConsent(): Promise<{ jar: Jar; consent: Visit }> {
  const jar = house.jar()
  return { jar, consent: await signIn(jar, await house.authorize(jar, { client_id: 'picky', scope: 'openid' })) }
}

function form(visit: Visit): Record<string, string | string[]> {
  return hiddenFields(visit.body)
}

async function storedConsent(userName = 'jo') {
  const user = await house.stores().users.findByName(userName)
  return user && house.stores().consents.find(user.id, 'picky')
}

test('a program that took the redirect of a native application gets nothing without the person', async () => {
  const redirect_uri = 'com.example.app:/callback'
  await house.addApplication('phone', { application_type: 'native', redirect_uris: [redirect_uri] })
  const asked = { client_id: 'phone', redirect_uri }
  const jar = house.jar()
  const consent = await signIn(jar, await house.authorize(jar, asked))
  await jar.submit(consent, { decision: 'allow' })

  const again = await house.authorize(jar, asked)
  const silent = await house.authorize(jar, { ...asked, prompt: 'none' })

  expect(again.url.pathname).toBe('/t/main/consent')
  expect(silent.url.searchParams.get('error')).toBe('consent_required')
})

test('a native application on an address of the web, which the system vouches for, is known again', async () => {
  const redirect_uri = 'https://app.example/callback'
  await house.addApplication('phone', { application_type: 'native', redirect_uris: [redirect_uri] })
  const asked = { client_id: 'phone', redirect_uri }
  const jar = house.jar()
  await jar.submit(await signIn(jar, await house.authorize(jar, asked)), { decision: 'allow' })

  expect((await house.authorize(jar, asked)).url.searchParams.get('code')).not.toBeNull()
})
