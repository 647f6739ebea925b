/** A method that an address does not take: 405 and which ones it takes (RFC 9110 section 15.5.6), in the words of the door, and nothing more than the published addresses. */
import { allApps } from '@gatehouse/http/all_apps.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HouseFixture, openHouseFixture } from '../fixture/house_fixture.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

let house: HouseFixture
beforeAll(async () => {
  house = await openHouseFixture(allApps())
})
afterAll(() => house.close())

const ask = (method: string, path: string, headers: Record<string, string> = {}) => house.fetch(`/t/main${path}`, { method, headers })
const allowOf = (answer: Response) => answer.headers.get('allow')

test('the management API says of each published address what its document says, to whoever asks', async () => {
  const { paths } = (await (await ask('GET', '/api/v1/openapi.json')).json()) as { paths: Record<string, object> }
  const published = Object.entries(paths)
  expect(published.length).toBeGreaterThan(20)

  for (const [template, operations] of published) {
    const path = template.replace(/\{\w+\}/g, 'nothing')
    const taken = new Set(Object.keys(operations).map((method) => method.toUpperCase()))
    if (taken.has('GET')) taken.add('HEAD')
    for (const method of METHODS.filter((one) => !taken.has(one))) {
      const answer = await ask(method, path)
      expect(answer.status, `${method} ${template}`).toBe(405)
      expect(new Set(allowOf(answer)?.split(', ')), `${method} ${template}`).toEqual(taken)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    }
  }
})

test.each([
  ['PUT', '/oauth2/authorize', 'GET, HEAD, POST', 'text/html'],
  ['DELETE', '/oauth2/token', 'POST, OPTIONS', 'application/json'],
  ['POST', '/.well-known/openid-configuration', 'GET, HEAD, OPTIONS', 'application/json'],
  ['PATCH', '/login', 'GET, HEAD, POST', 'text/html'],
  ['GET', '/recover/code', 'POST', 'text/html'],
  ['DELETE', '/signup', 'GET, HEAD, POST', 'text/html'],
  ['PUT', '/consent', 'GET, HEAD, POST', 'text/html'],
  ['PUT', '/approvals/nothing', 'GET, HEAD, POST', 'text/html'],
  ['POST', '/account', 'GET, HEAD', 'text/html'],
  ['DELETE', '/api/v1/me', 'GET, HEAD, PATCH', 'application/problem+json'],
  ['PUT', '/api/v1/me/sessions/nothing', 'DELETE', 'application/problem+json'],
  ['PUT', '/api/v1/me/approvals', 'GET, HEAD', 'application/problem+json'],
])('%s %s: 405, and %s would have been right', async (method, path, allow, type) => {
  const answer = await ask(method, path)

  expect(answer.status).toBe(405)
  expect(allowOf(answer)).toBe(allow)
  expect(answer.headers.get('content-type')).toContain(type)
})

test.each([
  ['PUT', '/login/further'],
  ['DELETE', '/signup/further'],
  ['PUT', '/api/v1/nothing'],
  ['OPTIONS', '/api/v1/nothing'],
  ['PUT', '/api/v1/me/nothing'],
  ['PUT', '/nowhere'],
])('%s %s is nowhere, whatever the method', async (method, path) => {
  const answer = await ask(method, path)

  expect(answer.status).toBe(404)
  expect(allowOf(answer)).toBeNull()
})

test('HEAD is answered where GET is, and has no body where neither is', async () => {
  const [there, wrong] = [await ask('HEAD', '/.well-known/openid-configuration'), await ask('HEAD', '/oauth2/token')]

  expect(there.status).toBe(200)
  expect(wrong.status).toBe(405)
  expect(allowOf(wrong)).toBe('POST, OPTIONS')
  expect(await wrong.text()).toBe('')
})

test('a preflight is answered where pages of applications may ask, and lets no other site in anywhere else', async () => {
  const preflight = { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' }

  expect((await ask('OPTIONS', '/oauth2/token', preflight)).status).toBe(204)
  for (const path of ['/api/v1/users', '/api/v1/me', '/login']) {
    const answer = await ask('OPTIONS', path, preflight)
    expect(answer.status, path).toBe(405)
    expect(answer.headers.get('access-control-allow-origin'), path).toBeNull()
  }
})
