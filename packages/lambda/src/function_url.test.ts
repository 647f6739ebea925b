import { expect, test } from 'vitest'
import { type FunctionUrlEvent, toRequest, toResult } from './function_url.ts'

const ORIGIN = 'https://acme.example.net'
const event = (more: Partial<FunctionUrlEvent> = {}): FunctionUrlEvent => ({
  rawPath: '/login',
  rawQueryString: '',
  headers: {},
  requestContext: { http: { method: 'GET' } },
  ...more,
})

test('what the front door writes for the door stays there', () => {
  const { headers } = toRequest(
    event({
      headers: {
        'x-gatehouse-door': 'secret',
        'x-gatehouse-ip': '203.0.113.7',
        'x-forwarded-for': '203.0.113.7',
        'x-gatehouse-country': 'DE',
        'x-gatehouse-city': 'Berlin',
        'cloudfront-viewer-country': 'DE',
        'cloudfront-viewer-cert-pem': 'forged',
        'client-cert': 'forged',
        'client-cert-chain': 'forged',
        'x-ssl-cert': 'forged',
        'accept-language': 'de',
        host: 'abc.lambda-url.eu-central-1.on.aws',
      },
    }),
    ORIGIN,
  )

  expect(Object.fromEntries(headers)).toEqual({ 'accept-language': 'de', host: 'acme.example.net' })
})

test('the query stays as it was sent, and a path that was decoded makes none', () => {
  expect(toRequest(event({ rawQueryString: 'a=1%202&a=%26' }), ORIGIN).url).toBe(`${ORIGIN}/login?a=1%202&a=%26`)
  expect(toRequest(event({ rawPath: '/a?b#c' }), ORIGIN).url).toBe(`${ORIGIN}/a%3Fb%23c`)
})

test('cookies become one header again', () => {
  expect(toRequest(event({ cookies: ['a=1', 'b=2'] }), ORIGIN).headers.get('cookie')).toBe('a=1; b=2')
})

test('a body has the length that it has, and none where the method has none', async () => {
  const post = {
    requestContext: { http: { method: 'POST' } },
    headers: { 'content-length': '1', 'transfer-encoding': 'chunked' },
    body: 'ü',
  }

  const posted = toRequest(event(post), ORIGIN)
  const got = toRequest(event({ ...post, requestContext: { http: { method: 'GET' } } }), ORIGIN)

  expect([posted.headers.get('content-length'), posted.headers.get('transfer-encoding')]).toEqual(['2', null])
  expect(await posted.text()).toBe('ü')
  expect([got.body, got.headers.get('content-length')]).toEqual([null, null])
})

test('several cookies leave as a list, bytes as base64, text as it is', async () => {
  const headers = new Headers({ 'content-type': 'text/html' })
  headers.append('set-cookie', 'a=1; Path=/')
  headers.append('set-cookie', 'b=2, Expires=Thu; Path=/')

  const page = await toResult(new Response('<p>ü</p>', { headers }))
  const image = await toResult(new Response(new Uint8Array([0, 255]), { headers: { 'content-type': 'image/png' } }))
  const nothing = await toResult(new Response(null, { status: 204 }))

  expect(page).toMatchObject({
    statusCode: 200,
    cookies: ['a=1; Path=/', 'b=2, Expires=Thu; Path=/'],
    body: '<p>ü</p>',
    isBase64Encoded: false,
  })
  expect(page.headers['set-cookie']).toBeUndefined()
  expect(image).toMatchObject({ body: 'AP8=', isBase64Encoded: true })
  expect(nothing).toEqual({ statusCode: 204, headers: {}, body: '', isBase64Encoded: false })
})
