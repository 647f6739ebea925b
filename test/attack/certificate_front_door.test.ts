/** A client certificate on its way through the cloud's edge: only one that a TLS handshake has proven arrives, and at one address only. */
import { X509Certificate } from 'node:crypto'
import { request } from 'node:https'
import { certificateHref, openProof } from '@gatehouse/identity/certificates/handover.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCertificates } from '../cloud/box/gateway/certificate_authority.ts'
import { type CertificateEdge, eventOf, openCertificateEdge } from '../fixture/certificate_edge.ts'

const INTERACTION = 'int_of_somebody_1'
const OURS = makeCertificates(['jo'])
const DER = new X509Certificate(OURS.certificate).raw
const FORGED = `:${new X509Certificate(makeCertificates(['victim']).certificate).raw.toString('base64')}:`

let edge: CertificateEdge

beforeAll(async () => {
  edge = await openCertificateEdge()
})
afterAll(() => edge.close())

/** Path and query at the certificates' host, as a sign-in sends a browser there. */
async function handover(): Promise<string> {
  const href = await certificateHref(edge.ctx, { purpose: 'first', boundTo: INTERACTION })
  return String(href).replace(`https://${edge.certificateHost}`, '')
}

/** What the tenant is told by where the browser is sent back to. */
async function told(location: string | undefined): Promise<unknown> {
  const back = new URL(String(location))
  expect(back.origin).toBe(`https://${edge.tenantHost}`)
  return (await openProof(edge.ctx, back.searchParams.get('proof') ?? '', INTERACTION))?.shown
}

const address = () => ({
  'x-gatehouse-tenant': 'main',
  'x-gatehouse-base-path': '/t/main',
  'x-gatehouse-origin': `https://${edge.certificateHost}`,
})

test('what the handshake has proven is told to the tenant that waits for it, byte for byte', async () => {
  const path = await handover()

  const location = await new Promise<string | undefined>((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: edge.port,
        path,
        servername: 'mtls.id.localhost',
        ca: edge.authority,
        cert: OURS.certificate,
        key: OURS.key,
        headers: { host: edge.certificateHost, 'client-cert': FORGED, 'x-gatehouse-certificate': 'presented' },
      },
      (answer) => {
        answer.resume()
        resolve(answer.headers.location)
      },
    )
    asked.on('error', reject).end()
  })

  expect(await told(location)).toEqual({ der: DER.toString('base64url') })
})

test('who shows none is asked to come on a connection of its own, and then is told to have shown none', async () => {
  const path = await handover()

  const first = await edge.ask(edge.certificateHost, path)
  const again = await edge.ask(edge.certificateHost, `${path}&again=1`)

  expect(first.statusCode).toBe(421)
  expect(again.statusCode).toBe(303)
  expect(await told(again.headers.location)).toEqual({ problem: 'none' })
})

test.each(['client-cert', 'client-cert-chain', 'x-client-cert', 'cloudfront-viewer-cert-pem', 'x-gatehouse-certificate'])(
  'a forged %s is no certificate at that host',
  async (name) => {
    const { headers } = await edge.ask(edge.certificateHost, `${await handover()}&again=1`, {
      [name]: name === 'x-gatehouse-certificate' ? 'presented' : FORGED,
      'cloudfront-viewer-cert-present': '1',
    })

    expect(await told(headers.location)).toEqual({ problem: 'none' })
  },
)

test('at a tenant’s host a forged certificate meets nobody, and the page that takes certificates is not there', async () => {
  const forged = { 'client-cert': FORGED, 'x-gatehouse-certificate': 'presented', 'cloudfront-viewer-cert-present': '1' }
  const path = await handover()

  expect((await edge.ask(edge.tenantHost, path, forged)).statusCode).toBe(404)
  expect((await edge.ask(edge.tenantHost, path.replace('/t/main', ''), forged)).statusCode).toBe(404)
  expect((await edge.ask(edge.baseDomain, path, forged)).statusCode).toBe(404)
})

test('the front door of tenants knows the certificates’ host not: were a request for it led there, nobody would hear its certificate', async () => {
  const event = eventOf('/certificate', { ...address(), 'x-gatehouse-tenant': 'mtls', 'x-gatehouse-base-path': '', 'client-cert': FORGED })

  expect((await edge.door(event)).statusCode).toBe(403)
})

test.each([
  ['a tenant’s own host', () => edge.tenantHost, ''],
  ['a tenant’s host with a path', () => edge.tenantHost, '/t/main'],
  ['a domain of a tenant’s own', () => 'login.acme.example', ''],
])('at %s a function takes no certificate, whatever stands in the headers', async (_, host, basePath) => {
  const [, query = ''] = (await handover()).split('?')
  const elsewhere = { 'x-gatehouse-origin': `https://${host()}`, 'x-gatehouse-base-path': basePath }
  const forged = { ...address(), ...elsewhere, 'client-cert': FORGED, 'x-gatehouse-certificate': 'presented' }

  expect((await edge.door(eventOf(`${basePath}/certificate?${query}`, forged))).statusCode).toBe(404)
})

test.each(['/login', '/oauth2/authorize', '/account', '', '/'])(
  'at the certificates’ host a function serves %j to nobody',
  async (path) => {
    const event = eventOf(`/t/main${path}`, { ...address(), 'client-cert': FORGED, 'x-gatehouse-certificate': 'presented' })

    expect((await edge.door(event)).statusCode).toBe(404)
  },
)

test('at that host a path of another tenant than the front door named is nowhere, and so is an address without a tenant’s path', async () => {
  expect((await edge.door(eventOf('/t/other/certificate', address()))).statusCode).toBe(404)
  expect((await edge.door(eventOf('/certificate', { ...address(), 'x-gatehouse-base-path': '' }))).statusCode).toBe(403)
})

test.each([
  ['not base64', ':not base64:', 'unreadable'],
  ['sent twice', `${FORGED}, ${FORGED}`, 'unreadable'],
  ['of PEM in percent signs', '-----BEGIN%20CERTIFICATE-----', 'unreadable'],
  ['larger than any certificate', `:${'A'.repeat(200_000)}:`, 'too_large'],
])('a certificate that is %s is told as such', async (_, said, problem) => {
  const headers = { ...address(), 'client-cert': said, 'x-gatehouse-certificate': 'presented' }

  const answer = await edge.door(eventOf(await handover(), headers))

  expect(await told(answer.headers.location)).toEqual({ problem })
})

test('who knows the function’s address but not the front door’s secret says nothing', async () => {
  const headers = { ...address(), 'client-cert': FORGED, 'x-gatehouse-certificate': 'presented', 'x-gatehouse-door': 'guess' }

  expect((await edge.door(eventOf(await handover(), headers))).statusCode).toBe(403)
})

test('nobody goes anywhere by an address that the house has not sealed', async () => {
  const answer = await edge.ask(edge.certificateHost, '/t/main/certificate?handover=https://evil.example', {}, DER)

  expect(answer.statusCode).toBe(400)
  expect(answer.headers.location).toBeUndefined()
})
