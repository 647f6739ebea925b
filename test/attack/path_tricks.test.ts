/** Paths that are read differently by different readers, through the real listener: never one tenant by the front's reading and another by the app's. */
import { connect } from 'node:net'
import { pathBelowIssuer } from '@gatehouse/http/house.ts'
import { pathAddresses } from '@gatehouse/local/addresses.ts'
import { type Listening, serve } from '@gatehouse/local/serve.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

type Read = { readonly tenant: string | undefined; readonly byFront: string; readonly byApp: string }

const addresses = pathAddresses('http://localhost:20801')
let listening: Listening
let reads: Read[] = []

beforeAll(async () => {
  listening = await serve({
    port: 0,
    host: '127.0.0.1',
    tls: undefined,
    trustedProxies: 0,
    async fetch(request) {
      const url = new URL(request.url)
      const address = addresses.find(url)
      const basePath = address?.basePath ?? ''
      const byApp = pathBelowIssuer(request, { env: { here: { basePath } } })
      reads.push({ tenant: address?.tenantId, byFront: url.pathname.slice(basePath.length) || '/', byApp })
      return new Response('read')
    },
  })
})
afterAll(() => listening.close())

test.each([
  ['/t/main/oauth2/jwks', 'main'],
  ['/t/main/../acme/oauth2/jwks', 'acme'],
  ['/t/main/%2e%2e/acme/oauth2/jwks', 'acme'],
  ['/t/main/.%2E/acme/oauth2/jwks', 'acme'],
  ['/t/main/oauth2/../../acme/api/v1/me', 'acme'],
  ['/t/main/..%2facme/oauth2/jwks', 'main'],
  ['/t/main/..;/acme/oauth2/jwks', 'main'],
  ['/t/main\\..\\acme/oauth2/jwks', 'acme'],
  ['/t/main/./login', 'main'],
  ['/t/main//login', 'main'],
  ['//t/main/login', undefined],
  ['//acme.example/t/main/login', undefined],
  ['/t/MAIN/login', undefined],
  ['/t/main%2flogin', undefined],
  ['/t/%6dain/login', undefined],
  ['/t/main?/../acme/login', 'main'],
  ['/t/main#/../acme/login', 'main'],
  ['/T/main/login', undefined],
  ['http://elsewhere.example/t/acme/login', 'acme'],
  ['/t/main/login?continue=/t/acme/', 'main'],
])('%s is one tenant, or none, to every reader', async (target, tenant) => {
  reads = []

  await ask(target)

  // A target that the listener refuses by itself was read by nobody.
  for (const read of reads) expect(read).toMatchObject({ tenant, byApp: read.byFront })
})

test('a Host header, whatever it says, names no tenant', async () => {
  expect(await ask('/t/main/login')).toMatch(/read$/)
  for (const host of ['acme.example', 'localhost/t/acme', 'localhost#', 'x@acme', '[::1']) {
    reads = []
    await ask('/t/main/login', host)
    for (const read of reads) expect(read, host).toMatchObject({ tenant: 'main', byFront: '/login', byApp: '/login' })
  }
})

function ask(target: string, host = `127.0.0.1:${listening.port}`): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(listening.port, '127.0.0.1', () =>
      socket.end(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
    )
    let answer = ''
    socket.on('data', (chunk) => {
      answer += String(chunk)
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}
