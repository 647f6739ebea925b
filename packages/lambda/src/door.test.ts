import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openArgon2 } from '@gatehouse/adapters/argon2/open_argon2.ts'
import { systemClock } from '@gatehouse/adapters/clock/system.ts'
import { openEgress } from '@gatehouse/adapters/egress/open_egress.ts'
import { openKeyfile } from '@gatehouse/adapters/keyfile/open_keyfile.ts'
import { noPlaces } from '@gatehouse/adapters/places/no_places.ts'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { openSqliteTable, type SqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import { ensureDefaultTenant } from '@gatehouse/http/admin/ensure_default_tenant.ts'
import { authorizeApp } from '@gatehouse/http/authorize/app.ts'
import { tokenApp } from '@gatehouse/http/token/app.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Door, openDoor } from './door.ts'
import type { FunctionUrlEvent } from './function_url.ts'
import { openBackgroundHouse, openHouse } from './house.ts'

const ORIGIN = 'https://d111111abcdef8.example.net'
const OLD = 'the-door-secret-that-is-leaving-us'
const NEW = 'the-door-secret-that-has-just-come'
const REFUSED = {
  statusCode: 403,
  body: JSON.stringify({ error: 'access_denied', error_description: 'requests come through the front door' }),
}

let directory = ''
let sqlite: SqliteTable
let token: Door
let authorize: Door
const lines: unknown[] = []

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-door-'))
  sqlite = openSqliteTable({ file: join(directory, 'house.sqlite'), clock: systemClock })
  const ports = {
    table: sqlite.table,
    clock: systemClock,
    random: systemRandom,
    vault: openKeyfile(join(directory, 'key')),
    hasher: openArgon2(),
    egress: openEgress(),
    places: noPlaces,
    log: { write: (_level: string, message: string, fields: object = {}) => void lines.push({ message, ...fields }) },
  }
  await ensureDefaultTenant(openBackgroundHouse(ports, { origin: ORIGIN, baseDomain: undefined }))
  const on = { house: openHouse(ports), secrets: [OLD, NEW], baseDomain: undefined }
  token = openDoor({ ...on, apps: { token: tokenApp() } })
  authorize = openDoor({ ...on, apps: { authorize: authorizeApp() } })
})

afterAll(() => {
  sqlite.close()
  rmSync(directory, { recursive: true })
})

function event(path: string, headers: Record<string, string | undefined> = {}, more: Partial<FunctionUrlEvent> = {}): FunctionUrlEvent {
  const front = {
    'x-gatehouse-door': NEW,
    'x-gatehouse-tenant': 'main',
    'x-gatehouse-base-path': '/t/main',
    'x-gatehouse-origin': ORIGIN,
    'x-gatehouse-ip': '203.0.113.7',
    host: 'abc.lambda-url.eu-central-1.on.aws',
  }
  return { rawPath: path, rawQueryString: '', headers: { ...front, ...headers }, requestContext: { http: { method: 'GET' } }, ...more }
}

const METADATA = '/t/main/.well-known/openid-configuration'
const post = (body: string, more: Partial<FunctionUrlEvent> = {}) =>
  event(
    '/t/main/oauth2/token',
    { 'content-type': 'application/x-www-form-urlencoded' },
    { requestContext: { http: { method: 'POST' } }, body, ...more },
  )

test.each([OLD, NEW])('while the secret is changed both values open: %s', async (secret) => {
  const { statusCode, body } = await token(event(METADATA, { 'x-gatehouse-door': secret }))

  expect(statusCode).toBe(200)
  expect(JSON.parse(body).issuer).toBe(`${ORIGIN}/t/main`)
})

test('a method that an address does not take is told which ones it takes', async () => {
  const wrong = await token(event('/t/main/oauth2/token'))
  const page = await authorize(event('/t/main/login', {}, { requestContext: { http: { method: 'PUT' } } }))

  expect(wrong).toMatchObject({ statusCode: 405, headers: { allow: 'POST, OPTIONS' } })
  expect(page).toMatchObject({ statusCode: 405, headers: { allow: 'GET, HEAD, POST' } })
})

test.each([
  ['none', undefined],
  ['an empty one', ''],
  ['a forged one', 'the-door-secret-that-has-just-cum'],
  ['a part of one', NEW.slice(0, -1)],
  ['one that grew', `${NEW}0`],
  ['both, as one header sent twice would come', `${OLD},${NEW}`],
  ['one sent twice', `${NEW}, ${NEW}`],
])('with %s nobody comes in, and nothing is looked up', async (_, secret) => {
  const before = lines.length

  expect(await token(event(METADATA, { 'x-gatehouse-door': secret }))).toMatchObject(REFUSED)
  expect(lines.slice(before)).toEqual([])
})

test.each([
  ['x-gatehouse-tenant', 'main, other'],
  ['x-gatehouse-tenant', '../main'],
  ['x-gatehouse-tenant', undefined],
  ['x-gatehouse-origin', 'http://d111111abcdef8.example.net'],
  ['x-gatehouse-origin', `${ORIGIN}/path`],
  ['x-gatehouse-origin', `${ORIGIN}, https://evil.example`],
  ['x-gatehouse-origin', 'https://user@evil.example'],
  ['x-gatehouse-base-path', '/t/other'],
  ['x-gatehouse-base-path', '/t/main/../other'],
])('an address that the front door would not write is refused: %s %s', async (name, value) => {
  expect(await token(event(METADATA, { [name]: value }))).toMatchObject(REFUSED)
})

test('the issuer is the word of the front door, not of the Host header nor of a forwarded one', async () => {
  const { body } = await token(
    event(METADATA, { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }),
  )

  expect(body).not.toContain('evil.example')
})

test('a function serves its own routes and no others', async () => {
  const login = await token(event('/t/main/login', { accept: 'text/html' }))
  const metadata = await authorize(event(METADATA))

  expect([login.statusCode, metadata.statusCode]).toEqual([404, 404])
  expect(JSON.parse(login.body).error).toBe('not_found')
})

test.each(['/t/other/oauth2/jwks', '/t/mainly/oauth2/jwks', '/oauth2/jwks'])(
  'a path that is not below the tenant is nowhere: %s',
  async (path) => {
    expect((await token(event(path))).statusCode).toBe(404)
  },
)

test('a tenant that is not there is nowhere', async () => {
  const headers = { 'x-gatehouse-tenant': 'nobody', 'x-gatehouse-base-path': '/t/nobody' }

  expect((await token(event('/t/nobody/oauth2/jwks', headers))).statusCode).toBe(404)
})

test('a form is read as text and as base64', async () => {
  const form = 'grant_type=client_credentials&client_id=nobody&client_secret=x'

  const plain = await token(post(form))
  const encoded = await token(post(Buffer.from(form).toString('base64'), { isBase64Encoded: true }))

  expect(JSON.parse(plain.body).error).toBe('invalid_client')
  expect(encoded).toEqual(plain)
})

test('a body beyond what anyone sends is refused in the words of what was asked', async () => {
  const plain = await token(post('x'.repeat(1_048_577)))
  const encoded = await token(post('A'.repeat(1_400_000), { isBase64Encoded: true }))
  const page = await authorize({ ...post('x'.repeat(1_048_577)), rawPath: '/t/main/login' })

  expect([plain.statusCode, encoded.statusCode, page.statusCode]).toEqual([413, 413, 413])
  expect(JSON.parse(plain.body)).toMatchObject({ error: 'invalid_request', error_description: 'a form has at most 32768 bytes' })
  expect(page.headers['content-type']).toContain('text/html')
})

test('a length that was announced falsely is not believed', async () => {
  const small = post(`a=${'x'.repeat(100_000)}`)
  const result = await token({ ...small, headers: { ...small.headers, 'content-length': '3', 'transfer-encoding': 'chunked' } })

  expect(JSON.parse(result.body).error_description).toContain('at most')
})

test('HEAD is answered without a body', async () => {
  const { statusCode, body } = await authorize(event('/t/main/privacy-policy', {}, { requestContext: { http: { method: 'HEAD' } } }))

  expect([statusCode, body]).toEqual([200, ''])
})

test('cookies come as a list and leave as one', async () => {
  const first = await authorize(event('/t/main/login', { accept: 'text/html' }))
  const [interaction = ''] = first.cookies ?? []
  const location = new URL(first.headers.location ?? '', ORIGIN)

  const second = await authorize(
    event(
      location.pathname,
      { accept: 'text/html' },
      { rawQueryString: location.search.slice(1), cookies: ['other=1', interaction.split(';')[0] ?? ''] },
    ),
  )

  expect(first.statusCode).toBe(303)
  expect(first.headers['set-cookie']).toBeUndefined()
  expect(interaction).toMatch(/Secure/)
  expect(second.statusCode).toBe(200)
  expect(second.body).toContain('name="username"')
})

test('each request leaves one line, with the network that the front door saw', async () => {
  const before = lines.length

  await token(event(METADATA))

  expect(lines.slice(before)).toMatchObject([
    { message: 'request', tenant: 'main', app: 'token', path: '/.well-known/openid-configuration', status: 200 },
  ])
})
