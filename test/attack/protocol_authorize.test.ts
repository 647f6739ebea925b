/** The authorization endpoint under attack: RFC 9700 sections 2.1 and 4, OpenID Connect Core 1.0 section 3.1.2. */
import { ACR_PASSWORD } from '@gatehouse/core/authentication_context.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { authorizationParameters, CALLBACK, openProtocolHouse, type ProtocolHouse } from '../fixture/protocol_house.ts'

let house: ProtocolHouse

beforeEach(async () => {
  house = await openProtocolHouse()
})

afterEach(() => house.close())

type Landing = { readonly status: number; readonly location: URL | undefined }

async function visit(query: string | Record<string, string>, cookie?: string): Promise<Landing> {
  const search = typeof query === 'string' ? query : new URLSearchParams(authorizationParameters(query)).toString()
  const response = await house.fetch(`/t/main/oauth2/authorize?${search}`, cookie === undefined ? {} : { headers: { cookie } })
  const location = response.headers.get('location')
  return { status: response.status, location: location === null ? undefined : new URL(location, house.origin) }
}

/** The error that the application is told of at its redirect URI. */
async function refusal(query: string | Record<string, string>): Promise<string | null> {
  const { location } = await visit(query)
  expect(location?.href.startsWith(`${CALLBACK}?`), location?.href).toBe(true)
  expect(location?.searchParams.get('iss')).toBe('http://localhost:9443/t/main')
  return location?.searchParams.get('error') ?? null
}

describe('nobody is sent to an address that was not registered', () => {
  const odd = [
    'https://attacker.example/callback',
    'http://localhost:8080/callback/',
    'http://localhost:8080/callback?x=1',
    'http://localhost:8080/callback#fragment',
    'http://localhost:8080/callback/../other',
    'http://localhost:8080/Callback',
    'http://localhost:8081/callback',
    'http://localhost:8080@attacker.example/callback',
    'http://localhost:8080/callback%2f',
    'javascript:alert(1)',
    'http://localhost:8080/callback\n',
  ]
  test.each(odd)('%s', async (uri) => {
    const { status, location } = await visit({ redirect_uri: uri })

    expect(status).toBe(400)
    expect(location).toBeUndefined()
  })

  test('an unknown or a suspended application, or none, is told on a page of ours', async () => {
    await house.addApplication('asleep', { active: false })

    for (const client_id of ['nobody', 'asleep', '']) expect(await visit({ client_id })).toEqual({ status: 400, location: undefined })
  })

  test('two client_ids or redirect_uris are told on a page of ours, whichever of them is right', async () => {
    const search = new URLSearchParams(authorizationParameters()).toString()

    for (const second of ['client_id=desk', 'client_id=other', `redirect_uri=${encodeURIComponent('https://attacker.example/')}`]) {
      expect(await visit(`${search}&${second}`)).toEqual({ status: 400, location: undefined })
      expect(await visit(`${second}&${search}`)).toEqual({ status: 400, location: undefined })
    }
  })
})

describe('loopback addresses of native applications', () => {
  beforeEach(async () => {
    await house.addApplication('cli', {
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]:1234/callback', 'com.example.cli:/callback'],
    })
  })

  test('may have any port', async () => {
    for (const uri of [
      'http://127.0.0.1:51004/callback',
      'http://127.0.0.1/callback',
      'http://[::1]:9/callback',
      'com.example.cli:/callback',
    ]) {
      expect((await visit({ client_id: 'cli', redirect_uri: uri })).status, uri).toBe(303)
    }
  })

  test('may differ in nothing else', async () => {
    const odd = [
      'http://localhost:51004/callback',
      'http://127.0.0.2:51004/callback',
      'http://127.0.0.1:51004/other',
      'https://127.0.0.1:51004/callback',
      'http://127.0.0.1:51004@attacker.example/callback',
      'http://127.0.0.1:99999/callback',
    ]
    for (const uri of odd) expect((await visit({ client_id: 'cli', redirect_uri: uri })).status, uri).toBe(400)
  })

  test('are exact for web applications', async () => {
    await house.addApplication('web', { redirect_uris: ['http://127.0.0.1/callback'] })

    expect((await visit({ client_id: 'web', redirect_uri: 'http://127.0.0.1:51004/callback' })).status).toBe(400)
  })
})

describe('PKCE', () => {
  test('cannot be left out, weakened or malformed', async () => {
    expect(await refusal({ code_challenge: '', code_challenge_method: '' })).toBe('invalid_request')
    expect(await refusal({ code_challenge_method: 'plain' })).toBe('invalid_request')
    expect(await refusal({ code_challenge_method: '' })).toBe('invalid_request')
    expect(await refusal({ code_challenge: 'short' })).toBe('invalid_request')
    expect(await refusal({ code_challenge: '' })).toBe('invalid_request')
  })

  test('cannot be switched off for a public application', async () => {
    await house.addApplication('lax', { gatehouse_require_pkce: false })

    expect(await refusal({ client_id: 'lax', code_challenge: '', code_challenge_method: '' })).toBe('invalid_request')
  })
})

describe('a request that is not in order is refused at the redirect URI, with state and issuer', () => {
  const cases: [string, Record<string, string>][] = [
    ['invalid_request', { response_type: '' }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['unsupported_response_type', { response_type: 'code id_token' }],
    ['invalid_request', { response_mode: 'fragment' }],
    ['request_not_supported', { request: 'eyJ' }],
    ['request_uri_not_supported', { request_uri: 'https://attacker.example/' }],
    ['registration_not_supported', { registration: '{}' }],
    ['invalid_scope', { scope: 'openid admin' }],
    ['invalid_request', { prompt: 'none login' }],
    ['invalid_request', { prompt: 'sometimes' }],
    ['invalid_request', { max_age: '-1' }],
    ['invalid_request', { claims: '{' }],
    ['invalid_request', { claims: '{"id_token":{"email":{"essential":"yes"}}}' }],
    ['unmet_authentication_requirements', { claims: '{"id_token":{"acr":{"essential":true,"values":["urn:mace:incommon:iap:silver"]}}}' }],
    ['unmet_authentication_requirements', { claims: '{"id_token":{"acr":{"essential":true,"value":"urn:mace:incommon:iap:gold"}}}' }],
    ['unmet_authentication_requirements', { claims: '{"id_token":{"acr":{"essential":true,"values":[2]}}}' }],
    ['unmet_authentication_requirements', { prompt: 'none', claims: '{"id_token":{"acr":{"essential":true,"values":["2fa"]}}}' }],
    ['invalid_request', { id_token_hint: 'nonsense' }],
    ['login_required', { prompt: 'none' }],
    ['login_required', { claims: '{"userinfo":{"sub":{"value":"somebody else"}}}' }],
  ]
  test.each(cases)('%s: %o', async (error, change) => {
    expect(await refusal(change)).toBe(error)
  })

  test('an acr that is only wished for, or one of whose values can be reached, is no reason to refuse', async () => {
    const wishes = [{ values: ['2fa'] }, { essential: true }, { essential: true, values: ['2fa', ACR_PASSWORD] }]
    for (const acr of wishes)
      expect(await refusal({ prompt: 'none', claims: JSON.stringify({ id_token: { acr } }) })).toBe('login_required')
    expect(await refusal({ prompt: 'none', acr_values: '2fa' })).toBe('login_required')
  })

  test('state comes back as it was', async () => {
    const { location } = await visit({ prompt: 'none', state: 'a&b=c%20 ü' })

    expect(location?.searchParams.get('state')).toBe('a&b=c%20 ü')
  })

  test('a repeated parameter is refused', async () => {
    expect(await refusal(`${new URLSearchParams(authorizationParameters())}&scope=openid`)).toBe('invalid_request')
  })

  test('an application that is not registered for codes gets none', async () => {
    await house.addApplication('robot', { grant_types: ['client_credentials'] })

    expect(await refusal({ client_id: 'robot' })).toBe('unauthorized_client')
  })

  test('by form_post where that was asked for', async () => {
    const search = new URLSearchParams(authorizationParameters({ prompt: 'none', response_mode: 'form_post' }))
    const response = await house.fetch(`/t/main/oauth2/authorize?${search}`)
    const body = await response.text()

    expect(response.status).toBe(200)
    expect(body).toContain(`action="${CALLBACK}"`)
    expect(body).toContain('name="error" value="login_required"')
    expect(response.headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:8080")
  })
})

describe('id_token_hint', () => {
  const hinted = async (hint: string) => (await visit({ prompt: 'none', id_token_hint: hint })).location?.searchParams.get('error')

  test('of this application is taken, also when it has expired', async () => {
    const { body } = await house.redeem(await house.code())
    house.pass(2 * 3600)

    expect(await hinted(String(body.id_token))).toBe('login_required')
  })

  test('of another application, with another algorithm, or an access token is refused', async () => {
    const { body } = await house.redeem(await house.code())
    await house.addApplication('thief')
    const { body: other } = await house.redeem(await house.code({ clientId: 'thief' }), { client_id: 'thief' })
    const [, payload = ''] = String(body.id_token).split('.')
    const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`

    for (const hint of [String(other.id_token), none, `${none}AAAA`, String(body.access_token)])
      expect(await hinted(hint)).toBe('invalid_request')
  })
})

test('a page of another site that posts the request meets the same checks', async () => {
  const post = (change: Record<string, string>) =>
    house.fetch('/t/main/oauth2/authorize', { method: 'POST', body: new URLSearchParams(authorizationParameters(change)) })

  const bad = await post({ redirect_uri: 'https://attacker.example/' })
  const good = await post({})

  expect(bad.headers.get('location') ?? '').not.toMatch(/^https/)
  expect(good.status).toBe(303)
})

test('somebody signed in elsewhere in the house is asked for consent, and prompt=none says so', async () => {
  const { cookie } = await house.signIn()

  const { location } = await visit({ prompt: 'none' }, cookie)

  expect(location?.searchParams.get('error')).toBe('consent_required')
})
