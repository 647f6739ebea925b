/** An address that somebody wrote into a certificate: when it is followed, where it does not lead, and how long anybody waits for it. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { openEgress } from '@gatehouse/adapters/egress/open_egress.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { Egress } from '@gatehouse/ports/egress.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeAuthority, makeCertificate } from '../fixture/certificates.ts'
import { answeredAt } from '../fixture/ocsp.ts'
import { OCSP, OCSP_THEN_CRL, openRevocationHouse, type RevocationHouse } from '../fixture/revocation_house.ts'

const URL = 'http://ocsp.example.org/people'
const LISTS = 'http://pki.example.org/people.crl'

let house: RevocationHouse

beforeEach(async () => {
  house = await openRevocationHouse()
})
afterEach(() => house.close())

test('one is followed only where an authority of the tenant wrote it, and where all else is in order', async () => {
  const more = [answeredAt(URL)]
  await house.certify({ names: ['enrolled', 'subject_cn'], selfSigned: true, revocation: OCSP_THEN_CRL })
  for (const wish of [
    { by: makeAuthority() },
    { signedBy: makeAuthority().key, by: house.authority },
    {},
    { by: house.authority, until: house.in(-1) },
    { by: house.authority, use: ['1.3.6.1.5.5.7.3.1'] },
  ])
    expect((await house.outcomeOf(makeCertificate({ cn: 'jo', listAddress: LISTS, more, ...wish })))[0]).not.toBe('right')

  expect(house.asked).toEqual([])
})

test.each([
  'http://127.0.0.1:PORT/',
  'http://localhost:PORT/',
  'http://[::1]:PORT/',
  'http://10.0.0.1/',
  'http://169.254.169.254/',
  'http://name.example:PORT/',
])('%s is not asked', async (address) => {
  const arrived = await serve((_request, response) => response.end())
  try {
    Object.assign(house.house.ports, { egress: openEgress({ resolve: async () => ['127.0.0.1'] }) })
    const inner = address.replace('PORT', String(arrived.port))
    const inward = makeCertificate({ by: house.authority, cn: 'jo', listAddress: inner, more: [answeredAt(inner)] })

    expect((await house.outcomeOf(inward))[1]).toMatch(/ may not be reached from here$/)
    await house.askBy({ ...OCSP, ask: 'crl' })
    expect((await house.outcomeOf(inward))[0]).toBe('unchecked')
    expect(arrived.count()).toBe(0)
  } finally {
    await arrived.close()
  }
})

test.each<readonly [string, RequestListener, number, RegExp]>([
  ['that never answers', () => {}, 40, /abort|timeout/i],
  ['whose answer never ends', (_request, response) => response.write(Buffer.alloc(30_000)), 10_000, /larger than 20000 bytes/],
  ['whose answer is huge', (_request, response) => response.end(Buffer.alloc(2_000_000)), 10_000, /larger than 20000 bytes/],
])('one %s holds nobody up', async (_, respond, patience, because) => {
  const arrived = await serve(respond)
  try {
    const real = openEgress({ allowedLoopbackPorts: [arrived.port] })
    // How long the house really waits is what it asks of the egress: the first test of `certificate_ocsp.test.ts`.
    const hurried: Egress = { send: (request) => real.send({ ...request, timeoutMilliseconds: patience }) }
    Object.assign(house.house.ports, { egress: hurried })
    const there = makeCertificate({ by: house.authority, cn: 'jo', more: [answeredAt(`http://127.0.0.1:${arrived.port}/`)] })

    expect(await house.outcomeOf(there)).toEqual(['unchecked', `127.0.0.1:${arrived.port} did not answer`])
    expect(house.logs.map(({ fields }) => detailOf(fields?.error)).join()).toMatch(because)
  } finally {
    await arrived.close()
  }
})

function detailOf(error: unknown): string {
  return error instanceof IamError ? (error.detail ?? '') : ''
}

async function serve(respond: RequestListener): Promise<{ readonly port: number; count(): number; close(): Promise<void> }> {
  let count = 0
  const server = createServer((request, response) => {
    count += 1
    request.resume()
    respond(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The system gave no port.')
  return {
    port: address.port,
    count: () => count,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
