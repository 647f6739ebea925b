/** Client certificates at the edge of the box: who is asked, what is written on a request, and that nobody else can write it. */
import type { AddressInfo } from 'node:net'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCertificate } from '../fixture/certificates.ts'
import { makeCertificates } from './box/gateway/certificate_authority.ts'
import { type Handshakes, openHandshakes, shownCertificate } from './box/gateway/handshakes.ts'
import { certificateHeaders, passedOn } from './box/gateway/passed_on.ts'

const TENANT = 'main.id.localhost'
const ASKING = 'mtls.id.localhost'
const card = makeCertificate({ cn: 'Robin' })
const certificates = makeCertificates(['id.localhost', '*.id.localhost'])
let handshakes: Handshakes
let port: number

beforeAll(async () => {
  handshakes = openHandshakes(certificates, [ASKING], (incoming, outgoing) => {
    outgoing.end(shownCertificate(incoming)?.equals(card.der) ? 'the card' : 'none')
  })
  await new Promise<void>((resolve) => handshakes.server.listen(0, '127.0.0.1', resolve))
  port = (handshakes.server.address() as AddressInfo).port
})
afterAll(() => handshakes.close())

/** What the server saw of somebody who has a card and would show it to anybody. */
function seenAt(servername: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, servername, ca: certificates.authority, cert: card.pem, key: card.keyPem })
    let answer = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text
    })
    socket.on('secureConnect', () => socket.write(`GET / HTTP/1.1\r\nhost: ${ASKING}\r\nconnection: close\r\n\r\n`))
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
  })
}

test('a name that asks is told the certificate; over the connection of another name nobody was asked, whatever the Host header says', async () => {
  expect(await seenAt(ASKING)).toContain('the card')
  expect(await seenAt(TENANT)).toContain('none')
})

test('what a client writes in place of CloudFront is gone, and what the handshake showed is said', () => {
  const forged = {
    'client-cert': { value: ':forged:' },
    'client-cert-chain': { value: ':forged:' },
    'cloudfront-viewer-cert-present': { value: '1' },
  }
  const request = { method: 'GET', uri: '/', querystring: {}, headers: { ...forged, host: { value: ASKING } }, cookies: {} }

  expect(certificateHeaders(request, undefined).headers).toEqual({
    host: { value: ASKING },
    'cloudfront-viewer-cert-present': { value: '0' },
  })
  expect(certificateHeaders(request, card.der).headers).toEqual({
    host: { value: ASKING },
    'cloudfront-viewer-cert-present': { value: '1' },
    'client-cert': { value: `:${card.der.toString('base64')}:` },
  })
})

test('what the policies do not name stays at the edge', () => {
  const of = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { value: name }]))
  const request = {
    method: 'GET',
    uri: '/',
    querystring: of(['handover', 'x']),
    headers: of(['client-cert', 'cookie-like']),
    cookies: of(['session']),
  }

  expect(passedOn({ headers: ['client-cert'], cookies: [], query: ['handover'] }, request)).toMatchObject({
    headers: of(['client-cert']),
    cookies: {},
    querystring: of(['handover']),
  })
  expect(passedOn({ headers: 'all', cookies: 'all', query: 'all' }, request)).toEqual(request)
})
