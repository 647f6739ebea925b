/** Codes, tokens, userinfo and metadata, through the public door: RFC 6749, RFC 9068, OpenID Connect Core 1.0. */
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BASIC, CALLBACK, openProtocolHouse, type ProtocolHouse, SECRET } from '../fixture/protocol_house.ts'

let house: ProtocolHouse

beforeEach(async () => {
  house = await openProtocolHouse()
})

afterEach(() => house.close())

describe('the code', () => {
  test('becomes an access token of RFC 9068, an ID token in RS256 and a refresh token', async () => {
    const { status, headers, body } = await house.redeem(await house.code())

    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'openid profile email offline_access' })
    const access = await house.verify(body.access_token)
    expect(access).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
    const issuer = 'http://localhost:9443/t/main'
    expect(access.payload).toMatchObject({
      iss: issuer,
      aud: issuer,
      sub: house.jo.id,
      client_id: 'desk',
      scope: 'openid profile email offline_access',
    })
    const id = await house.verify(body.id_token)
    expect(id.alg).toBe('RS256')
    const hash = createHash('sha256').update(String(body.access_token)).digest().subarray(0, 16).toString('base64url')
    expect(id.payload).toMatchObject({ iss: issuer, aud: 'desk', sub: house.jo.id, nonce: 'the-nonce', at_hash: hash, amr: ['pwd'] })
    expect(id.payload.auth_time).toBeTypeOf('number')
    expect(id.payload.sid).toMatch(/^ses_/)
    expect(id.payload.email).toBeUndefined()
    expect(body.refresh_token).toBeTypeOf('string')
  })

  test('costs one write and one and a half reads where keys and applications are known', async () => {
    await house.redeem(await house.code())
    const code = await house.code()
    const before = house.logs.length

    await house.redeem(code)

    const line = house.logs.slice(before).find((one) => one.message === 'request')
    expect(line?.fields).toMatchObject({ read: 1.5, write: 1 })
  })

  test('fits into an address bar, and one that would not is stored and redeemed by name', async () => {
    const usual = await house.code()
    const long = await house.code({ request: { nonce: 'n'.repeat(500) } })

    expect(usual.length).toBeLessThanOrEqual(1024)
    expect(long.length).toBeLessThan(100)
    const { body } = await house.redeem(long)
    expect((await house.verify(body.id_token)).payload.nonce).toBe('n'.repeat(500))
  })

  test('of a confidential application registered without PKCE is redeemed by its secret alone', async () => {
    const code = await house.code({ clientId: 'office', request: { code_challenge: '', code_challenge_method: '' } })

    const { status, body } = await house.post('/oauth2/token', { grant_type: 'authorization_code', code, redirect_uri: CALLBACK }, BASIC)

    expect(status, JSON.stringify(body)).toBe(200)
  })

  test('gives no refresh token to an application that is not registered for one, and no ID token without openid', async () => {
    await house.addApplication('plain', { grant_types: ['authorization_code'] })
    const { body } = await house.redeem(await house.code({ clientId: 'plain', request: { scope: 'email' } }), { client_id: 'plain' })

    expect(body.access_token).toBeTypeOf('string')
    expect(body).not.toHaveProperty('refresh_token')
    expect(body).not.toHaveProperty('id_token')
  })

  test('carries the claims that were asked for in the ID token, where they were allowed', async () => {
    const claims = JSON.stringify({ id_token: { email: { essential: true }, phone_number: null } })

    const { body } = await house.redeem(await house.code({ request: { claims }, claims: ['email'] }))

    const { payload } = await house.verify(body.id_token)
    expect(payload.email).toBe('jo@example.org')
    expect(payload).not.toHaveProperty('phone_number')
  })
})

describe('userinfo', () => {
  test('gives exactly the attributes that were allowed, by GET and by POST', async () => {
    const { body } = await house.redeem(await house.code({ claims: ['given_name', 'email', 'email_verified'] }))
    const authorization = `Bearer ${body.access_token}`

    const got = await house.get('/oauth2/userinfo', { authorization })
    const posted = await house.post('/oauth2/userinfo', {}, { authorization })
    const formed = await house.post('/oauth2/userinfo', { access_token: String(body.access_token) })

    const expected = { sub: house.jo.id, given_name: 'Jo', email: 'jo@example.org', email_verified: false }
    expect(got.body).toEqual(expected)
    expect(posted.body).toEqual(expected)
    expect(formed.body).toEqual(expected)
    expect(got.headers.get('cache-control')).toBe('no-store')
  })

  test('tells who sent no token how to send one, and who sent a wrong one that it is wrong', async () => {
    const without = await house.get('/oauth2/userinfo')
    const wrong = await house.get('/oauth2/userinfo', { authorization: 'Bearer nonsense' })

    expect(without.status).toBe(401)
    expect(without.headers.get('www-authenticate')).toBe('Bearer realm="http://localhost:9443/t/main"')
    expect(wrong.status).toBe(401)
    expect(wrong.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  test('needs the scope openid', async () => {
    const { body } = await house.redeem(await house.code({ request: { scope: 'email' } }))

    const { status, body: refused } = await house.get('/oauth2/userinfo', { authorization: `Bearer ${body.access_token}` })

    expect(status).toBe(403)
    expect(refused.error).toBe('insufficient_scope')
  })

  test('ends with a suspension at once', async () => {
    const { body } = await house.redeem(await house.code())
    await house.stores().users.update(house.jo, { ...house.jo, active: false }, 'user.suspended', {})

    const { status } = await house.get('/oauth2/userinfo', { authorization: `Bearer ${body.access_token}` })

    expect(status).toBe(401)
  })
})

describe('client_credentials', () => {
  test('gives an ES256 token of the application itself, without a write, and in steady state without a read', async () => {
    await house.addApplication('robot', { grant_types: ['client_credentials'], scope: 'bookings:read bookings:write' }, SECRET)
    const ask = () =>
      house.post('/oauth2/token', { grant_type: 'client_credentials', client_id: 'robot', client_secret: SECRET, scope: 'bookings:read' })
    await ask()
    const before = house.logs.length

    const { body } = await ask()

    const { payload, alg } = await house.verify(body.access_token)
    expect(alg).toBe('ES256')
    expect(payload).toMatchObject({ sub: 'robot', client_id: 'robot', scope: 'bookings:read' })
    expect(body).not.toHaveProperty('refresh_token')
    expect(house.logs.slice(before).find((one) => one.message === 'request')?.fields).toMatchObject({ read: 0, write: 0 })
  })

  test('carries the permissions of the roles that the application holds, and nobody else can have them', async () => {
    await house.stores().roles.save({ id: 'rol_desk_reader', name: 'reader', permissions: ['users:read'], version: 0 }, {})
    await house.addApplication('holder', { grant_types: ['client_credentials'], scope: '', gatehouse_roles: ['reader'] }, SECRET)
    await house.addApplication('other', { grant_types: ['client_credentials'], scope: 'users:read' }, SECRET)
    const ask = (id: string) => house.post('/oauth2/token', { grant_type: 'client_credentials', client_id: id, client_secret: SECRET })

    expect((await ask('holder')).body.scope).toBe('users:read')
    expect((await ask('other')).body.scope).toBe('')
  })

  test('is refused to public applications, and gives nothing personal', async () => {
    await house.addApplication('public_robot', { grant_types: ['client_credentials'] })

    const open = await house.post('/oauth2/token', { grant_type: 'client_credentials', client_id: 'public_robot' })
    const personal = await house.post('/oauth2/token', { grant_type: 'client_credentials', scope: 'openid' }, BASIC)

    expect(open.body.error).toBe('unauthorized_client')
    expect(personal.body.error).toBe('invalid_scope')
  })
})

describe('opaque access tokens', () => {
  test('say nothing by themselves and work where the JWT would', async () => {
    await house.addApplication(
      'quiet',
      { gatehouse_access_token_format: 'opaque', token_endpoint_auth_method: 'client_secret_post' },
      SECRET,
    )
    const code = await house.code({ clientId: 'quiet' })

    const { body } = await house.redeem(code, { client_id: 'quiet', client_secret: SECRET })

    expect(body.access_token).toMatch(/^gat_[\w-]+$/)
    expect((await house.get('/oauth2/userinfo', { authorization: `Bearer ${body.access_token}` })).body.sub).toBe(house.jo.id)
    const { body: seen } = await house.post('/oauth2/introspect', {
      token: String(body.access_token),
      client_id: 'quiet',
      client_secret: SECRET,
    })
    expect(seen).toMatchObject({ active: true, client_id: 'quiet', sub: house.jo.id })
  })
})

describe('metadata', () => {
  test('names the endpoints under the issuer, and only what is there', async () => {
    const openid = await house.get('/.well-known/openid-configuration')
    const oauth = await house.get('/.well-known/oauth-authorization-server')

    expect(openid.body).toMatchObject({
      issuer: 'http://localhost:9443/t/main',
      token_endpoint: 'http://localhost:9443/t/main/oauth2/token',
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      request_uri_parameter_supported: false,
      backchannel_logout_session_supported: true,
    })
    expect(oauth.body).toEqual(openid.body)
    expect(openid.headers.get('access-control-allow-origin')).toBe('*')
    expect(openid.headers.get('cache-control')).toBe('public, max-age=300')
  })

  test('publishes one ES256 and one RS256 key, public halves only', async () => {
    const { body } = await house.get('/oauth2/jwks')

    const keys = body.keys as Record<string, unknown>[]
    expect(keys.map((key) => key.alg).sort()).toEqual(['ES256', 'RS256'])
    for (const key of keys) for (const secret of ['d', 'p', 'q']) expect(key).not.toHaveProperty(secret)
  })
})
