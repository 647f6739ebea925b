/** Ports of this machine that a house may ask (`--loopback-ports`): those that were named, by nobody's detour, and of no house that others reach. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openJar } from '../fixture/browser_jar.ts'
import { type StartedHouse, startHouse } from '../house.ts'

const OLD_PASSWORD = 'as it was there'
const servers: Server[] = []
let hook: { readonly port: number; readonly asked: string[] }
let secret: { readonly port: number; readonly asked: string[] }
let house: StartedHouse

async function listen(answer: (body: string) => unknown): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    asked.push(`${request.method} ${request.url}`)
    if (request.url === '/elsewhere') return response.writeHead(302, { location: `http://localhost:${secret.port}/` }).end()
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(text)))
  }).listen(0, 'localhost')
  await new Promise((resolve) => server.once('listening', resolve))
  servers.push(server)
  return { port: (server.address() as AddressInfo).port, asked }
}

beforeAll(async () => {
  hook = await listen((body) => {
    const { id, userName, password } = JSON.parse(body)
    return userName === 'ann' && password === OLD_PASSWORD ? { id, outcome: 'right', user: { userName: 'ann' } } : { id, outcome: 'wrong' }
  })
  secret = await listen(() => ({ a: 'secret of this machine' }))
  const migration = { url: `http://localhost:${hook.port}/hook`, secret: 'x'.repeat(40), until: '2999-01-01T00:00:00Z' }
  house = await startHouse({
    seed: { tenants: [{ id: 'main', policies: { migration } }] },
    words: ['--no-samples', '--loopback-ports', String(hook.port)],
  })
})
afterAll(async () => {
  await house.stop()
  for (const server of servers) server.close()
})

const ask = (url: string) => house.context.egress.send({ url, method: 'GET' })

test('a person comes over from an old system on this machine', async () => {
  const jar = openJar({ origin: house.origin, fetch: (path, init) => fetch(path, { redirect: 'manual', ...init }) })

  const wrong = await jar.submit(await jar.get('/t/main/login'), { username: 'ann', password: 'not that' })
  const arrived = await jar.submit(wrong, { username: 'ann', password: OLD_PASSWORD })

  expect([wrong.status, arrived.url.pathname]).toEqual([400, '/t/main/account'])
  expect(hook.asked).toEqual(['POST /hook', 'POST /hook'])
})

test.each([
  ['another port', () => `http://localhost:${secret.port}/`],
  ['another port by its address', () => `http://127.0.0.1:${secret.port}/`],
  ['another port by a number', () => `http://2130706433:${secret.port}/`],
  ['the house itself', () => `${house.origin}/t/main/login`],
  ['an inner network at the allowed port', () => `http://192.168.0.1:${hook.port}/`],
  ['the metadata of a cloud at the allowed port', () => `http://169.254.169.254:${hook.port}/`],
  ['an address that is all of this machine', () => `http://0.0.0.0:${hook.port}/`],
  ['a mapped one', () => `http://[::ffff:127.0.0.1]:${hook.port}/`],
])('%s is not reached', async (_, url) => {
  await expect(ask(url())).rejects.toMatchObject({ code: 'access_denied' })

  expect(secret.asked).toEqual([])
})

test('the allowed port leads no further: a redirect is an answer', async () => {
  expect((await ask(`http://localhost:${hook.port}/elsewhere`)).status).toBe(302)

  expect(secret.asked).toEqual([])
})

test('a house that others reach takes no such flag', async () => {
  for (const words of [
    ['--host', '0.0.0.0'],
    ['--origin', 'https://id.example.org'],
  ])
    await expect(startHouse({ words: ['--no-samples', '--loopback-ports', '3000', ...words] })).rejects.toThrow('only this machine reaches')
})
