import { expect, test } from 'vitest'
import { clientCertificate, unlessMisdirected } from './client_certificate.ts'
import type { FunctionUrlEvent } from './function_url.ts'

const BASE64 = `${'A'.repeat(64)}${'B'.repeat(10)}=`
const PEM = `-----BEGIN CERTIFICATE-----\n${'A'.repeat(64)}\n${'B'.repeat(10)}=\n-----END CERTIFICATE-----\n`
const said = (clientCert: string | undefined, presented = 'presented') => ({
  'client-cert': clientCert,
  'x-gatehouse-certificate': presented,
})

test('a byte sequence of RFC 9440 is a certificate in PEM, with its colons and without', () => {
  expect(clientCertificate(said(`:${BASE64}:`))).toBe(PEM)
  expect(clientCertificate(said(BASE64))).toBe(PEM)
})

test.each([
  ['two of them, as a header sent twice would come', `:${BASE64}:, :${BASE64}:`],
  ['one with a parameter', `:${BASE64}:;a=1`],
  ['half a frame', `:${BASE64}`],
  ['PEM in percent signs', '-----BEGIN%20CERTIFICATE-----%0AMIIB%0A-----END%20CERTIFICATE-----%0A'],
  ['nothing in a frame', '::'],
])('%s is handed on as it came, and is no PEM', (_, text) => {
  expect(clientCertificate(said(text))).toBe(text)
})

test.each(['none', 'presented, presented', '', undefined])('where the front door says %j there is no certificate', (word) => {
  expect(clientCertificate(said(`:${BASE64}:`, word ?? ''))).toBeUndefined()
  expect(clientCertificate({ 'client-cert': `:${BASE64}:` })).toBeUndefined()
  expect(clientCertificate(said(undefined))).toBeUndefined()
})

const event = (query: string, headers: FunctionUrlEvent['headers'] = {}): FunctionUrlEvent => ({
  rawPath: '/t/acme/certificate',
  rawQueryString: query,
  headers,
  requestContext: { http: { method: 'GET' } },
})
const onward = () => new Response(null, { status: 303, headers: { location: 'https://acme.id.example.com/login/certificate' } })

test('without a certificate a browser is asked to come on a connection of its own, once', async () => {
  const first = unlessMisdirected(onward(), event('handover=x'))
  const page = await first.text()

  expect(first.status).toBe(421)
  expect(first.headers.get('location')).toBeNull()
  expect(page).toContain('url=/t/acme/certificate?handover=x&#38;again=1"')
  expect(unlessMisdirected(onward(), event('handover=x&again=1')).status).toBe(303)
  expect(unlessMisdirected(onward(), event('handover=x', said(BASE64))).status).toBe(303)
})

test('the page repeats nothing as markup, and a refusal stays what it is', async () => {
  const page = await unlessMisdirected(onward(), event('handover="><script>alert(1)</script>')).text()

  expect(page).not.toContain('<script')
  expect(unlessMisdirected(new Response('', { status: 400 }), event('handover=x')).status).toBe(400)
})
