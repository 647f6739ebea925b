/** What tokens allow at our own APIs: RFC 9068 section 4, and never more than their holder may do at that moment. */
import { authenticateBearer } from '@gatehouse/identity/bearer.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openProtocolHouse, type ProtocolHouse, SECRET } from '../fixture/protocol_house.ts'

let house: ProtocolHouse

beforeEach(async () => {
  house = await openProtocolHouse()
  await house.stores().roles.save({ id: 'rol_reader_of_people', name: 'reader', permissions: ['users:read'], version: 0 }, {})
  await house.addApplication('console', { scope: 'openid users:read users:write bookings:read' })
})

afterEach(() => house.close())

async function tokenOf(user = house.jo, scope = 'openid users:read bookings:read') {
  const code = await house.code({ clientId: 'console', signedIn: await house.signIn(user), request: { scope } })
  return (await house.redeem(code, { client_id: 'console' })).body
}

const bearer = async (token: unknown, scope?: string) =>
  authenticateBearer(await house.context(), `Bearer ${token}`, scope === undefined ? {} : { scope })

test('a person gets those permissions as scopes that a role of theirs holds, and ordinary scopes besides', async () => {
  const reader = await house.addUser('al', 'some password of al', { roles: ['rol_reader_of_people'] })

  expect((await tokenOf(house.jo)).scope).toBe('openid bookings:read')
  expect((await tokenOf(reader)).scope).toBe('openid users:read bookings:read')
})

test('a role that was taken away is gone from tokens that are out, and from the next refresh', async () => {
  const reader = await house.addUser('al', 'some password of al', { roles: ['rol_reader_of_people'] })
  const tokens = await tokenOf(reader)
  expect([...(await bearer(tokens.access_token)).permissions]).toEqual(['users:read'])

  await house.stores().users.update(reader, { ...reader, roles: [] }, 'user.roles_changed', {})

  expect([...(await bearer(tokens.access_token)).permissions]).toEqual([])
  const refreshed = await house.post('/oauth2/token', {
    grant_type: 'refresh_token',
    refresh_token: String(tokens.refresh_token),
    client_id: 'console',
  })
  expect(refreshed.body.scope).toBe('openid bookings:read')
})

test('a scope that no role holds as a permission is none, whoever has it in a token', async () => {
  const { permissions, scopes } = await bearer((await tokenOf(house.jo, 'openid users:write')).access_token)

  expect(scopes).toEqual(['openid', 'users:write'])
  expect([...permissions]).toEqual([])
})

test('an application acts with its own roles, and only with what its token says', async () => {
  await house.addApplication('robot', { grant_types: ['client_credentials'], scope: 'bookings:read', gatehouse_roles: ['reader'] }, SECRET)
  const ask = async (scope: string) =>
    (await house.post('/oauth2/token', { grant_type: 'client_credentials', client_id: 'robot', client_secret: SECRET, scope })).body
      .access_token

  expect(await bearer(await ask('users:read'))).toMatchObject({
    kind: 'application',
    clientId: 'robot',
    permissions: new Set(['users:read']),
  })
  expect([...(await bearer(await ask('bookings:read'))).permissions]).toEqual([])
})

test('without a token, with a wrong one, or without the scope: three different refusals', async () => {
  const { access_token } = await tokenOf()

  await expect(authenticateBearer(await house.context(), undefined)).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(authenticateBearer(await house.context(), `Basic ${access_token}`)).rejects.toMatchObject({ code: 'unauthenticated' })
  await expect(bearer('nonsense')).rejects.toMatchObject({ code: 'invalid_token' })
  await expect(bearer(access_token, 'admin')).rejects.toMatchObject({ code: 'insufficient_scope' })
})
