/** Applications that are not who they say: RFC 6749 section 2.3, RFC 7662 section 4, RFC 7009 section 5. */
import { revokeAfterUserChanged } from '@gatehouse/identity/revocation.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BASIC, CALLBACK, openProtocolHouse, type ProtocolHouse, SECRET, VERIFIER } from '../fixture/protocol_house.ts'

let house: ProtocolHouse

beforeEach(async () => {
  house = await openProtocolHouse()
})

afterEach(() => house.close())

const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
const robot = (form: Record<string, string>, headers: Record<string, string> = {}) =>
  house.post('/oauth2/token', { grant_type: 'client_credentials', ...form }, headers)

describe('client authentication', () => {
  test('by Basic with form encoding and by post works, whichever is registered', async () => {
    await house.addApplication(
      'odd: id+',
      { grant_types: ['client_credentials'], token_endpoint_auth_method: 'client_secret_post', scope: '' },
      'p+ä%:',
    )

    expect((await robot({ client_id: 'odd: id+', client_secret: 'p+ä%:' })).status).toBe(200)
    expect((await robot({}, basic('odd%3A+id%2B:p%2B%C3%A4%25%3A'))).status).toBe(200)
    expect((await robot({}, BASIC)).status).toBe(200)
  })

  test('that is wrong is refused in one same sentence, whatever was wrong', async () => {
    const wrong = [
      await robot({ client_id: 'office', client_secret: 'wrong' }),
      await robot({ client_id: 'office' }),
      await robot({ client_id: 'nobody', client_secret: 'wrong' }),
      await robot({ client_id: 'desk', client_secret: 'anything' }),
      await robot({}, basic('office')),
      await robot({}, basic('office:%zz')),
      await robot({}, { authorization: 'Basic !' }),
    ]

    for (const { status, body } of wrong) {
      expect(status).toBe(401)
      expect(body).toEqual({ error: 'invalid_client', error_description: 'the application could not be authenticated' })
    }
  })

  test('in two ways at once is refused, and so are two names', async () => {
    expect((await robot({ client_id: 'office', client_secret: SECRET }, BASIC)).body.error).toBe('invalid_request')
    expect((await robot({ client_id: 'desk' }, BASIC)).body.error).toBe('invalid_request')
    expect((await robot({ client_id: 'office' }, BASIC)).status).toBe(200)
  })

  test('takes any of several secrets, each until it is removed', async () => {
    await house.stores().applications.addSecret('office', 'a second secret')
    expect((await robot({ client_id: 'office', client_secret: 'a second secret' })).status).toBe(200)
    expect((await robot({}, BASIC)).status).toBe(200)
    const [secret] = (await house.stores().applications.find('office'))?.secrets.filter(({ id }) => id) ?? []
    for (const { id } of (await house.stores().applications.find('office'))?.secrets ?? [])
      await house.stores().applications.removeSecret('office', id)
    house.pass(6)

    expect(secret).toBeDefined()
    expect((await robot({}, BASIC)).status).toBe(401)
  })

  test('is throttled after too many wrong secrets from one network, the right one too, and other networks are not', async () => {
    const guess = (secret: string, ip: string) =>
      house.fetch('/t/main/oauth2/token', {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'office', client_secret: secret }),
        ip,
      })
    for (let guesses = 0; guesses < 20; guesses++) expect((await guess(`guess ${guesses}`, '198.51.100.7')).status).toBe(401)

    const throttled = await guess(SECRET, '198.51.100.7')

    expect(throttled.status).toBe(429)
    expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await guess(SECRET, '198.51.100.8')).status).toBe(200)
    house.pass(60)
    expect((await guess(SECRET, '198.51.100.7')).status).toBe(200)
  })
})

describe('the token endpoint', () => {
  test('refuses unknown grants, and known ones that are not registered', async () => {
    expect((await house.post('/oauth2/token', { grant_type: 'password' }, BASIC)).body.error).toBe('unsupported_grant_type')
    expect((await house.post('/oauth2/token', { grant_type: 'constructor' }, BASIC)).body.error).toBe('unsupported_grant_type')
    expect((await house.post('/oauth2/token', {}, BASIC)).body.error).toBe('invalid_request')
    expect((await house.post('/oauth2/token', { grant_type: 'client_credentials', client_id: 'desk' })).body.error).toBe(
      'unauthorized_client',
    )
  })

  test('refuses a repeated parameter, other media types, large bodies and other methods', async () => {
    const send = (body: string, headers: Record<string, string> = {}) =>
      house.fetch('/t/main/oauth2/token', {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...BASIC, ...headers },
      })

    expect((await (await send('grant_type=client_credentials&grant_type=client_credentials')).json()).error).toBe('invalid_request')
    expect((await (await send('{}', { 'content-type': 'application/json' })).json()).error).toBe('invalid_request')
    expect((await (await send(`x=${'x'.repeat(40_000)}`)).json()).error).toBe('invalid_request')
    const named = await (await send('%E2%98%8E%22=1&%E2%98%8E%22=2')).json()
    expect(named.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
    expect((await house.fetch('/t/main/oauth2/token')).status).toBe(405)
  })
})

describe('introspection and revocation', () => {
  let tokens: Readonly<Record<string, unknown>>

  beforeEach(async () => {
    const code = await house.code({ clientId: 'office' })
    tokens = (
      await house.post('/oauth2/token', { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER }, BASIC)
    ).body
    await house.addApplication('stranger', { grant_types: ['client_credentials'] }, 'secret of the stranger')
  })

  const introspect = (token: unknown, headers: Record<string, string> = BASIC) =>
    house.post('/oauth2/introspect', { token: String(token) }, headers)
  const stranger = basic('stranger:secret of the stranger')

  test('an application sees its own tokens, of both kinds', async () => {
    expect((await introspect(tokens.access_token)).body).toMatchObject({
      active: true,
      client_id: 'office',
      sub: house.jo.id,
      token_type: 'Bearer',
    })
    expect((await introspect(tokens.refresh_token)).body).toMatchObject({ active: true, client_id: 'office' })
  })

  test('another application sees nothing, unless a role allows it to, and refresh tokens never', async () => {
    await house
      .stores()
      .roles.save({ id: 'rol_resource_server', name: 'resource-server', permissions: ['tokens:introspect'], version: 0 }, {})
    await house.addApplication('api', { grant_types: [], gatehouse_roles: ['resource-server'] }, 'secret of the api')
    house.pass(6)
    const api = basic('api:secret of the api')

    expect((await introspect(tokens.access_token, stranger)).body).toEqual({ active: false })
    expect((await introspect(tokens.access_token, api)).body.active).toBe(true)
    expect((await introspect(tokens.refresh_token, api)).body).toEqual({ active: false })
  })

  test('whatever is wrong is just not active', async () => {
    for (const token of ['nonsense', String(tokens.id_token), `${tokens.access_token}x`, '{}', 'a.b.c'])
      expect((await introspect(token)).body).toEqual({ active: false })
  })

  test('sees at once that the person is suspended, for two read units, and relay marks the grant later', async () => {
    await introspect(tokens.access_token)
    const before = house.logs.length
    expect((await introspect(tokens.access_token)).body.active).toBe(true)
    expect(house.logs.slice(before).find((one) => one.message === 'request')?.fields).toMatchObject({ read: 2, write: 0 })

    await house.stores().users.update(house.jo, { ...house.jo, active: false }, 'user.suspended', {})

    expect((await introspect(tokens.access_token)).body).toEqual({ active: false })
    expect((await introspect(tokens.refresh_token)).body).toEqual({ active: false })
    expect((await house.get('/oauth2/userinfo', { authorization: `Bearer ${tokens.access_token}` })).status).toBe(401)
    expect(await house.stores().authorizations.list(house.jo.id)).toHaveLength(1)
    await revokeAfterUserChanged(await house.context(), await house.lastEvent('user.suspended'))
    expect(await house.stores().authorizations.list(house.jo.id)).toEqual([])
  })

  test('sees at once that the person has a new password', async () => {
    await house.stores().users.setPassword(house.jo, 'another hash', {})

    expect((await introspect(tokens.access_token)).body).toEqual({ active: false })
    expect((await introspect(tokens.refresh_token)).body).toEqual({ active: false })
  })

  test('needs an application that authenticates', async () => {
    expect((await house.post('/oauth2/introspect', { token: String(tokens.access_token), client_id: 'desk' })).body.error).toBe(
      'invalid_client',
    )
    expect((await house.post('/oauth2/introspect', { token: String(tokens.access_token) })).body.error).toBe('invalid_client')
  })

  test('a revoked refresh token ends the whole grant; revoking it again, or nonsense, is success', async () => {
    const revoke = (token: unknown) => house.post('/oauth2/revoke', { token: String(token) }, BASIC)

    expect((await revoke(tokens.refresh_token)).status).toBe(200)

    expect((await introspect(tokens.access_token)).body).toEqual({ active: false })
    expect((await introspect(tokens.refresh_token)).body).toEqual({ active: false })
    expect((await revoke(tokens.refresh_token)).status).toBe(200)
    expect((await revoke('nonsense')).status).toBe(200)
  })

  test('a revoked access token ends, also one of the application itself', async () => {
    const own = (await robot({}, BASIC)).body.access_token
    expect((await introspect(own)).body.active).toBe(true)

    await house.post('/oauth2/revoke', { token: String(own), token_type_hint: 'refresh_token' }, BASIC)
    await house.post('/oauth2/revoke', { token: String(tokens.access_token) }, BASIC)

    expect((await introspect(own)).body).toEqual({ active: false })
    expect((await introspect(tokens.access_token)).body).toEqual({ active: false })
  })

  test("nobody revokes another application's tokens", async () => {
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      expect((await house.post('/oauth2/revoke', { token: String(token) }, stranger)).body.error).toBe('unauthorized_client')
    }
    expect((await introspect(tokens.access_token)).body.active).toBe(true)
  })
})

describe('pages of other origins', () => {
  test('may read answers that are about the application they belong to, and no others', async () => {
    const ask = (origin: string) =>
      house.post(
        '/oauth2/token',
        { grant_type: 'authorization_code', code: 'nonsense', redirect_uri: CALLBACK, client_id: 'desk' },
        { origin },
      )

    expect((await ask('http://localhost:8080')).headers.get('access-control-allow-origin')).toBe('http://localhost:8080')
    for (const origin of ['http://localhost:8081', 'https://attacker.example', 'null'])
      expect((await ask(origin)).headers.get('access-control-allow-origin')).toBeNull()
    expect((await ask('http://localhost:8080')).headers.get('access-control-allow-credentials')).toBeNull()
  })

  test('may ask first what they may send', async () => {
    const response = await house.fetch('/t/main/oauth2/token', {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:8080', 'access-control-request-method': 'POST' },
    })

    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })

  test('read userinfo of a token that was issued to them', async () => {
    const { body } = await house.redeem(await house.code())
    const read = async (origin: string) =>
      (await house.get('/oauth2/userinfo', { authorization: `Bearer ${body.access_token}`, origin })).headers.get(
        'access-control-allow-origin',
      )

    expect(await read('http://localhost:8080')).toBe('http://localhost:8080')
    expect(await read('https://attacker.example')).toBeNull()
  })
})

test('a client_id that is too long to be one is neither looked up nor remembered', async () => {
  const costs = async () => {
    const line = house.logs.findLast(({ message }) => message === 'request')
    return [line?.fields.read, line?.fields.write]
  }
  const client_id = 'x'.repeat(8000)
  // the tenant and its keys, which every request may read, are remembered from here on
  await house.get('/oauth2/authorize')
  await house.get('/oauth2/jwks')

  const token = await house.post('/oauth2/token', { client_id, client_secret: 'a guess', grant_type: 'client_credentials' })
  expect(token.status).toBe(401)
  expect(await costs()).toEqual([0, 0])
  expect((await house.get(`/oauth2/authorize?client_id=${client_id}`)).status).toBe(400)
  expect(await costs()).toEqual([0, 0])
})
