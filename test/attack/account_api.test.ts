/** `/api/v1/me` in wrong hands: another person's ids, another tenant's cookie, another site's page, an old sign-in, a stolen session. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AccountHouse, openAccountHouse, PASSWORD } from '../fixture/account_house.ts'

let house: AccountHouse

beforeEach(async () => {
  house = await openAccountHouse()
  await house.addUser('jo', PASSWORD)
  await house.addUser('mallory', PASSWORD)
})

afterEach(() => house.close())

const NEW_PASSWORD = 'eleven green lighthouses'
const READS = ['', '/sessions', '/consents', '/requests', '/approvals', '/approvals?state=decided', '/approvals/req_aaaaaaaaaaaa']
const WRITES: [method: string, path: string, body: unknown][] = [
  ['PATCH', '', { given_name: 'Eve' }],
  ['POST', '/password', { current_password: PASSWORD, new_password: NEW_PASSWORD }],
  ['POST', '/email-verification', undefined],
  ['POST', '/address-changes/email', { address: 'thief@example.net' }],
  ['POST', '/address-changes/email/confirm', { end: 'new', otp: '123456' }],
  ['POST', '/address-changes/email/resend', { end: 'new' }],
  ['DELETE', '/address-changes/email', undefined],
  ['DELETE', '/phone_number', undefined],
  ['DELETE', '/remembered-browsers', undefined],
  ['DELETE', '/remembered-browsers/brw_aaaaaaaaaaaa', undefined],
  ['DELETE', '/sessions', undefined],
  ['DELETE', '/sessions/ses_aaaaaaaaaaaa', undefined],
  ['DELETE', '/consents/desk', undefined],
  ['POST', '/sign-out', undefined],
  ['POST', '/approvals/req_aaaaaaaaaaaa/approve', { level: 0 }],
  ['POST', '/approvals/req_aaaaaaaaaaaa/claim', { level: 0 }],
]

test.each(READS)('nobody is told anything at %s', async (path) => {
  const response = await house.fetch(`/t/main/api/v1/me${path}`)

  expect(response.status).toBe(401)
  expect(await response.json()).toMatchObject({ type: 'urn:gatehouse:error:unauthenticated' })
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
  expect(response.headers.get('cache-control')).toBe('no-store')
})

test.each(WRITES)('%s %s is refused without the CSRF token, with another one, and from another site', async (method, path, body) => {
  const jo = await house.signIn('jo')
  const mallory = await house.signIn('mallory')

  const refused = await Promise.all([
    jo.ask(method, path, body, { 'x-csrf-token': undefined }),
    jo.ask(method, path, body, { 'x-csrf-token': mallory.me.csrfToken }),
    jo.ask(method, path, body, { origin: 'https://evil.example' }),
    jo.ask(method, path, body, { 'sec-fetch-site': 'cross-site' }),
    jo.ask(method, path, body, { 'sec-fetch-site': 'same-site' }),
  ])

  expect(refused.map((answer) => answer.body.type)).toEqual(Array(5).fill('urn:gatehouse:error:csrf'))
  expect((await jo.ask('GET', '')).body).toMatchObject({ profile: jo.me.profile })
})

test('a form that another site posts as plain text is no JSON', async () => {
  const jo = await house.signIn('jo')

  const answer = await jo.ask('PATCH', '', { given_name: 'Eve' }, { 'content-type': 'text/plain', 'if-match': '"1"' })

  expect(answer.status).toBe(415)
})

test.each(READS)('the cookie of one tenant is nothing at another: %s', async (path) => {
  await house.addTenant('acme')
  const jo = await house.signIn('jo')
  const [, value = ''] = jo.jar.cookies.get('gatehouse.main.session') ? ['', jo.jar.cookies.get('gatehouse.main.session')?.value] : []

  const response = await house.fetch(`/t/acme/api/v1/me${path}`, {
    headers: { cookie: `gatehouse.main.session=${value}; gatehouse.acme.session=${value}` },
  })

  expect(value).not.toBe('')
  expect(response.status).toBe(401)
})

test('a session of another person is not found, and goes on', async () => {
  const jo = await house.signIn('jo')
  const mallory = await house.signIn('mallory')

  const answer = await mallory.ask('DELETE', `/sessions/${jo.me.session.id}`)

  expect(answer.body).toMatchObject({ type: 'urn:gatehouse:error:not_found' })
  expect((await jo.ask('GET', '')).status).toBe(200)
})

test('a consent of another person is not found, and stays', async () => {
  const jo = await house.signIn('jo')
  const mallory = await house.signIn('mallory')
  await house.addApplication('desk')
  const consent = {
    userId: jo.me.profile.id,
    clientId: 'desk',
    clientName: 'Desk',
    scopes: ['openid'],
    claims: ['email'],
    declined: [],
    grantedAt: 1,
    updatedAt: 1,
    version: 0,
  }
  await house.stores().consents.grant(consent, {})

  const answer = await mallory.ask('DELETE', '/consents/desk')

  expect(answer.status).toBe(404)
  expect((await jo.ask('GET', '/consents')).body).toMatchObject({ items: [{ clientId: 'desk', claims: ['email'] }] })
})

test('a withdrawn consent is gone, and what was issued on it is revoked with it', async () => {
  const jo = await house.signIn('jo')
  await house.addApplication('desk')
  const stores = house.stores()
  const userId = jo.me.profile.id
  const now = Math.floor((await house.context()).clock.now() / 1000)
  const consent = {
    userId,
    clientId: 'desk',
    clientName: 'Desk',
    scopes: ['openid'],
    claims: ['email'],
    declined: [],
    grantedAt: now,
    updatedAt: now,
    version: 0,
  }
  await stores.consents.grant(consent, {})
  const authorization = {
    id: 'aut_aaaaaaaaaaaa',
    userId,
    clientId: 'desk',
    issuer: `${house.origin}/t/main`,
    sessionId: jo.me.session.id,
    scopes: ['openid'],
    claims: ['email'],
    acr: '1',
    amr: ['pwd'],
    authTime: now,
    securityEpoch: 0,
    status: 'active',
    redeemedAt: now,
    expiresAt: now + 3600,
    generation: 1,
    refreshHash: 'x',
  } as const
  await stores.authorizations.redeem(authorization, {}, false)

  const answer = await jo.ask('DELETE', '/consents/desk')

  expect(answer.status).toBe(204)
  expect((await jo.ask('GET', '/consents')).body).toEqual({ items: [] })
  expect(await stores.authorizations.find(userId, authorization.id)).toMatchObject({
    status: 'revoked',
    revokedBecause: 'consent_withdrawn',
  })
})

test('a session that was ended elsewhere, or whose secret is guessed, is nobody', async () => {
  const here = await house.signIn('jo')
  const there = await house.signIn('jo')

  await here.ask('DELETE', `/sessions/${there.me.session.id}`)
  const forged = `${here.me.profile.id}.${here.me.session.id}.${'A'.repeat(43)}`

  expect((await there.ask('GET', '')).status).toBe(401)
  expect((await here.ask('GET', '', undefined, { cookie: `gatehouse.main.session=${forged}` })).status).toBe(401)
})

test('a wrong present password changes nothing, is counted before it is compared, and soon has to wait', async () => {
  const jo = await house.signIn('jo')
  const guess = (word: string) => jo.ask('POST', '/password', { current_password: word, new_password: NEW_PASSWORD })

  const before = house.hashes()
  const answers = []
  for (let n = 0; n < 8; n++) answers.push(await guess(`guess ${n}`))
  const compared = house.hashes() - before

  expect(answers[0]?.body).toMatchObject({ errors: [{ pointer: '/current_password', detail: 'password_wrong' }] })
  expect(answers.at(-1)).toMatchObject({ status: 429, body: { type: 'urn:gatehouse:error:too_many_requests' } })
  expect(compared).toBeLessThan(8)
  expect((await guess(PASSWORD)).status).toBe(429)
  expect((await house.signIn('jo')).me.profile.userName).toBe('jo')
})

test('the password is not changed by an old sign-in: the person proves first who they are', async () => {
  const jo = await house.signIn('jo')
  house.pass(16 * 60)

  const answer = await jo.ask('POST', '/password', { current_password: PASSWORD, new_password: NEW_PASSWORD })

  expect(answer).toMatchObject({ status: 401, body: { type: 'urn:gatehouse:error:reauthentication_required' } })
  expect((await house.signIn('jo')).me.profile.userName).toBe('jo')
})

test('a changed password ends every other session at once, and this one goes on', async () => {
  const here = await house.signIn('jo')
  const thief = await house.signIn('jo')

  const answer = await here.ask('POST', '/password', { current_password: PASSWORD, new_password: NEW_PASSWORD })

  expect(answer.status).toBe(204)
  expect((await thief.ask('GET', '')).status).toBe(401)
  expect((await here.ask('GET', '')).status).toBe(200)
  expect((await house.signIn('jo', NEW_PASSWORD)).me.profile.userName).toBe('jo')
  expect((await house.signIn('jo', PASSWORD)).me.profile).toBeUndefined()
})

test.each([
  ['short', 'password_too_short'],
  ['password1', 'password_common'],
  ['the great jo@example.org', 'password_contains_username'],
  [PASSWORD, 'password_unchanged'],
])('the new password %s is refused as %s', async (password, code) => {
  const jo = await house.signIn('jo')

  const answer = await jo.ask('POST', '/password', { current_password: PASSWORD, new_password: password })

  expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/new_password', detail: code }] } })
})

test('a person changes nothing of themselves but the profile', async () => {
  const jo = await house.signIn('jo')

  const answer = await jo.ask(
    'PATCH',
    '',
    { userName: 'root', roles: ['tenant-admin'], active: false, securityEpoch: 9, given_name: 'Joanna' },
    { 'if-match': '"1"' },
  )

  const user = await house.stores().users.find(jo.me.profile.id, { consistent: true })
  expect(answer.status).toBe(200)
  expect(user).toMatchObject({ userName: 'jo', roles: [], active: true, securityEpoch: 0, name: { givenName: 'Joanna' } })
})

test('a profile that was changed meanwhile is not overwritten', async () => {
  const jo = await house.signIn('jo')
  await jo.ask('PATCH', '', { given_name: 'First' }, { 'if-match': '"1"' })

  const late = await jo.ask('PATCH', '', { given_name: 'Second' }, { 'if-match': '"1"' })
  const blind = await jo.ask('PATCH', '', { given_name: 'Third' })

  expect(late.body).toMatchObject({ type: 'urn:gatehouse:error:conflict' })
  expect(blind.status).toBe(400)
  expect((await jo.ask('GET', '')).body).toMatchObject({ profile: { givenName: 'First' } })
})

test('a person is told that mail to their address comes back, and not what somebody said about another’s', async () => {
  const jo = await house.signIn('jo')
  const { mailMarks, shelf } = house.stores()
  for (const [reason, address] of [
    ['complained', 'jo@example.org'],
    ['bounced', 'kim@example.org'],
  ] as const)
    await mailMarks.put(address, { reason, permanent: true, at: house.house.ports.clock.now() }, shelf.event('mail.marked', {}))

  const { body } = await jo.ask<{ profile: { email: unknown; version: number } }>('GET', '')

  expect(body.profile.email).toEqual({ value: 'jo@example.org', verified: false, undeliverable: true })
})

test('a body that is too large, or no object, is refused', async () => {
  const jo = await house.signIn('jo')

  expect((await jo.ask('PATCH', '', { given_name: 'x'.repeat(40_000) }, { 'if-match': '"1"' })).status).toBe(413)
  expect((await jo.ask('PATCH', '', ['given_name'], { 'if-match': '"1"' })).status).toBe(400)
  expect((await jo.ask('PATCH', '', { given_name: { $ne: '' } }, { 'if-match': '"1"' })).status).toBe(422)
})

test('signing out ends the session for every copy of its cookie', async () => {
  const jo = await house.signIn('jo')

  const answer = await jo.ask<{ next: string }>('POST', '/sign-out')

  expect(answer.body.next).toBe('/t/main/account/signed-out')
  expect(answer.headers.getSetCookie().join()).toMatch(/gatehouse\.main\.session=;.*Max-Age=0/)
  expect((await jo.ask('GET', '')).status).toBe(401)
})
