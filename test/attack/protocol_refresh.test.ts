/** Refresh tokens in the wrong hands: RFC 9700 section 4.14. */
import { revokeAfterUserChanged } from '@gatehouse/identity/revocation.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BASIC, CALLBACK, openProtocolHouse, type ProtocolHouse, VERIFIER } from '../fixture/protocol_house.ts'

let house: ProtocolHouse

beforeEach(async () => {
  house = await openProtocolHouse()
})

afterEach(() => house.close())

const refreshAtDesk = (token: unknown, change: Record<string, string> = {}) =>
  house.post('/oauth2/token', { grant_type: 'refresh_token', refresh_token: String(token), client_id: 'desk', ...change })
const refreshAtOffice = (token: unknown) =>
  house.post('/oauth2/token', { grant_type: 'refresh_token', refresh_token: String(token) }, BASIC)

async function grantOfDesk(scope = 'openid email offline_access') {
  return (await house.redeem(await house.code({ request: { scope } }))).body
}

async function grantOfOffice() {
  const code = await house.code({ clientId: 'office' })
  return (
    await house.post('/oauth2/token', { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER }, BASIC)
  ).body
}

describe('a public application', () => {
  test('gets a new refresh token each time, and the tokens work', async () => {
    const first = await grantOfDesk()

    const second = (await refreshAtDesk(first.refresh_token)).body
    const third = (await refreshAtDesk(second.refresh_token)).body

    expect(new Set([first.refresh_token, second.refresh_token, third.refresh_token]).size).toBe(3)
    expect((await house.get('/oauth2/userinfo', { authorization: `Bearer ${third.access_token}` })).status).toBe(200)
    expect((await house.verify(third.id_token)).payload.sub).toBe(house.jo.id)
    expect((await house.verify(third.id_token)).payload.nonce).toBeUndefined()
  })

  test('whose spent refresh token is presented again loses the grant: one of both is a thief', async () => {
    const first = await grantOfDesk()
    const second = (await refreshAtDesk(first.refresh_token)).body

    const reuse = await refreshAtDesk(first.refresh_token)

    expect(reuse.body.error).toBe('invalid_grant')
    expect((await refreshAtDesk(second.refresh_token)).body.error).toBe('invalid_grant')
    expect((await house.get('/oauth2/userinfo', { authorization: `Bearer ${second.access_token}` })).status).toBe(401)
    expect(await house.events('authorization.replayed')).toBe(1)
  })

  test('that asks twice at once gets one answer, and the reuse is seen', async () => {
    const first = await grantOfDesk()

    const answers = await Promise.all(Array.from({ length: 20 }, () => refreshAtDesk(first.refresh_token)))

    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
  })
})

describe('a confidential application', () => {
  test('may repeat a refresh whose answer was lost, and gets the same successor', async () => {
    const first = await grantOfOffice()
    const second = (await refreshAtOffice(first.refresh_token)).body
    house.pass(9)

    const again = await refreshAtOffice(first.refresh_token)

    expect(again.status).toBe(200)
    expect(again.body.refresh_token).toBe(second.refresh_token)
    expect((await refreshAtOffice(second.refresh_token)).status).toBe(200)
  })

  test('whose processes ask at once all get working tokens', async () => {
    const first = await grantOfOffice()

    const answers = await Promise.all(Array.from({ length: 20 }, () => refreshAtOffice(first.refresh_token)))

    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 200))
    expect(new Set(answers.map((answer) => answer.body.refresh_token)).size).toBe(1)
  })

  test('whose spent refresh token comes later than that loses the grant', async () => {
    const first = await grantOfOffice()
    const second = (await refreshAtOffice(first.refresh_token)).body
    house.pass(10)

    expect((await refreshAtOffice(first.refresh_token)).body.error).toBe('invalid_grant')
    expect((await refreshAtOffice(second.refresh_token)).body.error).toBe('invalid_grant')
  })

  test('pays two write units with the audit record, one of them here', async () => {
    const first = await grantOfOffice()
    const before = house.logs.length

    await refreshAtOffice(first.refresh_token)

    expect(house.logs.slice(before).find((one) => one.message === 'request')?.fields).toMatchObject({ read: 2, write: 1 })
  })
})

test("another application's refresh token is refused and stays good", async () => {
  await house.addApplication('thief')
  const { refresh_token } = await grantOfDesk()

  expect((await refreshAtDesk(refresh_token, { client_id: 'thief' })).body.error).toBe('invalid_grant')
  expect((await refreshAtDesk(refresh_token)).status).toBe(200)
})

test('a forged refresh token, made of what an access token tells, ends nothing', async () => {
  const { access_token, refresh_token } = await grantOfDesk()
  const { payload } = await house.verify(access_token)
  const [authorizationId] = String(payload.jti).split('.')

  for (const generation of [1, 2, 99]) await refreshAtDesk(`${payload.sub}.${authorizationId}.${generation}.${'A'.repeat(43)}`)

  expect((await refreshAtDesk(refresh_token)).status).toBe(200)
})

test("another tenant's refresh token is nonsense here", async () => {
  await house.addTenant('other')
  await house.addApplication('desk', {}, undefined, 'other')
  const { refresh_token } = await grantOfDesk()

  const { body } = await house.post(
    '/oauth2/token',
    { grant_type: 'refresh_token', refresh_token: String(refresh_token), client_id: 'desk' },
    {},
    'other',
  )

  expect(body.error).toBe('invalid_grant')
})

test('scopes can be narrowed, never widened, and the refresh token keeps what it had', async () => {
  const { refresh_token } = await grantOfDesk('openid email offline_access')

  const narrow = (await refreshAtDesk(refresh_token, { scope: 'email' })).body
  const wide = await refreshAtDesk(narrow.refresh_token, { scope: 'openid profile' })
  const whole = await refreshAtDesk(narrow.refresh_token)

  expect(narrow.scope).toBe('email')
  expect(narrow).not.toHaveProperty('id_token')
  expect(wide.body.error).toBe('invalid_scope')
  expect(whole.body.scope).toBe('openid email offline_access')
})

test('without offline_access a refresh token ends with the session, with it goes on', async () => {
  const bound = await grantOfDesk('openid email')
  const offline = await grantOfDesk('openid email offline_access')
  house.pass(12 * 3600)

  expect((await refreshAtDesk(bound.refresh_token)).body.error).toBe('invalid_grant')
  expect((await refreshAtDesk(offline.refresh_token)).status).toBe(200)
})

test('a new password ends refresh tokens, but for the browser in which the person set it', async () => {
  const [here, elsewhere] = [await house.signIn(), await house.signIn()]
  const mine = (await house.redeem(await house.code({ signedIn: here }))).body
  const theirs = (await house.redeem(await house.code({ signedIn: elsewhere }))).body
  const { sessions, users } = house.stores()

  const changed = await users.setPassword(house.jo, 'another hash', {})
  await sessions.goOn(house.jo.id, here.session.id, changed.securityEpoch)

  expect((await refreshAtDesk(theirs.refresh_token)).body.error).toBe('invalid_grant')
  expect((await house.get('/oauth2/userinfo', { authorization: `Bearer ${theirs.access_token}` })).status).toBe(401)
  await revokeAfterUserChanged(await house.context(), await house.lastEvent('user.password_changed'))
  const stored = await house.stores().authorizations.list(house.jo.id, { ended: true })
  expect(stored.map(({ sessionId, status }) => [sessionId === here.session.id, status]).sort()).toEqual([
    [false, 'revoked'],
    [true, 'active'],
  ])
  expect((await refreshAtDesk(mine.refresh_token)).status).toBe(200)
})

test('a suspended person refreshes nothing', async () => {
  const { refresh_token } = await grantOfDesk()
  await house.stores().users.update(house.jo, { ...house.jo, active: false }, 'user.suspended', {})

  expect((await refreshAtDesk(refresh_token)).body.error).toBe('invalid_grant')
})
