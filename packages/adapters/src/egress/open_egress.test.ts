import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openEgress } from './open_egress.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

let server: Server
let port = 0
let answer: Answer = (_request, response) => response.end('hello')
let arrivals = 0

beforeAll(async () => {
  server = createServer((request, response) => {
    arrivals += 1
    answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The system gave no port.')
  port = address.port
})

afterEach(() => {
  arrivals = 0
  answer = (_request, response) => response.end('hello')
})

afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const get = (url: string) => ({ url, method: 'GET' as const })
const allowed = (more = {}) => openEgress({ allowedLoopbackPorts: [port], ...more })

describe('what is sent', () => {
  test('a post arrives with its body and headers, and its answer comes back', async () => {
    answer = async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      response.writeHead(201, { 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] })
      response.end(`${request.method} ${request.url} ${request.headers['content-type']} ${request.headers.host} ${body}`)
    }

    const answered = await allowed().send({
      url: `http://127.0.0.1:${port}/hook?x=1`,
      method: 'POST',
      headers: { 'content-type': 'application/json', host: 'elsewhere.example' },
      body: '{"ä":1}',
    })

    expect(answered.status).toBe(201)
    expect(answered.headers['set-cookie']).toBe('a=1, b=2')
    expect(answered.body).toBe(`POST /hook?x=1 application/json 127.0.0.1:${port} {"ä":1}`)
  })

  test('localhost is reached at a listed port', async () => {
    expect((await allowed().send(get(`http://localhost:${port}/`))).body).toBe('hello')
  })

  test('a redirect is handed back, not followed', async () => {
    answer = (_request, response) => response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` }).end()

    const answered = await allowed().send(get(`http://127.0.0.1:${port}/`))

    expect(answered.status).toBe(302)
    expect(arrivals).toBe(1)
  })
})

describe('what is refused', () => {
  test.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://0:PORT/',
    'http://①②⑦.0.0.1:PORT/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://10.0.0.1/',
    'http://192.168.1.1/',
    'http://[fe80::1]/',
    'http://user:pass@1.1.1.1/',
    'file:///etc/passwd',
    'ftp://1.1.1.1/',
    'gopher://1.1.1.1/',
    '/relative',
  ])('%s', async (url) => {
    const sent = openEgress().send(get(url.replace('PORT', String(port))))

    await expect(sent).rejects.toMatchObject({ code: 'access_denied', description: 'The address may not be reached.' })
    expect(arrivals).toBe(0)
  })

  test('a name that leads to loopback', async () => {
    const egress = openEgress({ resolve: async () => ['127.0.0.1'] })

    await expect(egress.send(get(`http://hooks.example:${port}/`))).rejects.toMatchObject({ code: 'access_denied' })
    expect(arrivals).toBe(0)
  })

  test('a name with one inner address among public ones', async () => {
    const egress = openEgress({ resolve: async () => ['1.1.1.1', 'fd00::1'] })

    await expect(egress.send(get('https://hooks.example/'))).rejects.toMatchObject({ code: 'access_denied' })
  })

  test('loopback at a port that is not listed, and other inner addresses at one that is', async () => {
    await expect(openEgress({ allowedLoopbackPorts: [1] }).send(get(`http://127.0.0.1:${port}/`))).rejects.toMatchObject({
      code: 'access_denied',
    })
    await expect(allowed({ resolve: async () => ['10.0.0.1'] }).send(get(`http://hooks.example:${port}/`))).rejects.toMatchObject({
      code: 'access_denied',
    })
  })

  test('a name is resolved once: a second answer of its server is never asked for', async () => {
    let asked = 0
    const egress = allowed({
      resolve: async () => {
        asked += 1
        return [asked === 1 ? '127.0.0.1' : '10.0.0.1']
      },
    })

    const answered = await egress.send(get(`http://rebinding.example:${port}/`))

    expect(answered.body).toBe('hello')
    expect(asked).toBe(1)
  })
})

describe('what is cut off', () => {
  const unavailable = { code: 'unavailable' }

  test('an answer that never begins', async () => {
    answer = () => {}

    await expect(allowed().send({ ...get(`http://127.0.0.1:${port}/`), timeoutMilliseconds: 50 })).rejects.toMatchObject(unavailable)
  })

  test('a body that drips', async () => {
    answer = (_request, response) => {
      const drip = setInterval(() => response.write('x'), 10)
      response.on('close', () => clearInterval(drip))
    }

    await expect(allowed().send({ ...get(`http://127.0.0.1:${port}/`), timeoutMilliseconds: 100 })).rejects.toMatchObject(unavailable)
  })

  test('a body that does not end', async () => {
    answer = (_request, response) => {
      const pour = () => {
        while (response.write(Buffer.alloc(16_384))) {
          if (response.destroyed) return
        }
      }
      response.on('drain', pour)
      pour()
    }

    await expect(allowed().send(get(`http://127.0.0.1:${port}/`))).rejects.toMatchObject(unavailable)
  })

  test('a body one byte too long; one that just fits comes through', async () => {
    answer = (_request, response) => response.end('12345')
    const request = get(`http://127.0.0.1:${port}/`)

    expect((await allowed().send({ ...request, maximumBytes: 5 })).body).toBe('12345')
    await expect(allowed().send({ ...request, maximumBytes: 4 })).rejects.toMatchObject(unavailable)
  })

  test('a compressed body that nobody asked for', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('bomb')

    await expect(allowed().send(get(`http://127.0.0.1:${port}/`))).rejects.toMatchObject(unavailable)
  })

  test('a resolver that does not answer, a name without addresses, a port where nobody listens', async () => {
    const silent = openEgress({ resolve: () => new Promise(() => {}) })
    const nameless = openEgress({ resolve: async () => [] })

    await expect(silent.send({ ...get('https://slow.example/'), timeoutMilliseconds: 30 })).rejects.toMatchObject(unavailable)
    await expect(nameless.send(get('https://none.example/'))).rejects.toMatchObject(unavailable)
    await expect(openEgress({ allowedLoopbackPorts: [9] }).send(get('http://127.0.0.1:9/'))).rejects.toMatchObject(unavailable)
  })

  test('an answer that is not HTTP at all', async () => {
    answer = (_request, response) => {
      response.socket?.end('HTTP/9.9 what\r\n\r\n')
    }

    await expect(allowed().send(get(`http://127.0.0.1:${port}/`))).rejects.toMatchObject(unavailable)
  })
})
