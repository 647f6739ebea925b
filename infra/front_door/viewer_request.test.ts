import { fileURLToPath } from 'node:url'
import { ROUTES } from '@gatehouse/http/front.ts'
import { toRequest } from '@gatehouse/lambda/function_url.ts'
import { describe, expect, test } from 'vitest'
import { notUnderstood } from '../../test/fixture/not_understood_at_the_edge.ts'
import { MAXIMUM_BYTES, renderFrontDoor } from './render_front_door.ts'
import { type KeyValues, keyValues, openFrontDoor, type Verdict, type ViewerRequest } from './run_front_door.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const GENERATED = 'd111111abcdef8.cloudfront.net'
const BASE = 'id.example.com'
const APPS = ['authorize', 'token', 'register', 'approve', 'consent', 'account', 'admin']
const DOOR = JSON.stringify({ secret: 'the door secret', origins: Object.fromEntries(APPS.map((app) => [app, `${app}.lambda.example`])) })

const byPath = renderFrontDoor({ root, baseDomain: '', defaultTenant: 'main' })
const byHost = renderFrontDoor({ root, baseDomain: BASE, defaultTenant: 'main' })
const STORE = keyValues({ door: DOOR, 'host:login.acme.example': 'acme' })

type Asked = {
  readonly host?: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly store?: KeyValues
  readonly request?: Partial<ViewerRequest>
}

/** Without a base domain unless a host is given. */
function ask(uri: string, { host, method = 'GET', headers = {}, store = STORE, request = {} }: Asked = {}): Promise<Verdict> {
  const door = openFrontDoor(host === undefined ? byPath : byHost, store)
  const all = Object.entries({ host: host ?? GENERATED, ...headers }).map(([name, value]) => [name, { value }])
  return door({
    distributionDomainName: GENERATED,
    ip: '203.0.113.7',
    request: { method, uri, headers: Object.fromEntries(all), ...request },
  })
}

/** What a function hears, and which one. */
async function heard(uri: string, asked: Asked = {}): Promise<Record<string, string>> {
  const verdict = await ask(uri, asked)
  if (verdict.kind === 'answer') throw new Error(`answered at the edge with ${verdict.statusCode}`)
  const headers = Object.entries(verdict.request.headers).map(([name, { value }]) => [name, value])
  return { ...Object.fromEntries(headers), uri: verdict.request.uri, origin: verdict.origin?.domainName ?? 'the bucket' }
}

async function status(uri: string, asked: Asked = {}): Promise<number> {
  const verdict = await ask(uri, asked)
  return verdict.kind === 'answer' ? verdict.statusCode : 0
}

describe('the code', () => {
  test('is small enough for CloudFront', () => {
    expect(Buffer.byteLength(byHost)).toBeLessThan(MAXIMUM_BYTES)
  })

  test('says nothing that cloudfront-js-2.0 does not understand', () => {
    expect(notUnderstood(byHost)).toEqual([])
  })

  test('knows the routes of the house, and no others', () => {
    const own = ROUTES.filter(({ takesCertificates }) => !takesCertificates)
    for (const { path, app } of own) expect(byPath).toContain(`{ path: ${path}, app: '${app}' }`)
    expect(byPath.match(/app: '/g)).toHaveLength(own.length)
  })
})

/** The table of design, section 7, as far as the house has it. */
const ADDRESSES = [
  ['/.well-known/openid-configuration', 'token'],
  ['/.well-known/oauth-authorization-server', 'token'],
  ['/oauth2/authorize', 'authorize'],
  ['/oauth2/token', 'token'],
  ['/oauth2/introspect', 'token'],
  ['/oauth2/revoke', 'token'],
  ['/oauth2/userinfo', 'token'],
  ['/oauth2/jwks', 'token'],
  ['/oauth2/logout', 'authorize'],
  ['/login', 'authorize'],
  ['/consent', 'consent'],
  ['/signup', 'register'],
  ['/approvals/apr_1', 'approve'],
  ['/account', 'account'],
  ['/account/security', 'account'],
  ['/api/v1/openapi.json', 'admin'],
  ['/api/v1/users', 'admin'],
  ['/api/v1/me', 'account'],
  ['/api/v1/me/approvals', 'approve'],
] as const

describe('an address', () => {
  test.each(ADDRESSES)("%s reaches %s, at the tenant's path and at the tenant's host", async (path, app) => {
    expect(await heard(`/t/main${path}`)).toMatchObject({
      origin: `${app}.lambda.example`,
      uri: `/t/main${path}`,
      'x-gatehouse-tenant': 'main',
      'x-gatehouse-base-path': '/t/main',
      'x-gatehouse-origin': `https://${GENERATED}`,
    })
    expect(await heard(path, { host: `acme.${BASE}` })).toMatchObject({
      origin: `${app}.lambda.example`,
      uri: path,
      'x-gatehouse-tenant': 'acme',
      'x-gatehouse-base-path': '',
      'x-gatehouse-origin': `https://acme.${BASE}`,
    })
  })

  test("of metadata in the inserted form is the issuer's own (RFC 8414 section 3.1)", async () => {
    expect(await heard('/.well-known/oauth-authorization-server/t/acme')).toMatchObject({
      uri: '/t/acme/.well-known/oauth-authorization-server',
      'x-gatehouse-tenant': 'acme',
      origin: 'token.lambda.example',
    })
  })

  test('of a file goes to the bucket, with no secret', async () => {
    expect(await heard('/_assets/pages.abc.css')).toEqual({ host: GENERATED, uri: '/_assets/pages.abc.css', origin: 'the bucket' })
    expect(await heard('/t/main/account/assets/main-abc.js')).toEqual({
      host: GENERATED,
      uri: '/account/assets/main-abc.js',
      origin: 'the bucket',
    })
    expect(await heard('/account/assets/main-abc.js', { host: `acme.${BASE}` })).toMatchObject({
      uri: '/account/assets/main-abc.js',
      origin: 'the bucket',
    })
  })

  test.each(['/', '/user-portal', '/user-portal/', '/myaccount'])('%s leads to My Account of the default tenant', async (path) => {
    const location = async (asked: Asked) => {
      const verdict = await ask(path, asked)
      return verdict.kind === 'answer' && verdict.statusCode === 302 ? verdict.headers.location?.value : undefined
    }

    expect(await location({})).toBe('/t/main/account')
    expect(await location({ host: `acme.${BASE}` })).toBe('/account')
    expect(await location({ host: BASE })).toBe(`https://main.${BASE}/account`)
    expect(await status(path, { method: 'POST' })).toBe(404)
  })

  test.each([
    '/t/main',
    '/t/main/',
    '/t/main/nowhere',
    '/nowhere',
    '/oauth2/token',
    '/t//oauth2/token',
    '/t/main/oauth2/token/x',
    '/T/main/login',
    '/t/main/certificate',
  ])('%s is nowhere', async (path) => expect(await status(path)).toBe(404))
})

describe('a host', () => {
  test('that a tenant brought is looked up', async () => {
    expect(await heard('/login', { host: 'login.acme.example' })).toMatchObject({
      'x-gatehouse-tenant': 'acme',
      'x-gatehouse-origin': 'https://login.acme.example',
    })
  })

  test.each([
    'unknown.example',
    `a.b.${BASE}`,
    `.${BASE}`,
    `-a.${BASE}`,
    `acme.${BASE}.`,
    `acme.${BASE}:8443`,
    `mtls.${BASE}`,
    `x${BASE}`,
    `${BASE}.evil.example`,
    '',
  ])("%j is nobody's", async (host) => expect(await status('/login', { host })).toBe(404))

  test('means the same in capitals', async () => {
    expect(await heard('/login', { host: `ACME.${BASE.toUpperCase()}` })).toMatchObject({
      'x-gatehouse-tenant': 'acme',
      'x-gatehouse-origin': `https://acme.${BASE}`,
    })
  })

  test("that CloudFront generated is no tenant's once there is a base domain", async () => {
    expect(await status('/t/main/login', { host: GENERATED })).toBe(404)
  })

  test('that cannot be looked up is an outage, told at the edge', async () => {
    const broken: KeyValues = { ...STORE, exists: () => Promise.reject(new Error('unavailable')) }
    const empty = keyValues({})

    expect(await status('/login', { host: 'login.acme.example', store: broken })).toBe(503)
    expect(await status('/t/main/login', { store: empty })).toBe(503)
    expect(await status('/t/main/login', { store: keyValues({ door: '{"secret":"s","origins":{}}' }) })).toBe(503)
  })
})

test.each(['Main', 'mtls', 'a_b', '-a', 'a-', 'a.b', '%61cme', 'x'.repeat(64), '..'])('%s is no tenant', async (tenant) => {
  expect(await status(`/t/${tenant}/login`)).toBe(404)
})

describe('what a client sends', () => {
  test('as if it were the front door or a proxy, is dropped', async () => {
    const forged = {
      'x-gatehouse-door': 'guess',
      'x-gatehouse-tenant': 'acme',
      'x-gatehouse-base-path': '/t/acme',
      'x-gatehouse-ip': '127.0.0.1',
      'x-gatehouse-country': 'XX',
      'x-gatehouse-anything': '1',
      x_gatehouse_door: 'guess',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-for': '127.0.0.1',
      forwarded: 'host=evil.example',
      'x-amzn-trace-id': 'Root=1-0-0;Sampled=1',
      'x-original-url': '/api/v1/users',
      'x-http-method-override': 'DELETE',
    }

    const said = JSON.stringify(await heard('/t/main/login', { headers: { ...forged, accept: 'text/html', cookie: 'a=b' } }))

    for (const value of ['guess', 'acme', '127.0.0.1', 'XX', 'evil', 'forged', 'SUCCESS', 'Root=1-0-0', '/api/v1/users', 'DELETE'])
      expect(said).not.toContain(value)
    expect(said).toContain('the door secret')
    expect(said).toContain('203.0.113.7')
    expect(said).toContain('text/html')
  })

  test.each([
    'x-gatehouse-client-certificate',
    'cloudfront-viewer-cert-present',
    'cloudfront-viewer-cert-sha256',
    'cloudfront-viewer-cert-subject',
    'cloudfront-viewer-cert-issuer',
    'cloudfront-viewer-cert-serial-number',
    'cloudfront-viewer-cert-validity',
    'CloudFront-Viewer-Cert-Sha256',
    'cloudfront_viewer_cert_sha256',
    'client_cert',
    'x-client-cert',
    'x-client-certificate',
    'x-clientcert',
    'x-arr-clientcert',
    'x-forwarded-client-cert',
    'x-forwarded-tls-client-cert-info',
    'x-amzn-mtls-clientcert-leaf',
    'ssl-client-cert',
    'ssl-client-verify',
    'ssl_client_s_dn',
    'x-ssl-cert',
    'x-ssl-client-s-dn',
    'x-tls-client-subject',
    'x-client-verify',
    'x-client-dn',
    'x-peer-certificate',
    'x-mtls-subject',
    'x-x509-subject',
  ])('as %s is no certificate of ours', async (name) => {
    expect(JSON.stringify(await heard('/t/main/login', { headers: { [name]: 'forged' } }))).not.toContain('forged')
  })

  test.each(['client-cert', 'client-cert-chain', 'cloudfront-viewer-cert-pem'])(
    'as %s is shown to no CloudFront function, and reaches no app: the door of a function drops it',
    async (name) => {
      const verdict = await ask('/t/main/login', { headers: { [name]: 'forged', accept: 'text/html' } })
      if (verdict.kind === 'answer') throw new Error('answered at the edge')
      const headers = Object.fromEntries(Object.entries(verdict.request.headers).map(([key, { value }]) => [key, value]))
      const event = { rawPath: '/t/main/login', rawQueryString: '', headers, requestContext: { http: { method: 'GET' } } }

      expect(headers[name]).toBe('forged')
      expect([...toRequest(event, `https://${GENERATED}`).headers]).toEqual([
        ['accept', 'text/html'],
        ['host', GENERATED],
      ])
    },
  )

  test('is passed on as it came otherwise: query, cookies, authorization, the spelling of the path', async () => {
    const querystring = { state: { value: 'a%2Fb' }, scope: { value: 'a', multiValue: [{ value: 'a' }, { value: 'b' }] } }
    const cookies = { session: { value: 'abc' } }

    const verdict = await ask('/t/main/api/v1/applications/a%2Fb', {
      headers: { authorization: 'Bearer x' },
      request: { querystring, cookies },
    })

    expect(verdict).toMatchObject({
      kind: 'forward',
      request: { uri: '/t/main/api/v1/applications/a%2Fb', querystring, cookies, headers: { authorization: { value: 'Bearer x' } } },
      origin: { domainName: 'admin.lambda.example', hostHeader: 'admin.lambda.example' },
    })
  })

  test('from somewhere is told with the place that CloudFront knows', async () => {
    const headers = {
      'cloudfront-viewer-country': 'DE',
      'cloudfront-viewer-city': 'K%C3%B6ln',
      'cloudfront-viewer-latitude': '50.93',
      'cloudfront-viewer-asn': '3320',
      'x-gatehouse-longitude': '1',
    }

    const said = await heard('/t/main/login', { headers })

    expect(said).toMatchObject({
      'x-gatehouse-country': 'DE',
      'x-gatehouse-city': 'K%C3%B6ln',
      'x-gatehouse-latitude': '50.93',
      'x-gatehouse-asn': '3320',
    })
    expect(said).not.toHaveProperty('x-gatehouse-longitude')
    expect(said).not.toHaveProperty('cloudfront-viewer-country')
  })

  test('of a place is believed only where CloudFront knows the country, and only what it was asked for', async () => {
    const headers = { 'cloudfront-viewer-city': 'Berlin', 'cloudfront-viewer-latitude': '52.5', 'cloudfront-viewer-address': '127.0.0.1:1' }

    expect(JSON.stringify(await heard('/t/main/login', { headers }))).not.toMatch(/Berlin|52\.5|127\.0\.0\.1/)
  })
})

test.each([
  '/t/main/login/../oauth2/token',
  '/t/main/./login',
  '/t/main/login/..',
  '/t/main/%2e%2e/acme/login',
  '/t/main/.%2E/acme/login',
  '/t/main\\..\\acme/login',
  '/t/main/%5c..%5cacme/login',
  '/t/main/%6Cogin',
  '/t/%6dain/login',
  '/t/main%2flogin',
  '/t/main/oauth2%2ftoken',
  '//t/main/login',
  '/t/main//login',
  '/t/main//evil.example/oauth2/token',
])('%s is read by nobody', async (path) => {
  expect(await status(path)).toBe(404)
})

/** CloudFront keeps what these patterns take: another function's answer there would be kept for all. */
test.each([
  '/t/main/account/x/oauth2/jwks',
  '/t/main/account/.well-known/x',
  '/t/main/login/.well-known/openid-configuration',
  '/t/main/api/v1/me/account/assets/x.js',
  '/t/main/account/assets/x/y.js',
  '/t/main/account/assets/',
  '/_assets/x/y.css',
  '/_assets/',
])('%s looks like what is kept, and is nowhere', async (path) => {
  expect(await status(path)).toBe(404)
})

test('an answer of the edge speaks the language that is asked for, of those that the house has', async () => {
  const said = async (language: string) => {
    const verdict = await ask('/nowhere', { headers: { 'accept-language': language } })
    return verdict.kind === 'answer' ? verdict.body : ''
  }

  expect(await said('de-AT,en;q=0.5')).toContain('lang="de"')
  expect(await said('fr')).toContain('lang="en"')
  expect(await said('constructor')).toContain('lang="en"')
})

test('one request in a hundred is traced', async () => {
  const traced = await Promise.all(Array.from({ length: 4000 }, async () => 'x-amzn-trace-id' in (await heard('/t/main/login'))))
  const count = traced.filter(Boolean).length

  expect(count).toBeGreaterThan(8)
  expect(count).toBeLessThan(100)
})
