/** Codes in the wrong hands: RFC 9700 sections 4.1 to 4.8, RFC 9207. */
import { withdrawConsent } from '@gatehouse/privacy/consents.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changed } from '../fixture/changed.ts'
import { BASIC, CALLBACK, CHALLENGE, openProtocolHouse, type ProtocolHouse, VERIFIER } from '../fixture/protocol_house.ts'

let house: ProtocolHouse

beforeEach(async () => {
  house = await openProtocolHouse()
})

afterEach(() => house.close())

const userinfoStatus = async (accessToken: unknown) =>
  (await house.get('/oauth2/userinfo', { authorization: `Bearer ${accessToken}` })).status

test('50 concurrent redemptions of one code give one token, which still works', async () => {
  const code = await house.code()

  const answers = await Promise.all(Array.from({ length: 50 }, () => house.redeem(code)))

  const winners = answers.filter((answer) => answer.status === 200)
  expect(winners).toHaveLength(1)
  expect(answers.filter((answer) => answer.body.error === 'invalid_grant')).toHaveLength(49)
  expect(await userinfoStatus(winners[0]?.body.access_token)).toBe(200)
})

test('a replay within the first seconds is only refused', async () => {
  const code = await house.code()
  const { body } = await house.redeem(code)
  house.pass(9)

  const replay = await house.redeem(code)

  expect(replay.body.error).toBe('invalid_grant')
  expect(await userinfoStatus(body.access_token)).toBe(200)
})

test('a replay after 30 seconds ends what the first redemption got', async () => {
  const code = await house.code()
  const { body } = await house.redeem(code)
  house.pass(30)

  const replay = await house.redeem(code)

  expect(replay.body.error).toBe('invalid_grant')
  expect(await userinfoStatus(body.access_token)).toBe(401)
  const refresh = await house.post('/oauth2/token', {
    grant_type: 'refresh_token',
    refresh_token: String(body.refresh_token),
    client_id: 'desk',
  })
  expect(refresh.body.error).toBe('invalid_grant')
  expect(await house.events('authorization.replayed')).toBe(1)
})

test('a replay after the life of the code ends it, too', async () => {
  const code = await house.code()
  const { body } = await house.redeem(code)
  house.pass(120)

  await house.redeem(code)

  expect(await userinfoStatus(body.access_token)).toBe(401)
})

test('whoever cannot prove to be the application ends nothing by a replay', async () => {
  const code = await house.code()
  const { body } = await house.redeem(code)
  house.pass(30)

  await house.redeem(code, { code_verifier: 'x'.repeat(43) })
  await house.redeem(code, { redirect_uri: 'http://localhost:8080/other' })
  await house.addApplication('thief')
  await house.redeem(code, { client_id: 'thief' })

  expect(await userinfoStatus(body.access_token)).toBe(200)
})

test('a code is worth nothing after a minute', async () => {
  const code = await house.code()
  house.pass(60)

  expect((await house.redeem(code)).body.error).toBe('invalid_grant')
})

test('a code injected at another application is refused there, and still good at its own', async () => {
  await house.addApplication('thief')
  const code = await house.code()

  const stolen = await house.redeem(code, { client_id: 'thief' })

  expect(stolen.body.error).toBe('invalid_grant')
  expect((await house.redeem(code)).status).toBe(200)
})

test('a code with another redirect URI than that of the request is refused', async () => {
  await house.addApplication('two', { redirect_uris: [CALLBACK, 'http://localhost:8080/other'] })
  const code = await house.code({ clientId: 'two' })

  expect((await house.redeem(code, { client_id: 'two', redirect_uri: 'http://localhost:8080/other' })).body.error).toBe('invalid_grant')
})

test('a code without its verifier is refused, and so is a wrong one', async () => {
  const code = await house.code()

  const without = await house.post('/oauth2/token', { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, client_id: 'desk' })
  const wrong = await house.redeem(code, { code_verifier: 'x'.repeat(43) })
  const challenge = await house.redeem(code, { code_verifier: CHALLENGE })

  for (const { body } of [without, wrong, challenge]) expect(body.error).toBe('invalid_grant')
})

test('a verifier for a code that was asked for without a challenge is refused: somebody took the challenge out', async () => {
  const code = await house.code({ clientId: 'office', request: { code_challenge: '', code_challenge_method: '' } })

  const { body } = await house.post(
    '/oauth2/token',
    { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER },
    BASIC,
  )

  expect(body.error).toBe('invalid_grant')
})

test("another tenant's code is nonsense here", async () => {
  await house.addTenant('other')
  await house.addApplication('desk', {}, undefined, 'other')
  const code = await house.code()

  const { body } = await house.post(
    '/oauth2/token',
    { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER, client_id: 'desk' },
    {},
    'other',
  )

  expect(body.error).toBe('invalid_grant')
})

test('a code with a changed character is refused', async () => {
  const code = await house.code()

  expect((await house.redeem(changed(code, 40))).body.error).toBe('invalid_grant')
  expect((await house.redeem(`stored.${'A'.repeat(43)}`)).body.error).toBe('invalid_grant')
})

test('a code is worth nothing once the session has ended, the person is suspended or has a new password', async () => {
  const ended = await house.signIn()
  const afterLogout = await house.code({ signedIn: ended })
  await house.stores().sessions.end(house.jo.id, ended.session.id, 'logout', {})
  const suspended = await house.addUser('mo', 'some password of mo')
  const afterSuspension = await house.code({ signedIn: await house.signIn(suspended) })
  await house.stores().users.update(suspended, { ...suspended, active: false }, 'user.suspended', {})
  const renewed = await house.addUser('al', 'some password of al')
  const afterPassword = await house.code({ signedIn: await house.signIn(renewed) })
  await house.stores().users.setPassword(renewed, 'another hash', {})

  for (const code of [afterLogout, afterSuspension, afterPassword]) expect((await house.redeem(code)).body.error).toBe('invalid_grant')
})

test('a code that was issued before its consent was withdrawn is worth nothing after', async () => {
  const jo = house.jo
  const ctx = await house.context()
  const consent = {
    userId: jo.id,
    clientId: 'desk',
    clientName: 'Desk',
    scopes: [],
    claims: [],
    declined: [],
    grantedAt: 1,
    updatedAt: 1,
    version: 0,
  }
  await ctx.stores.consents.grant(consent, {})
  const code = await house.code()

  await withdrawConsent(ctx, jo.id, 'desk')

  expect((await house.redeem(code)).body.error).toBe('invalid_grant')
  expect((await house.redeem(await house.code())).status).toBe(200)
})

test('a profile that was read before a consent was withdrawn does not bring its codes back', async () => {
  const ctx = await house.context()
  const before = await ctx.stores.users.find(house.jo.id)
  if (!before) throw new Error('jo is there')
  const consent = {
    userId: before.id,
    clientId: 'desk',
    clientName: 'Desk',
    scopes: [],
    claims: [],
    declined: [],
    grantedAt: 1,
    updatedAt: 1,
    version: 0,
  }
  await ctx.stores.consents.grant(consent, {})
  const code = await house.code()
  await withdrawConsent(ctx, before.id, 'desk')

  await expect(ctx.stores.users.update(before, before, 'user.updated', {})).rejects.toMatchObject({ code: 'conflict' })

  const now = await ctx.stores.users.find(before.id)
  if (now) await ctx.stores.users.update(now, before, 'user.updated', {})
  expect((await house.redeem(code)).body.error).toBe('invalid_grant')
})
