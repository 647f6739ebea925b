import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { LightHeaders, LightRequest, LightResponse } from './light_web.ts'

/** Node's own: a server of another test may have put its one in its place. */
const answer = await fetch('data:,')
const NodeResponse = answer.constructor as typeof Response

type Act = (headers: Headers) => unknown

/** What the light classes must do as Node's do: the same acts, one after the other, on both. */
const ACTS: Readonly<Record<string, readonly Act[]>> = {
  'names fold': [(headers) => headers.set('A', '1'), (headers) => headers.get('a'), (headers) => headers.has('A')],
  'an absent one is null': [(headers) => headers.get('a'), (headers) => headers.get('set-cookie')],
  'set replaces': [(headers) => headers.append('a', '1'), (headers) => headers.set('a', '2')],
  'append joins': [(headers) => headers.append('a', '1'), (headers) => headers.append('A', '2')],
  'cookies stay apart': [
    (headers) => headers.append('set-cookie', 'a=1'),
    (headers) => headers.append('Set-Cookie', 'b=2'),
    (headers) => headers.get('set-cookie'),
  ],
  'set replaces cookies': [(headers) => headers.append('set-cookie', 'a=1'), (headers) => headers.set('set-cookie', 'b=2')],
  'delete removes': [(headers) => headers.set('a', '1'), (headers) => headers.delete('A')],
  'delete removes cookies': [(headers) => headers.append('set-cookie', 'a=1'), (headers) => headers.delete('Set-Cookie')],
  'white space around a value goes': [(headers) => headers.set('a', '\t b c ')],
  'a copy is its own': [(headers) => headers.set('a', '1'), (headers) => [...new (headers.constructor as typeof Headers)(headers)]],
}

function seen(headers: Headers, acts: readonly Act[]): unknown {
  const said = acts.map((act) => act(headers))
  const each: string[] = []
  headers.forEach((value, name) => void each.push(`${name}=${value}`))
  return { said, each, all: [...headers], cookies: headers.getSetCookie() }
}

test.each(Object.entries(ACTS))('headers: %s', (_, acts) => {
  expect(seen(new LightHeaders() as unknown as Headers, acts)).toEqual(seen(new Headers(), acts))
})

test.each([
  ['a', 'b\r\nset-cookie: evil=1'],
  ['a', 'b\nc'],
  ['a', 'b\0'],
  ['a b', 'c'],
  ['a:', 'c'],
  ['', 'c'],
])('no value and no name becomes a second header: %j %j', (name, value) => {
  expect(() => new LightHeaders().set(name, value)).toThrow(TypeError)
  expect(() => new LightHeaders().append(name, value)).toThrow(TypeError)
  expect(() => new LightHeaders([[name, value]])).toThrow(TypeError)
  expect(() => new Headers().set(name, value)).toThrow(TypeError)
})

test.each([
  ['text', 'ü', {}],
  ['bytes', new Uint8Array([104, 105]), {}],
  ['nothing', null, { status: 204 }],
  ['text of a type', '{}', { status: 201, headers: { 'content-type': 'application/json' } }],
])('an answer of %s says what one of Node says', async (_, body, init) => {
  const [light, own] = [new LightResponse(body, init), new NodeResponse(body, init)]

  expect([light.status, light.ok, light.headers.get('content-type'), await light.text()]).toEqual([
    own.status,
    own.ok,
    own.headers.get('content-type'),
    await own.text(),
  ])
})

test('JSON answers and bytes', async () => {
  const json = LightResponse.json({ a: 1 }, { status: 404, headers: { 'cache-control': 'no-store' } })

  expect([json.status, json.headers.get('content-type'), json.headers.get('cache-control')]).toEqual([404, 'application/json', 'no-store'])
  expect(await json.json()).toEqual({ a: 1 })
  expect([...new Uint8Array(await new LightRequest('https://a.example/', { body: 'ü' }).arrayBuffer())]).toEqual([195, 188])
})

test('a stream is refused, so that a new use of one is seen', () => {
  expect(() => new LightResponse(new ReadableStream() as never)).toThrow(TypeError)
})

test('hono takes them for its own', async () => {
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    c.header('x-after', '1')
    c.header('set-cookie', 'b=2', { append: true })
  })
  app.post('/echo', async (c) => {
    c.header('set-cookie', 'a=1', { append: true })
    return c.json({ text: await c.req.text(), query: c.req.query('q'), agent: c.req.header('User-Agent') }, 201)
  })

  const request = new LightRequest('https://a.example/echo?q=1', { method: 'POST', headers: { 'user-agent': 'x' }, body: 'ü' })
  const answer = await app.fetch(request as unknown as Request)

  expect(answer.status).toBe(201)
  expect(await answer.json()).toEqual({ text: 'ü', query: '1', agent: 'x' })
  expect([answer.headers.getSetCookie(), answer.headers.get('x-after')]).toEqual([['a=1', 'b=2'], '1'])
})
