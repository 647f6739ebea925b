import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { notUnderstood } from '../../test/fixture/not_understood_at_the_edge.ts'
import { MAXIMUM_BYTES, renderCertificateDoor } from './render_front_door.ts'
import { keyValues, openFrontDoor, type Verdict } from './run_front_door.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const HOST = 'mtls.id.example.com'
const code = renderCertificateDoor({ root, host: HOST })
const DOOR = JSON.stringify({
  secret: 'the door secret',
  origins: { authorize: 'authorize.lambda.example', token: 'token.lambda.example' },
})
const PATH = '/t/acme/certificate'

type Asked = { readonly host?: string; readonly headers?: Record<string, string>; readonly door?: string | undefined }

/** As CloudFront asks in front of that host: it says whether there was a certificate. */
function ask(uri: string, { host = HOST, headers = {}, door = DOOR }: Asked = {}): Promise<Verdict> {
  const all = Object.entries({ host, 'cloudfront-viewer-cert-present': '1', ...headers }).map(([name, value]) => [name, { value }])
  return openFrontDoor(
    code,
    keyValues({ door }),
  )({
    distributionDomainName: 'd222222abcdef8.cloudfront.net',
    ip: '203.0.113.7',
    request: { method: 'GET', uri, headers: Object.fromEntries(all), querystring: { handover: { value: 'sealed' } } },
  })
}

async function heard(asked: Asked = {}): Promise<Record<string, string>> {
  const verdict = await ask(PATH, asked)
  if (verdict.kind === 'answer') throw new Error(`answered at the edge with ${verdict.statusCode}`)
  const headers = Object.entries(verdict.request.headers).map(([name, { value }]) => [name, value])
  return { ...Object.fromEntries(headers), to: verdict.origin?.domainName ?? 'the bucket' }
}

async function status(uri: string, asked: Asked = {}): Promise<number> {
  const verdict = await ask(uri, asked)
  return verdict.kind === 'answer' ? verdict.statusCode : 0
}

test('the code is small enough for CloudFront, and says nothing that its runtime does not understand', () => {
  expect(Buffer.byteLength(code)).toBeLessThan(MAXIMUM_BYTES)
  expect(notUnderstood(code)).toEqual([])
})

test('the one path leads to the function that takes certificates, with our word on whose it is, and the certificate as CloudFront says it', async () => {
  expect(await heard({ headers: { 'client-cert': ':MIIB:' } })).toEqual({
    host: HOST,
    to: 'authorize.lambda.example',
    'client-cert': ':MIIB:',
    'x-gatehouse-door': 'the door secret',
    'x-gatehouse-tenant': 'acme',
    'x-gatehouse-base-path': '/t/acme',
    'x-gatehouse-origin': `https://${HOST}`,
    'x-gatehouse-ip': '203.0.113.7',
    'x-gatehouse-certificate': 'presented',
  })
})

test.each([
  '/',
  '/certificate',
  '/t/acme',
  '/t/acme/',
  '/t/acme/login',
  '/t/acme/account',
  '/t/acme/oauth2/token',
  '/t/acme/.well-known/openid-configuration',
  '/t/acme/account/assets/main-abc.js',
  '/_assets/pages.abc.css',
  '/user-portal',
  '/t/acme/certificate/',
  '/t/acme/certificate/x',
  '/t/acme//certificate',
  '/t/acme/../acme/certificate',
  '/t/acme/%63ertificate',
  '/t/acme/Certificate',
  '/t/mtls/certificate',
  '/t/a.b/certificate',
  '/t//certificate',
])('%s is nowhere at the certificates’ host', async (path) => {
  expect(await status(path)).toBe(404)
})

test.each([
  'acme.id.example.com',
  'id.example.com',
  'd222222abcdef8.cloudfront.net',
  `x${HOST}`,
  `${HOST}.evil.example`,
  `${HOST}:443`,
  `${HOST}.`,
  '',
])('nothing is served there as %j', async (host) => expect(await status(PATH, { host })).toBe(404))

test('the host means the same in capitals', async () => {
  expect((await heard({ host: HOST.toUpperCase() }))['x-gatehouse-origin']).toBe(`https://${HOST}`)
})

test.each([undefined, '', '{"secret":"","origins":{"authorize":"a"}}', '{"secret":"s","origins":{}}'])(
  'a store that says %j is an outage, told at the edge',
  async (door) => expect(await status(PATH, { door: door ?? 'not json' })).toBe(503),
)

describe('what a client sends', () => {
  test('in place of what we say, or of another proxy’s word, is dropped', async () => {
    const forged = {
      'x-gatehouse-door': 'forged',
      'x-gatehouse-tenant': 'forged',
      'x-gatehouse-base-path': 'forged',
      'x-gatehouse-origin': 'forged',
      'x-gatehouse-ip': 'forged',
      'x-gatehouse-certificate': 'forged',
      'x-gatehouse-country': 'forged',
      x_gatehouse_certificate: 'forged',
      'x-client-cert': 'forged',
      'x-forwarded-client-cert': 'forged',
      'cloudfront-viewer-cert-sha256': 'forged',
      'ssl-client-verify': 'forged',
      'x-forwarded-for': 'forged',
    }

    expect(JSON.stringify(await heard({ headers: forged }))).not.toContain('forged')
  })

  test.each(['0', '', '1, 1', 'true'])('is no certificate where CloudFront says that there was none: %j', async (said) => {
    const headers = { 'cloudfront-viewer-cert-present': said, 'x-gatehouse-certificate': 'presented', 'client-cert': ':forged:' }

    expect((await heard({ headers }))['x-gatehouse-certificate']).toBe('none')
  })
})
