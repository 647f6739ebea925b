/** The bar of the cold start: hono and jose, one secret comparison, an ES256 JWT by a key from the environment, no store. */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { importJWK, SignJWT } from 'jose'
import { CLIENT } from '../../servers/client.ts'
import { type Event, type Result, toRequest, toResult } from './event.ts'

const ISSUER = 'https://bench.example'
const secret = hash(CLIENT.client_secret)

const app = new Hono()
app.post('/oauth2/token', async (c) => {
  const form = new URLSearchParams(await c.req.text())
  const [id, given] = Buffer.from((c.req.header('authorization') ?? '').slice('Basic '.length), 'base64')
    .toString()
    .split(':')
  if (id !== CLIENT.client_id || !timingSafeEqual(secret, hash(given ?? ''))) return c.json({ error: 'invalid_client' }, 401)
  const access_token = await new SignJWT({ client_id: id, scope: form.get('scope') ?? '' })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'bar' })
    .setIssuer(ISSUER)
    .setSubject(id)
    .setAudience(ISSUER)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(await importJWK(JSON.parse(process.env.BENCH_KEY ?? '{}'), 'ES256'))
  c.header('cache-control', 'no-store')
  return c.json({ access_token, token_type: 'Bearer', expires_in: 300 })
})

export const handler = async (event: Event): Promise<Result> => toResult(await app.fetch(toRequest(event)))

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
