/** The bar: the least that a token endpoint in JavaScript can be. hono and jose, client_credentials, an ES256 JWT, no store. */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { announce } from './announce.ts'
import { CLIENT } from './client.ts'

const { privateKey, publicKey } = await generateKeyPair('ES256')
const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig', kid: 'bar' }] }
const secrets = new Map([[CLIENT.client_id as string, hash(CLIENT.client_secret)]])

const app = new Hono()
let issuer = ''

app.get('/.well-known/openid-configuration', (c) => c.json({ issuer, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` }))
app.get('/jwks', (c) => c.json(jwks))
app.post('/token', async (c) => {
  const form = new URLSearchParams(await c.req.text())
  const [id, secret] = basic(c.req.header('authorization') ?? '')
  const known = secrets.get(id)
  if (known === undefined || !timingSafeEqual(known, hash(secret))) return c.json({ error: 'invalid_client' }, 401)
  if (form.get('grant_type') !== 'client_credentials') return c.json({ error: 'unsupported_grant_type' }, 400)
  const access_token = await new SignJWT({ client_id: id, scope: form.get('scope') ?? '' })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'bar' })
    .setIssuer(issuer)
    .setSubject(id)
    .setAudience(issuer)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey)
  c.header('cache-control', 'no-store')
  return c.json({ access_token, token_type: 'Bearer', expires_in: 300 })
})

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  issuer = `http://127.0.0.1:${port}`
  announce({ issuer }, () => void server.close())
})

function basic(header: string): [string, string] {
  const [id = '', secret = ''] = Buffer.from(header.slice('Basic '.length), 'base64').toString().split(':')
  return [decodeURIComponent(id), decodeURIComponent(secret)]
}

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
