/** The whole way of one application against the smallest house that follows the standard, over real HTTP. */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Hono } from 'hono'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSamples } from './start_samples.ts'

const ORIGIN = 'http://localhost:8080'
const { privateKey, publicKey } = await generateKeyPair('RS256')
const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }

let house: Server
let issuer: string
let nonce = ''

beforeAll(async () => {
  house = createServer(async (request, response) => {
    const answer = await respond(request)
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((resolve) => house.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(house.address() as AddressInfo).port}`
})
afterAll(() => {
  house.closeAllConnections()
  house.close()
})

async function respond(request: IncomingMessage): Promise<unknown> {
  if (request.url === '/.well-known/openid-configuration') {
    const at = (path: string) => `${issuer}${path}`
    const endpoints = { authorization_endpoint: at('/authorize'), token_endpoint: at('/token'), userinfo_endpoint: at('/userinfo') }
    const rest = { jwks_uri: at('/jwks'), end_session_endpoint: at('/logout'), authorization_response_iss_parameter_supported: true }
    return { issuer, ...endpoints, ...rest, id_token_signing_alg_values_supported: ['RS256'], response_types_supported: ['code'] }
  }
  if (request.url === '/jwks') return { keys: [key] }
  if (request.url === '/token') {
    const id_token = await sign({ sub: 'usr_1', sid: 'ses_1', nonce })
    return { access_token: 'at', token_type: 'Bearer', expires_in: 300, id_token }
  }
  if (request.url === '/userinfo') return { sub: 'usr_1', given_name: 'Rowan', email: 'rowan@example.com' }
  return undefined
}

function sign(claims: JWTPayload, typ = 'JWT'): Promise<string> {
  const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one', typ })
  return jwt.setIssuer(issuer).setAudience('dispatch').setIssuedAt().setExpirationTime('2m').setJti(crypto.randomUUID()).sign(privateKey)
}

/** A browser that keeps this application's cookie. */
async function openBrowser(at: string = issuer) {
  const registration = { issuer: at, client_id: 'dispatch', client_secret: 'secret' }
  const app: Hono = await createSamples({
    origin: ORIGIN,
    applications: [{ path: '/pickup-dispatch', name: 'Pickup Dispatch', ...registration }],
  })
  let cookie = ''
  return async (path: string, form?: Record<string, string>): Promise<Response> => {
    const body = form === undefined ? undefined : new URLSearchParams(form)
    const response = await app.request(`/pickup-dispatch${path}`, {
      method: form === undefined ? 'GET' : 'POST',
      headers: { cookie },
      body,
    })
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie
    return response
  }
}

type Browser = Awaited<ReturnType<typeof openBrowser>>

async function signIn(browser: Browser): Promise<string> {
  const sent = new URL((await browser('/login')).headers.get('location') ?? '')
  nonce = sent.searchParams.get('nonce') ?? ''
  const callback = `/oauth2client?${new URLSearchParams({ code: 'c', state: sent.searchParams.get('state') ?? '', iss: issuer })}`
  expect((await browser(callback)).status).toBe(303)
  return callback
}

function csrfOf(page: string): string {
  return /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
}

describe('signing in', () => {
  test('sends the person to the house with PKCE, state and nonce, and shows afterwards exactly what was shared', async () => {
    const browser = await openBrowser()

    const front = await (await browser('')).text()
    const sent = new URL((await browser('/login')).headers.get('location') ?? '')
    await signIn(browser)
    const home = await (await browser('')).text()

    expect(front).toContain('>Login</a>')
    expect(Object.fromEntries(sent.searchParams)).toMatchObject({
      scope: 'openid profile email phone',
      code_challenge_method: 'S256',
      redirect_uri: `${ORIGIN}/pickup-dispatch/oauth2client`,
    })
    expect(home).toContain('Welcome, Rowan')
    expect([...home.matchAll(/<th scope="row">[^<]*<code>([^<]+)/g)].map((match) => match[1])).toEqual(['given_name', 'email'])
  })

  test('works once per callback, and only in the browser that began it', async () => {
    const browser = await openBrowser()
    const stranger = await openBrowser()
    const callback = await signIn(browser)

    expect((await stranger(callback)).status).toBe(400)
    expect((await browser(callback)).headers.get('location')).toBe(`${ORIGIN}/pickup-dispatch`)
  })

  test('refuses an answer that names another issuer', async () => {
    const browser = await openBrowser()
    const sent = new URL((await browser('/login')).headers.get('location') ?? '')

    const answer = await browser(`/oauth2client?code=c&state=${sent.searchParams.get('state')}&iss=https%3A%2F%2Fevil.example`)

    expect(answer.status).toBe(400)
    expect(await (await browser('')).text()).toContain('>Login</a>')
  })

  test('says kindly that nothing was shared when the person denies', async () => {
    const browser = await openBrowser()
    const sent = new URL((await browser('/login')).headers.get('location') ?? '')
    const denial = new URLSearchParams({ error: 'access_denied', state: sent.searchParams.get('state') ?? '', iss: issuer })

    const answer = await browser(`/oauth2client?${denial}`)

    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('You were not signed in')
  })

  test('says so when the house is down', async () => {
    const browser = await openBrowser('http://127.0.0.1:9')

    const answer = await browser('/login')

    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('does not answer')
  })

  test('is not offered over plain http to another machine', async () => {
    await expect(openBrowser('http://house.example')).rejects.toThrow(/neither https/)
  })
})

describe('signing out', () => {
  test('needs the page’s own token, ends the session and goes on to the house', async () => {
    const browser = await openBrowser()
    await signIn(browser)
    const csrf = csrfOf(await (await browser('')).text())

    expect((await browser('/logout', { csrf: 'x'.repeat(csrf.length) })).status).toBe(403)
    const sent = new URL((await browser('/logout', { csrf })).headers.get('location') ?? '')

    expect(sent.pathname).toBe('/logout')
    expect(sent.searchParams.get('post_logout_redirect_uri')).toBe(`${ORIGIN}/pickup-dispatch`)
    expect(await (await browser('')).text()).toContain('>Login</a>')
  })

  test('at the house ends the session here, and the next page says so', async () => {
    const browser = await openBrowser()
    await signIn(browser)
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }

    const other = await browser('/backchannel-logout', { logout_token: await sign({ sid: 'ses_2', events }, 'logout+jwt') })
    const before = await (await browser('')).text()
    const own = await browser('/backchannel-logout', { logout_token: await sign({ sid: 'ses_1', events }, 'logout+jwt') })
    const after = await (await browser('')).text()

    expect([other.status, own.status]).toEqual([200, 200])
    expect(before).toContain('Welcome, Rowan')
    expect(after).toContain('You logged out elsewhere')
    expect(after).toContain('>Login</a>')
  })

  test('is refused to a token that is no logout token', async () => {
    const browser = await openBrowser()
    await signIn(browser)

    const answer = await browser('/backchannel-logout', { logout_token: await sign({ sub: 'usr_1', nonce: 'n' }) })

    expect(answer.status).toBe(400)
    expect(await (await browser('')).text()).toContain('Welcome, Rowan')
  })
})

describe('the desk', () => {
  const booking = { passenger: '<b>Kim</b>', phone: '+44 20 7946 0000', driver: 'Sam', pickup_place: '12 Mill Lane' }
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16)

  test('takes a booking from a signed-in person and shows it as text', async () => {
    const browser = await openBrowser()
    await signIn(browser)
    const csrf = csrfOf(await (await browser('/bookings')).text())

    const wrong = await browser('/bookings', { ...booking, pickup_at: 'soon', csrf })
    const right = await browser('/bookings', { ...booking, pickup_at: tomorrow, csrf })
    const list = await (await browser('/bookings')).text()

    expect([wrong.status, right.status]).toEqual([422, 303])
    expect(list).toContain('&lt;b&gt;Kim&lt;/b&gt;')
    expect(list).toContain('The booking was added.')
  })

  test('takes none without the page’s token, and none from a stranger', async () => {
    const browser = await openBrowser()
    const stranger = await openBrowser()
    await signIn(browser)

    expect((await browser('/bookings', { ...booking, pickup_at: tomorrow })).status).toBe(403)
    expect((await stranger('/bookings', { ...booking, pickup_at: tomorrow })).status).toBe(403)
  })

  test('allows no script, no frame and no cache', async () => {
    const browser = await openBrowser()

    const { headers } = await browser('')

    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
  })
})
