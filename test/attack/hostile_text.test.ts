/** Names and texts from strangers, tenants and applications, on every page that shows them: text stays text. */
import { accountApp } from '@gatehouse/http/account/app.ts'
import { approveApp } from '@gatehouse/http/approve/app.ts'
import { authorizeApp } from '@gatehouse/http/authorize/app.ts'
import { consentApp } from '@gatehouse/http/consent/app.ts'
import { registerApp } from '@gatehouse/http/register/app.ts'
import { findVerificationMail } from '@gatehouse/identity/email_verification.ts'
import { createInvitation } from '@gatehouse/identity/invitation.ts'
import { saveAssociation } from '@gatehouse/workflow/associations.ts'
import { saveWorkflow } from '@gatehouse/workflow/definitions.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Jar, openJar, type Visit } from '../fixture/browser_jar.ts'
import { type HouseFixture, openHouseFixture } from '../fixture/house_fixture.ts'
import { authorizePath, PASSWORD } from '../fixture/sign_in_house.ts'

const HOSTILE = `"'><img src=x onerror=alert(1)></title></style><script>alert(2)</script>`
const BRAND = { logo_uri: `https://x.example/"><script>alert(3)</script>`, accent_color: '#000000}body{display:none' }

let house: HouseFixture

beforeAll(async () => {
  const apps = { authorize: authorizeApp(), consent: consentApp(), register: registerApp(), account: accountApp(), approve: approveApp() }
  house = await openHouseFixture(apps)
  const here = await house.context()
  const policy = { version: `1${HOSTILE}`.slice(0, 40), title: HOSTILE, text: HOSTILE, publishedAt: '2026-01-01T00:00:00Z' }
  await here.stores.tenant.update({ ...here.tenant, display_name: HOSTILE, branding: BRAND, privacyPolicy: policy }, {})
  house.pass(10)
  await house.addApplication('desk', {
    client_name: HOSTILE,
    gatehouse_purpose: HOSTILE,
    client_uri: 'javascript:alert(4)',
    policy_uri: 'javascript:alert(4)',
    logo_uri: `https://x.example/"><script>alert(3)</script>`,
    post_logout_redirect_uris: ['http://localhost:8080/out'],
  })
  await here.stores.roles.save({ id: 'rol_chief0001', name: HOSTILE.slice(0, 60), permissions: [], version: 0 }, {})
  const name = { givenName: HOSTILE, familyName: HOSTILE }
  await house.addUser('jo', PASSWORD, { name, displayName: HOSTILE, roles: ['rol_chief0001'] })
  const levels = [{ name: HOSTILE.slice(0, 60), approvers: { roles: [HOSTILE.slice(0, 60)] } }]
  await saveWorkflow(here, { name: HOSTILE.slice(0, 60), levels })
  await saveAssociation(here, { operation: 'self_registration', workflow: HOSTILE.slice(0, 60) })
})
afterAll(() => house.close())

test('signing in: the pages before, between and after', async () => {
  const jar = openJar(house)
  const login = await jar.get(authorizePath())
  checkText(login)
  checkText(await jar.submit(login, { username: HOSTILE, password: 'wrong' }))
  const consent = await jar.submit(await jar.get(authorizePath({ login_hint: HOSTILE, state: HOSTILE })), {
    username: 'jo',
    password: PASSWORD,
  })
  expect(consent.url.pathname).toBe('/t/main/consent')
  checkText(consent)
  await jar.submit(consent, { decision: 'allow' })
  checkText(await jar.get(`/t/main/oauth2/logout?client_id=desk&state=${encodeURIComponent(HOSTILE)}`))
  checkText(await jar.get('/t/main/account/signed-out'))
})

test('a self-posting answer keeps a state within its field', async () => {
  const jar = openJar(house)
  const answer = await jar.get(authorizePath({ prompt: 'none', response_mode: 'form_post', state: HOSTILE }))

  expect(answer.body).toContain('login_required')
  checkText(answer)
})

test('registering: both steps, the receipt, the mailed link, and whoever decides', async () => {
  const jar = openJar(house)
  const first = await jar.get(`/t/main/signup?username=${encodeURIComponent(HOSTILE)}`)
  checkText(first)
  checkText(await jar.submit(first, { username: HOSTILE }))
  const second = await jar.submit(first, { username: 'newcomer' })
  const typed = {
    given_name: HOSTILE,
    family_name: HOSTILE,
    email: 'newcomer@example.org',
    phone_number: '',
    new_password: `${PASSWORD} 8`,
    accept_terms: 'on',
  }
  checkText(await jar.submit(second, { ...typed, email: HOSTILE, phone_number: HOSTILE }))
  const received = await jar.submit(second, typed)
  expect(received.url.pathname).toBe('/t/main/signup/received')
  checkText(received)

  const here = await house.context()
  const holder = await here.stores.users.findNameHolder('newcomer')
  if (holder?.kind !== 'pending') throw new Error('the newcomer should wait')
  const mail = await findVerificationMail(here, { requestId: holder.requestId })
  checkText(await jar.get(new URL(mail?.url ?? '').href.slice(house.origin.length)))

  const chief = await signedIn()
  const task = await chief.get(`/t/main/approvals/${holder.requestId}?view=page`)
  expect(task.body).toContain('&lt;script&gt;alert(2)')
  checkText(task)
  checkText(await chief.submit(task, { decision: 'reject', comment: HOSTILE, level: '7' }))
})

test('the rest: invitation, privacy policy, errors', async () => {
  const jar = openJar(house)
  const invitation = await createInvitation(await house.context(), { roles: [] })
  const page = await jar.get(new URL(invitation).href.slice(house.origin.length))
  checkText(page)
  checkText(await jar.submit(page, { username: HOSTILE, given_name: HOSTILE, family_name: HOSTILE, email: HOSTILE, new_password: 'x' }))
  checkText(await jar.get('/t/main/privacy-policy'))
  checkText(await jar.get(`/t/main/oauth2/authorize?client_id=${encodeURIComponent(HOSTILE)}`))
  checkText(await jar.get(`/t/main/login?interaction=${encodeURIComponent(HOSTILE)}&continue=${encodeURIComponent(HOSTILE)}`))
  checkText(await jar.get(`/t/main/login/${encodeURIComponent(HOSTILE)}`))
})

async function signedIn(): Promise<Jar> {
  const jar = openJar(house)
  await jar.submit(await jar.get('/t/main/login'), { username: 'jo', password: PASSWORD })
  return jar
}

/** No tag, attribute or style of theirs: scripts carry the page's nonce, and nothing else has a meaning. */
function checkText({ body, headers, url }: Visit): void {
  const where = url.pathname
  expect(body, where).not.toMatch(/<img src=x|<script>|javascript:|body\{display:none/)
  expect(body.match(/<script(?![^>]* nonce=)/g), where).toBeNull()
  expect(body.match(/<\/title>/g), where).toHaveLength(1)
  expect(headers.get('content-security-policy'), where).toMatch(/script-src 'self' 'nonce-[\w-]+'/)
}
