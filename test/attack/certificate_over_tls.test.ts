/** A client certificate over real sockets: TLS asks for it at its own port, and what it proves is believed there and nowhere else. */
import { mkdtemp, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openJar, type Visit } from '../fixture/browser_jar.ts'
import { leadFrom } from '../fixture/certificate_house.ts'
import { type Made, makeAuthority, makeCertificate } from '../fixture/certificates.ts'
import { mtlsFlags } from '../fixture/mtls_flags.ts'
import { type StartedHouse, startHouse } from '../house.ts'

type Answer = { readonly status: number; readonly location: string | undefined; readonly body: string }

let house: StartedHouse
let folder: string
let server: Made
const authority = makeAuthority({ cn: 'Example people' })
const card = makeCertificate({ by: authority, cn: 'alex' })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-mtls-'))
  const flags = await mtlsFlags(folder)
  server = flags.server
  const policies = { certificates: { authorities: [authority.pem], names: ['subject_cn'] } }
  house = await startHouse({
    words: [...flags.words, '--no-samples'],
    seed: {
      tenants: [
        {
          id: 'main',
          display_name: 'Main',
          policies,
          users: [{ userName: 'alex', name: { givenName: 'Alex', familyName: 'A' }, password: 'a long walk by the sea 7' }],
        },
      ],
    },
  })
})
afterAll(async () => {
  await house.stop()
  await rm(folder, { recursive: true, force: true })
})

/** As a browser that trusts the server, and shows this certificate where it is asked. */
function ask(
  url: string,
  shown?: { readonly pem: string; readonly keyPem: string },
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { ca: server.pem, agent: false, headers, ...(shown ? { cert: shown.pem, key: shown.keyPem } : {}) }
    const asked = request(url, options, (answer: IncomingMessage) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location, body: Buffer.concat(parts).toString() }),
      )
    })
    asked.on('error', reject)
    asked.end()
  })
}

async function begin(): Promise<{ readonly jar: ReturnType<typeof openJar>; readonly lead: string; readonly login: Visit }> {
  const jar = openJar({ origin: house.origin, fetch: (path, init) => fetch(new URL(path, house.origin), { ...init, redirect: 'manual' }) })
  const login = await jar.get('/t/main/login')
  return { jar, login, lead: (await leadFrom(jar, login, house.running.certificateOrigin)).href }
}

test('somebody signs in with a certificate, and is at My Account', async () => {
  const { jar, lead } = await begin()

  const { status, location = '' } = await ask(lead, card)
  const back = new URL(location)
  const done = await jar.get(`${back.pathname}${back.search}`)

  expect(status).toBe(303)
  expect(back.origin).toBe(house.origin)
  expect(done.url.href).toBe(`${house.issuer()}/account`)
  const cookie = [...jar.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const me = await (await fetch(`${house.issuer()}/api/v1/me`, { headers: { cookie } })).json()
  expect(me).toMatchObject({ profile: { userName: 'alex' } })
})

test('a certificate without its key shows nothing: TLS has it proven', async () => {
  const { jar, lead } = await begin()
  const thief = makeCertificate({ cn: 'thief' })

  await expect(ask(lead, { pem: card.pem, keyPem: thief.keyPem })).rejects.toThrow()
  const { location = '' } = await ask(lead, thief)
  const back = new URL(location)
  expect((await jar.get(`${back.pathname}${back.search}`)).body).toContain('Nobody who is trusted here')
})

test('whoever shows none comes back, and is told what browsers do', async () => {
  const { jar, lead } = await begin()

  const back = new URL((await ask(lead)).location ?? '')

  expect((await jar.get(`${back.pathname}${back.search}`)).body).toContain('Your browser showed none')
})

test('the door for certificates has one page, for its own host; the other door has not', async () => {
  const at = house.running.certificateOrigin ?? ''
  const { lead } = await begin()

  for (const path of ['/', '/t/main/login', '/t/main/account', '/_dev/inbox', '/user-portal', '/t/main/.well-known/openid-configuration'])
    expect((await ask(`${at}${path}`, card)).status, path).toBe(404)
  expect((await ask(lead, card, { host: new URL(house.origin).host })).status).toBe(421)
  const forged = await fetch(lead.replace(at, house.origin), { redirect: 'manual', headers: { 'x-gatehouse-certificate': 'x' } })
  expect(forged.status).toBe(404)
})
