/**
 * The floor: the least that a whole sign-in can cost in this language, with the work that the house may not leave out, and no decision at all. Six requests, two
 * pages of the house's size with its headers, cookies sealed and opened, forms bound by a MAC, four synced writes with their events and audit records on the
 * house's own table, a sealed code, two signatures. It knows one person, checks nothing and refuses nobody: no product, and no part of one.
 */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, generateKeyPairSync, hash, sign } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pageHeaders } from '@gatehouse/http/headers.ts'
import { openLocalPorts } from '@gatehouse/local/ports.ts'
import { renderConsent } from '@gatehouse/pages/consent.tsx'
import { renderLogin } from '@gatehouse/pages/login.tsx'
import { serve } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { announce } from './announce.ts'
import { CLIENT } from './client.ts'
import { consentProps, pageProps } from './page_props.ts'

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
/** What an interaction carries to the next request: as long as the house's. */
const CARRIED = 'i'.repeat(700)
const [REDIRECT_URI] = CLIENT.redirect_uris
const PAGE = {
  ...pageProps('/login'),
  csrf: 'c'.repeat(43),
  interaction: `int_${'i'.repeat(31)}`,
  application: { name: CLIENT.client_name },
}
const LOGIN = renderLogin({ ...PAGE, action: '/login', signupHref: '/signup', recoverHref: '/recover' })
const CONSENT = renderConsent({ ...PAGE, action: '/consent', ...consentProps('person-1', 'openid profile email offline_access') })

const data = await mkdtemp(join(tmpdir(), 'gatehouse-bench-floor-'))
const { ports, close } = await openLocalPorts({ data, allowedLoopbackPorts: [] }, () => async () => ({}))
const { random, table } = ports
const KEY = createSecretKey(random.bytes(32))
const app = new Hono()
let issuer = ''

app.get('/.well-known/openid-configuration', (c) =>
  c.json({ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` }),
)
app.get('/authorize', (c) => lead(c, '/login', interaction()))
app.get('/login', (c) => show(c, LOGIN))
app.get('/consent', (c) => show(c, CONSENT))
app.post('/login', async (c) => {
  await readForm(c)
  await write('tries', false)
  return lead(c, '/consent', interaction())
})
app.post('/consent', async (c) => {
  await readForm(c)
  await write('session')
  await write('consent')
  const code = seal(CARRIED.slice(0, 400))
  return lead(
    c,
    `${REDIRECT_URI}?code=${code}&iss=${issuer}`,
    'interaction=; Max-Age=0',
    `session=${'s'.repeat(120)}`,
    `browser=${seal('b'.repeat(200))}`,
  )
})
app.post('/token', async (c) => {
  unseal(new URLSearchParams(await c.req.text()).get('code') ?? '')
  await write('authorization', false)
  const access_token = jwt()
  return c.json({ access_token, id_token: jwt(), refresh_token: mac('refresh'), at_hash: hash('sha256', access_token), expires_in: 300 })
})

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  issuer = `http://127.0.0.1:${port}`
  announce({ issuer }, async () => {
    server.close()
    await close()
    await rm(data, { recursive: true, force: true })
  })
})

function interaction(): string {
  return `interaction=${seal(CARRIED)}`
}

function lead(c: Context, location: string, ...cookies: readonly string[]): Response {
  for (const cookie of cookies) c.header('set-cookie', `${cookie}; Path=/; HttpOnly; SameSite=Lax`, { append: true })
  return c.redirect(location, 303)
}

function show(c: Context, html: string): Response {
  unseal(/interaction=([\w-]+)/.exec(c.req.header('cookie') ?? '')?.[1] ?? '')
  mac('form')
  for (const [name, value] of Object.entries(pageHeaders(random.token(16), [REDIRECT_URI]))) c.header(name, value)
  return c.newResponse(html)
}

async function readForm(c: Context): Promise<void> {
  new URLSearchParams(await c.req.text()).get('csrf')
  unseal(/interaction=([\w-]+)/.exec(c.req.header('cookie') ?? '')?.[1] ?? '')
  mac('form')
}

/** One synced write; an audited one has its record written behind the answer. */
async function write(noun: string, audited = true): Promise<void> {
  const key = { pk: `t#main#u#${noun}`, sk: random.token(16) }
  const event = { id: key.sk, kind: `${noun}.created`, tenant: 'main', at: Date.now(), actor: { ip: '127.0.0.1' } }
  await table.put({
    ...key,
    body: CARRIED.slice(0, 500),
    ttl: Math.floor(Date.now() / 1000) + 86_400,
    ...(noun === 'tries' ? {} : { event }),
  })
  if (audited) void table.put({ pk: 't#main#ev', sk: key.sk, ...event })
}

function jwt(): string {
  const signed = Buffer.from(JSON.stringify({ iss: issuer, sub: 'person-1', jti: random.token(9), more: CARRIED.slice(0, 200) }))
  return `${signed.toString('base64url')}.${sign('sha256', signed, privateKey).toString('base64url')}`
}

function mac(text: string): string {
  return createHmac('sha256', KEY).update(text).digest('base64url')
}

function seal(text: string): string {
  const iv = random.bytes(12)
  const cipher = createCipheriv('aes-256-gcm', KEY, iv)
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

function unseal(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', KEY, bytes.subarray(0, 12), { authTagLength: 16 })
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8')
}
