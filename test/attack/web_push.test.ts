/** Devices that are woken for a sign-in (RFC 8030, 8291, 8292): what a push service learns, what it can do to us, and who is woken by whom. */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openEgress } from '@gatehouse/adapters/egress/open_egress.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { Me, MyPushSubscription } from '@gatehouse/core/my_account.ts'
import { PUSH_SECONDS } from '@gatehouse/core/push.ts'
import { endBrowserSession } from '@gatehouse/identity/browser_session.ts'
import { addCredential, newCredential, removeCredential } from '@gatehouse/identity/credentials.ts'
import { openHandlers } from '@gatehouse/relay/handlers.ts'
import { pushSubscriptionStore } from '@gatehouse/store/push_subscription.ts'
import { jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Jar } from '../fixture/browser_jar.ts'
import { type Authenticator, codeFrom, type FactorHouse, openFactorHouse } from '../fixture/factor_house.ts'

type Delivery = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: Buffer }

let house: FactorHouse
let app: Authenticator
let service: Server
let deliveries: Delivery[]
let answer: number

beforeEach(async () => {
  house = await openFactorHouse()
  app = await house.addTotp()
  const here = await house.context()
  await addCredential(here, house.jo.id, { ...newCredential(here, ''), kind: 'push' })
  house.pass(30)
  deliveries = []
  answer = 201
  service = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    deliveries.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
    response.writeHead(answer).end()
  })
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await new Promise((resolve) => service.close(resolve))
  house.close()
})

const origin = () => `http://127.0.0.1:${(service.address() as AddressInfo).port}`

/** What a browser makes and keeps, and how it reads what comes: RFC 8291 section 3.4 from the other side. */
function openBrowserKeys() {
  const ecdh = createECDH('prime256v1')
  const p256dh = ecdh.generateKeys().toString('base64url')
  const auth = randomBytes(16)
  const derive = (secret: Uint8Array, salt: Uint8Array, info: string | Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, Buffer.from(info), length))
  return {
    p256dh,
    auth: auth.toString('base64url'),
    read(body: Buffer): Record<string, string> {
      const [salt, length] = [body.subarray(0, 16), body.readUInt8(20)]
      const sender = body.subarray(21, 21 + length)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), Buffer.from(p256dh, 'base64url'), sender])
      const secret = derive(ecdh.computeSecret(sender), auth, info, 32)
      const decipher = createDecipheriv(
        'aes-128-gcm',
        derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16),
        derive(secret, salt, 'Content-Encoding: nonce\0', 12),
      )
      const sealed = body.subarray(21 + length)
      decipher.setAuthTag(sealed.subarray(-16))
      const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
      expect(text.at(-1)).toBe(2)
      return JSON.parse(text.subarray(0, -1).toString('utf8'))
    },
  }
}

/** Jo's phone: signed in with password and app. */
async function phone(): Promise<Jar> {
  const jar = house.jar()
  const mfa = await house.begin(jar)
  const byApp = await jar.get(`${mfa.url.pathname}${mfa.url.search}&credential=${app.credential.id}`)
  expect(codeFrom(await jar.submit(byApp, { otp: app.code() }))).toBeTruthy()
  house.pass(30)
  return jar
}

async function ask<T>(jar: Jar, method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
  const cookie = [...jar.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const at = (address: string, init: RequestInit) =>
    house.fetch(`/t/main/api/v1/me${address}`, { ...init, headers: { cookie, ...init.headers } })
  const me = (await (await at('', {})).json()) as Me
  const response = await at(path, {
    method,
    headers: { 'x-csrf-token': me.csrfToken ?? '', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) } as never
}

async function wokenPhone(path = '/one') {
  const jar = await phone()
  const keys = openBrowserKeys()
  const { status } = await ask(jar, 'PUT', '/push-subscription', { endpoint: `${origin()}${path}`, p256dh: keys.p256dh, auth: keys.auth })
  expect(status).toBe(204)
  return { jar, keys }
}

/** A sign-in elsewhere comes to the page that waits; then what happened has its consequences. */
async function signInElsewhere(jar = house.jar('198.51.100.9'), extra: Record<string, string> = {}): Promise<void> {
  const asked = await house.begin(jar, extra)
  const { id } = (await house.stores().credentials.list(house.jo.id)).find(({ kind }) => kind === 'push') ?? { id: '' }
  await jar.get(`/t/main/mfa?interaction=${asked.url.searchParams.get('interaction')}&credential=${id}`)
  await settle()
}

async function settle(): Promise<void> {
  const egress = openEgress({ allowedLoopbackPorts: [(service.address() as AddressInfo).port] })
  const send = async () => {}
  const handle = openHandlers({ ...house.house, ports: { ...house.house.ports, egress, mailer: { send }, texter: { send } } })
  const events = (await house.house.ports.stream.read(1000)).map(({ event }) => event as unknown as HouseEvent)
  const latest = events.filter(({ kind }) => kind === 'push.asked').at(-1)
  if (latest) await handle(latest)
}

const stored = () => pushSubscriptionStore(house.stores().shelf).list(house.jo.id)

describe('the message', () => {
  test('is read by the browser alone, and says to it neither who asks, nor from where, nor the number', async () => {
    const { keys } = await wokenPhone()

    await signInElsewhere()

    expect(deliveries).toHaveLength(1)
    const [{ headers, body, path } = { headers: {}, body: Buffer.alloc(0), path: '' }] = deliveries
    expect([path, headers['content-encoding'], headers.ttl, headers.urgency, headers.topic]).toEqual([
      '/one',
      'aes128gcm',
      String(PUSH_SECONDS),
      'high',
      'sign-in',
    ])
    expect(body.toString('latin1')).not.toContain('sign-in')
    expect(keys.read(body)).toEqual({ title: 'A sign-in waits for you', body: 'Open My Account at Tenant main to see who asks.' })
    expect(() => openBrowserKeys().read(body)).toThrow()
  })

  test('says to the push service who sends it, for it alone and not for long, by a key that only this tenant has', async () => {
    const { jar } = await wokenPhone()
    const { body } = await ask<MyPushSubscription>(jar, 'GET', '/push-subscription')

    await signInElsewhere()

    const [, token = '', key = ''] = /^vapid t=(\S+), k=(\S+)$/.exec(deliveries[0]?.headers.authorization ?? '') ?? []
    expect(key).toBe(body.applicationServerKey)
    const point = Buffer.from(key, 'base64url')
    const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
    const now = new Date(house.house.ports.clock.now())
    const { payload } = await jwtVerify(token, createPublicKey({ key: jwk, format: 'jwk' }), { audience: origin(), currentDate: now })
    expect(payload.sub).toBe(`${house.origin}/t/main`)
    expect(Number(payload.exp) - now.getTime() / 1000).toBeLessThanOrEqual(86_400)
    await house.addTenant('acme')
    const { vapidKeyOf } = await import('@gatehouse/identity/web_push/vapid.ts')
    expect((await vapidKeyOf(await house.context('acme'))).publicKey).not.toBe(key)
  })

  test('is stored nowhere readable: neither the address nor the secret that the browser gave', async () => {
    const { keys } = await wokenPhone('/very-telling')

    const [subscription] = await stored()

    expect(JSON.stringify(subscription)).not.toContain('very-telling')
    expect(JSON.stringify(subscription)).not.toContain(keys.auth)
    expect(JSON.stringify(house.logs)).not.toContain('very-telling')
  })
})

describe('who is woken', () => {
  test('every device whose session goes on, but not the browser that asks', async () => {
    const first = await wokenPhone('/first')
    await wokenPhone('/second')

    await signInElsewhere()
    expect(deliveries.map(({ path }) => path).sort()).toEqual(['/first', '/second'])
    deliveries = []
    house.pass(1000)
    await signInElsewhere(first.jar, { prompt: 'login' })

    expect(deliveries.map(({ path }) => path)).toEqual(['/second'])
  })

  test('nobody after the session has ended, the password has changed, or the approvals were switched off', async () => {
    const ended = await wokenPhone('/ended')
    const here = await house.context()
    const [{ id } = { id: 'ses_none' }] = await house.stores().sessions.list(house.jo.id)
    await endBrowserSession(here, { userId: house.jo.id, id: id as `ses_${string}` }, 'logout')
    await signInElsewhere()
    expect(deliveries).toEqual([])
    expect(await stored()).toEqual([])
    expect((await ask(ended.jar, 'GET', '/push-subscription')).status).toBe(401)

    await wokenPhone('/switched-off')
    const push = (await house.stores().credentials.list(house.jo.id)).find(({ kind }) => kind === 'push')
    await signInElsewhere(house.jar('198.51.100.10'))
    expect(deliveries.map(({ path }) => path)).toEqual(['/switched-off'])
    await removeCredential(here, house.jo.id, push?.id ?? 'crd_none00000')
    deliveries = []
    await settle()
    expect(deliveries).toEqual([])
  })

  test('nobody for what is over by the time that it is handled', async () => {
    await wokenPhone()
    const jar = house.jar('198.51.100.9')
    const asked = await house.begin(jar)
    const { id } = (await house.stores().credentials.list(house.jo.id)).find(({ kind }) => kind === 'push') ?? { id: '' }
    await jar.get(`/t/main/mfa?interaction=${asked.url.searchParams.get('interaction')}&credential=${id}`)
    house.pass(PUSH_SECONDS + 1)
    await settle()

    expect(deliveries).toEqual([])
  })

  test('it is turned off by whoever turned it on', async () => {
    const { jar } = await wokenPhone()
    expect((await ask<MyPushSubscription>(jar, 'GET', '/push-subscription')).body.isOn).toBe(true)
    const other = await phone()
    expect((await ask<MyPushSubscription>(other, 'GET', '/push-subscription')).body.isOn).toBe(false)
    await ask(other, 'DELETE', '/push-subscription')
    expect(await stored()).toHaveLength(1)

    expect((await ask(jar, 'DELETE', '/push-subscription')).status).toBe(204)
    await signInElsewhere()

    expect(deliveries).toEqual([])
    const kinds = (await house.events('push.device_removed')).map(({ data }) => data?.because)
    expect(kinds).toEqual(['asked'])
  })
})

describe('a push service', () => {
  test.each([404, 410, 403])('that answers %i is not asked again', async (status) => {
    await wokenPhone()
    answer = status
    await signInElsewhere()
    expect(await stored()).toEqual([])
    await settle()

    expect(deliveries).toHaveLength(1)
  })

  test.each([429, 500, 302])('that answers %i keeps its subscription, and nobody waits for it', async (status) => {
    await wokenPhone()
    answer = status
    await signInElsewhere()

    expect(await stored()).toHaveLength(1)
  })

  test('is one of those that makers of browsers run, and no other address', async () => {
    const jar = await phone()
    const keys = openBrowserKeys()
    const put = (endpoint: unknown, change: object = {}) =>
      ask(jar, 'PUT', '/push-subscription', { endpoint, p256dh: keys.p256dh, auth: keys.auth, ...change })

    for (const endpoint of ['https://evil.example/push', 'http://169.254.169.254/', 'http://10.0.0.1/', 7, 'x'.repeat(2000)])
      expect((await put(endpoint)).status, String(endpoint)).toBe(422)
    expect((await put('https://fcm.googleapis.com/fcm/send/a', { p256dh: 'AAAA' })).status).toBe(422)
    expect(await stored()).toEqual([])
  })
})

test('approvals come first, and a strange site turns nothing on', async () => {
  const keys = openBrowserKeys()
  const { jar } = await wokenPhone()
  const cookie = [...jar.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const forged = await house.fetch('/t/main/api/v1/me/push-subscription', {
    method: 'PUT',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint: `${origin()}/mine`, p256dh: keys.p256dh, auth: keys.auth }),
  })
  expect(forged.status).toBe(403)
  const push = (await house.stores().credentials.list(house.jo.id)).find(({ kind }) => kind === 'push')
  await removeCredential(await house.context(), house.jo.id, push?.id ?? 'crd_none00000')

  expect((await ask(jar, 'PUT', '/push-subscription', { endpoint: `${origin()}/`, p256dh: keys.p256dh, auth: keys.auth })).status).toBe(409)
})

test('the worker has a policy of its own, and nothing of a tenant or a person', async () => {
  const response = await house.fetch('/t/main/account/worker.js')

  expect([response.status, response.headers.get('content-type'), response.headers.get('content-security-policy')]).toEqual([
    200,
    'text/javascript; charset=utf-8',
    "default-src 'none'",
  ])
  expect(await response.text()).not.toContain('main')
})
