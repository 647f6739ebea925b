/** Self-registration: who may have which name, what a stranger learns, and what is kept of what was agreed to. */

import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import { DEFAULT_POLICIES } from '@gatehouse/core/tenant.ts'
import { findVerificationMail } from '@gatehouse/identity/email_verification.ts'
import { saveAssociation } from '@gatehouse/workflow/associations.ts'
import { decide } from '@gatehouse/workflow/decide.ts'
import { saveWorkflow } from '@gatehouse/workflow/definitions.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Jar, Visit } from '../fixture/browser_jar.ts'
import { changed } from '../fixture/changed.ts'
import { openSignInHouse, PASSWORD, type SignInHouse, signIn } from '../fixture/sign_in_house.ts'

let house: SignInHouse

beforeEach(async () => {
  house = await openSignInHouse()
})

afterEach(() => house.close())

const PAT = {
  given_name: 'Pat',
  family_name: 'Doe',
  email: 'pat@example.org',
  phone_number: '+49 (30) 123-4567',
  new_password: 'seven bridges over the river',
  accept_terms: 'true',
}

test('a person registers on the way to an application, signs in, and comes back to it', async () => {
  const jar = house.jar()
  const login = await house.authorize(jar)

  const received = await register(jar, 'pat', PAT, login)
  const again = await jar.get(hrefOf(received, '/login'))
  const consent = await signIn(jar, again, 'pat', PAT.new_password)
  const back = await jar.submit(consent, { decision: 'allow' })

  expect(received.status).toBe(200)
  expect(back.url.searchParams.get('state')).toBe('the-state')
  const pat = await house.stores().users.findByName('pat')
  expect(pat).toMatchObject({
    active: true,
    roles: [],
    emails: [{ value: 'pat@example.org', verified: false }],
    phoneNumbers: [{ value: '+49301234567' }],
  })
})

test('loading the receipt again registers nobody, and a made-up one says nothing', async () => {
  const jar = house.jar()
  const received = await register(jar, 'pat', PAT)

  const again = await jar.get(received.url.pathname + received.url.search)
  const forged = await jar.get('/t/main/signup/received?receipt=abc')

  expect(received.url.pathname).toBe('/t/main/signup/received')
  expect(again.body).toContain('pat@example.org')
  expect(forged.url.pathname).toBe('/t/main/signup')
})

test('which version of the privacy policy was agreed to, when, and in which language is kept', async () => {
  await register(house.jar(), 'pat', PAT)

  const pat = await house.stores().users.findByName('pat')
  const record = pat && (await house.stores().users.findRecord(pat.id))

  expect(record?.acceptances).toEqual([
    { policy: 'privacy', version: '1', acceptedAt: Math.floor(house.house.ports.clock.now() / 1000), locale: 'en' },
  ])
})

test('who agreed to a version that was replaced meanwhile is shown the new one', async () => {
  const jar = house.jar()
  const profile = await nameStep(jar, 'pat')
  const before = await house.stores().tenant.find()
  if (!before) throw new Error('main is there')
  await house.stores().tenant.update({ ...before, privacyPolicy: { ...before.privacyPolicy, version: '2', text: 'We keep more.' } })
  house.pass(6)

  const stale = await jar.submit(profile, PAT)

  expect(stale.status).toBe(422)
  expect(stale.body).toContain('/privacy-policy/2')
  expect(await house.stores().users.findByName('pat')).toBeUndefined()
})

test('a form that was left open for too long does nothing, and comes back with what was typed', async () => {
  const jar = house.jar()
  const profile = await nameStep(jar, 'pat')
  house.pass(601)

  const late = await jar.submit(profile, PAT)
  expect(await house.stores().users.findByName('pat')).toBeUndefined()
  const sent = await jar.submit(late, PAT)

  expect(late.status).toBe(410)
  expect(late.body).toContain('value="Pat"')
  expect(sent.url.pathname).toBe('/t/main/signup/received')
})

test('a name that would name a tenant is refused also where the first step is left out', async () => {
  const jar = house.jar()

  const refused = await jar.submit(await nameStep(jar, 'pat'), { ...PAT, username: 'pat@acme' })

  expect(refused.status).toBe(422)
})

test('what was typed stays when something is wrong, but never the password', async () => {
  const jar = house.jar()

  const refused = await jar.submit(await nameStep(jar, 'pat'), {
    ...PAT,
    email: 'not an address',
    phone_number: '12',
    new_password: 'my pat password',
    accept_terms: [],
  })

  expect(refused.status).toBe(422)
  expect(refused.body).toContain('value="Pat"')
  expect(refused.body).not.toContain('my pat password')
  for (const field of ['email', 'phone_number', 'new_password', 'accept_terms'])
    expect(refused.body).toContain(`id="field-${field}-problem"`)
})

test('a name that is taken or pending is told at once; nothing tells of an e-mail address', async () => {
  await withApproval()
  await register(house.jar(), 'waits', { ...PAT, email: 'somebody@example.org' })

  const jar = house.jar()
  const answers = [await nameStep(jar, 'JO'), await nameStep(jar, 'waits')]
  const sameAddress = await register(house.jar(), 'other', { ...PAT, email: 'jo@example.org' })

  expect(answers.map(({ status }) => status)).toEqual([422, 422])
  expect(answers[0]?.body).toContain('This user name is taken')
  expect(answers[1]?.body).toContain('waits for approval already')
  expect(sameAddress.body).toContain('waits for approval')
})

test('looking names up is throttled per network', async () => {
  const jar = house.jar('198.51.100.9')
  const step = await jar.get('/t/main/signup')

  let last: Visit | undefined
  for (let i = 0; i < 61; i++) last = await jar.submit(step, { username: `name-${i}` })

  expect(last?.status).toBe(429)
  expect((await nameStep(house.jar('203.0.113.5'), 'pat')).url.pathname).toBe('/t/main/signup/profile')
})

test('of fifty people who want one name at once, one gets it', async () => {
  const jars = Array.from({ length: 50 }, (_, i) => house.jar(`198.51.100.${i}`))
  const profiles = await Promise.all(jars.map((jar) => nameStep(jar, 'pat')))

  const answers = await Promise.all(jars.map((jar, i) => jar.submit(profiles[i] as Visit, { ...PAT, email: `pat${i}@example.org` })))

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(49)
})

test('of fifty who wait for approval under one name, one waits', async () => {
  await withApproval()
  const jars = Array.from({ length: 50 }, (_, i) => house.jar(`198.51.100.${i}`))
  const profiles = await Promise.all(jars.map((jar) => nameStep(jar, 'pat')))

  const answers = await Promise.all(jars.map((jar, i) => jar.submit(profiles[i] as Visit, PAT)))

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('who waits is told so for the right password only, and gets in once approved', async () => {
  const approve = await withApproval()
  const jar = house.jar()
  await register(jar, 'pat', PAT)

  const right = await signIn(jar, await house.authorize(jar), 'pat', PAT.new_password)
  const wrong = await signIn(jar, await house.authorize(jar), 'pat', 'not the password')
  const requestId = await waitingRequest('pat')
  await approve(requestId)
  const after = await signIn(jar, await house.authorize(jar), 'pat', PAT.new_password)

  expect(right.status).toBe(403)
  expect(right.body).toContain('waits for approval')
  expect(wrong.status).toBe(400)
  expect(wrong.body).not.toContain('approval')
  expect(after.url.pathname).toBe('/t/main/consent')
})

test('name@tenant moves to that tenant; an unknown one is told; an e-mail address is a name', async () => {
  await house.addTenant('acme')
  const jar = house.jar()

  const moved = await nameStep(jar, 'pat@acme')
  const unknown = await nameStep(house.jar(), 'pat@nowhere')
  const address = await nameStep(house.jar(), 'pat@acme.example')

  expect(moved.url.pathname).toBe('/t/acme/signup')
  expect(moved.body).toContain('value="pat"')
  expect(moved.body).toContain('Tenant acme')
  expect(unknown.status).toBe(422)
  expect(unknown.body).toContain('nowhere')
  expect(address.url.searchParams.get('username')).toBe('pat@acme.example')
})

test('a tenant that has switched self-registration off takes nobody, on no path', async () => {
  await house.addTenant('closed', { policies: { ...DEFAULT_POLICIES, selfRegistration: false } })
  const jar = house.jar()

  expect((await jar.get('/t/closed/signup')).status).toBe(403)
  expect((await jar.get('/t/closed/login')).body).not.toContain('/signup')
})

test('an address is proved by its link, once, by a button and not by opening it', async () => {
  await register(house.jar(), 'pat', PAT)
  const pat = await house.stores().users.findByName('pat')
  const mail = pat && (await findVerificationMail(await house.context(), { userId: pat.id }))
  const jar = house.jar()
  const link = new URL(mail?.url ?? '')

  const shown = await jar.get(link.pathname + link.search)
  expect((await house.stores().users.findByName('pat'))?.emails[0]?.verified).toBe(false)
  const proved = await jar.submit(shown, {})
  const again = await jar.submit(shown, {})

  expect(mail).toMatchObject({ address: 'pat@example.org', known: false })
  expect(proved.status).toBe(200)
  expect((await house.stores().users.findByName('pat'))?.emails[0]?.verified).toBe(true)
  expect(again.status).toBe(410)
})

test('a link is dead after a day, at another tenant, and when it was changed', async () => {
  await house.addTenant('acme')
  await register(house.jar(), 'pat', PAT)
  const pat = await house.stores().users.findByName('pat')
  const mail = pat && (await findVerificationMail(await house.context(), { userId: pat.id }))
  const token = new URL(mail?.url ?? '').searchParams.get('token') ?? ''
  const jar = house.jar()

  expect((await jar.get(`/t/acme/verify-email?token=${token}`)).status).toBe(410)
  expect((await jar.get(`/t/main/verify-email?token=${changed(token)}`)).status).toBe(410)
  expect((await jar.get(`/t/main/verify-email?token=${token}${token}`)).status).toBe(410)
  expect((await jar.get('/t/main/verify-email')).status).toBe(410)
  house.pass(86_400)
  expect((await jar.get(`/t/main/verify-email?token=${token}`)).status).toBe(410)
})

test('an address that somebody has proved is told to its owner, and to nobody else', async () => {
  await register(house.jar(), 'pat', PAT)
  await prove('pat')

  await register(house.jar('198.51.100.1'), 'twin', { ...PAT, given_name: 'Twin' })
  const twin = await house.stores().users.findByName('twin')
  const mail = twin && (await findVerificationMail(await house.context(), { userId: twin.id }))
  const proved = await prove('twin')

  expect(mail?.known).toBe(true)
  expect(proved.status).toBe(200)
  expect(proved.body).not.toContain('confirmed')
  expect((await house.stores().users.findByName('twin'))?.emails[0]?.verified).toBe(false)
})

test('of two who prove one address at the same moment, one has it', async () => {
  await register(house.jar(), 'pat', PAT)
  await register(house.jar(), 'twin', PAT)

  await Promise.all([prove('pat'), prove('twin')])

  const people = await Promise.all(['pat', 'twin'].map((name) => house.stores().users.findByName(name)))
  expect(people.filter((person) => person?.emails[0]?.verified)).toHaveLength(1)
})

test('an address that was proved while the registration waited is verified when the account is there', async () => {
  const approve = await withApproval()
  await register(house.jar(), 'pat', PAT)
  const requestId = await waitingRequest('pat')
  const mail = await findVerificationMail(await house.context(), { requestId })
  await follow(mail?.url)

  await approve(requestId)

  expect((await house.stores().users.findByName('pat'))?.emails[0]?.verified).toBe(true)
})

test('a registration asks for the mail that proves its address', async () => {
  await register(house.jar(), 'pat', PAT)

  const events = (await house.house.ports.stream.read(1000)).map(({ event }) => event as unknown as HouseEvent)

  const pat = await house.stores().users.findByName('pat')
  expect(events.filter(({ kind }) => kind === 'email.verification_asked')).toMatchObject([{ userId: pat?.id }])
})

test('registering again and again with the address of somebody else does not flood them', async () => {
  for (let i = 0; i < 25; i++) await register(house.jar(`198.51.100.${i}`), `pat${i}`, PAT)

  const events = (await house.house.ports.stream.read(1000)).map(({ event }) => event as unknown as HouseEvent)

  expect(events.filter(({ kind }) => kind === 'user.created').length).toBeGreaterThanOrEqual(25)
  expect(events.filter(({ kind }) => kind === 'email.verification_asked')).toHaveLength(20)
})

test('every form of registration is refused without its token', async () => {
  const jar = house.jar()
  const step = await jar.get('/t/main/signup')
  const profile = await nameStep(jar, 'pat')

  expect((await jar.submit(step, { username: 'pat', csrf: '' })).status).toBe(403)
  expect((await jar.submit(profile, { ...PAT, csrf: 'x' })).status).toBe(403)
  expect((await jar.post('/t/main/verify-email', { token: 'x', csrf: 'x' })).status).toBe(403)
  expect((await jar.post('/t/main/invitation', { token: 'x', csrf: 'x' })).status).toBe(403)
  expect(await house.stores().users.findByName('pat')).toBeUndefined()
})

async function nameStep(jar: Jar, username: string, from?: Visit): Promise<Visit> {
  const step = await jar.get(from ? hrefOf(from, '/signup') : '/t/main/signup')
  return jar.submit(step, { username })
}

async function register(jar: Jar, username: string, fields: Record<string, string>, from?: Visit): Promise<Visit> {
  return jar.submit(await nameStep(jar, username, from), fields)
}

async function prove(userName: string): Promise<Visit> {
  const user = await house.stores().users.findByName(userName)
  const mail = user && (await findVerificationMail(await house.context(), { userId: user.id }))
  return follow(mail?.url)
}

async function follow(url: string | undefined): Promise<Visit> {
  const jar = house.jar()
  return jar.submit(await jar.get(pathOf(url ?? '')), {})
}

/** One level, whose approver decides when asked to. */
async function withApproval(): Promise<(requestId: RequestId) => Promise<void>> {
  const boss = await house.addUser('boss', PASSWORD)
  const context = await house.context()
  await saveWorkflow(context, { name: 'one look', levels: [{ name: 'boss', approvers: { users: ['boss'] } }] })
  await saveAssociation(context, { operation: 'self_registration', workflow: 'one look' })
  return async (requestId) => {
    await decide({ ...context, actor: { userId: boss.id } }, { requestId, level: 0, verdict: 'approve' })
  }
}

async function waitingRequest(userName: string): Promise<RequestId> {
  const holder = await house.stores().users.findNameHolder(userName)
  if (holder?.kind !== 'pending') throw new Error(`${userName} does not wait`)
  return holder.requestId
}

function hrefOf(visit: Visit, ending: string): string {
  const href = [...visit.body.matchAll(/href="([^"]*)"/g)]
    .map(([, value]) => (value ?? '').replaceAll('&amp;', '&'))
    .find((value) => value.split('?')[0]?.endsWith(ending) && !value.includes('ui_locales'))
  if (href === undefined) throw new Error(`no link to ${ending}`)
  return href
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}
