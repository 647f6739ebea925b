/** What is sent to the management API by mistake or on purpose: too large, no JSON, too deep, odd names, cursors of one's own. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ManagementHouse, openManagementHouse } from '../contract/management/management_house.ts'

let house: ManagementHouse
let admin: string
beforeAll(async () => {
  house = await openManagementHouse()
  admin = await house.administratorToken()
})
afterAll(() => house.close())

function send(body: string, headers: Record<string, string> = { 'content-type': 'application/json' }): Promise<Response> {
  return house.fetch('/t/main/api/v1/users', { method: 'POST', headers: { authorization: `Bearer ${admin}`, ...headers }, body })
}

test('a body larger than 1 MiB is refused before it is read', async () => {
  const response = await send(JSON.stringify({ userName: 'jo', displayName: 'x'.repeat(1_100_000) }))

  expect(response.status).toBe(413)
  expect(response.headers.get('content-type')).toBe('application/problem+json')
})

test('a body that is not JSON is told so', async () => {
  const response = await send('{"userName": ')

  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ type: 'urn:gatehouse:error:invalid_request', detail: 'the body is not JSON' })
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])('a body of type %s is refused', async (type) => {
  const response = await send('{"userName":"jo"}', { 'content-type': type })

  expect(response.status).toBe(415)
})

test.each([
  ['an empty body', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '7'],
])('%s is no person', async (_what, body) => {
  const response = await send(body)

  expect([400, 422]).toContain(response.status)
})

test('a body nested a hundred thousand deep neither stops the house nor passes', async () => {
  const response = await send(`{"userName":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)

  expect([400, 422]).toContain(response.status)
  expect((await house.api(admin, 'GET', '/tenant')).status).toBe(200)
})

test('a key that nobody knows is refused by its path, as RFC 9457 has it', async () => {
  const answer = await house.api(admin, 'POST', '/users', { userName: 'jo', name: { firstName: 'Jo' } })

  expect(answer.status).toBe(422)
  expect(answer.body).toMatchObject({ status: 422, errors: [{ pointer: '/name/firstName' }] })
})

test('__proto__ in a body changes no object and is no known key', async () => {
  const response = await send('{"userName":"jo","__proto__":{"roles":["tenant-admin"]}}')

  expect(response.status).toBe(422)
  expect(Object.hasOwn(Object.prototype, 'roles')).toBe(false)
})

test.each(['.', '..'])('nothing is named %s, which would be another address', async (name) => {
  const role = await house.fetch('/t/main/api/v1/roles/x', {
    method: 'PUT',
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name }),
  })

  expect(role.status).toBe(422)
})

test('a name with slashes, blanks and percent signs is found again under its address', async () => {
  const name = 'a/b c%2F?#ä'
  await house.api(admin, 'PUT', `/groups/${encodeURIComponent(name)}`, { displayName: name })

  const found = await house.api(admin, 'GET', `/groups/${encodeURIComponent(name)}`)

  expect(found.body).toMatchObject({ displayName: name, members: [] })
})

test('a body that says another name than its address is refused', async () => {
  const answer = await house.api(admin, 'PUT', '/roles/one', { name: 'other' })

  expect(answer.status).toBe(422)
  expect((await house.api(admin, 'GET', '/roles')).body).not.toMatchObject({ roles: expect.arrayContaining([{ name: 'other' }]) })
})

test.each(['users', 'applications', 'tenants', 'requests'])('a cursor that the house did not make is refused at /%s', async (list) => {
  const answer = await house.api(admin, 'GET', `/${list}?cursor=%00${'A'.repeat(50)}`)

  expect(answer.status).toBeLessThan(500)
})

test.each(['limit=0', 'limit=-1', 'limit=100000', 'limit=ten'])('%s is no page', async (query) => {
  const answer = await house.api(admin, 'GET', `/users?${query}`)

  expect(answer.status).toBe(422)
})

test('a route that is not there is a problem like any other', async () => {
  const answer = await house.api(admin, 'GET', '/nothing')

  expect(answer.status).toBe(404)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
})

test.each([
  'javascript:alert(1)',
  'data:text/html,hello',
  'https://app.example/#fragment',
  'app.example',
  'https://app.example/\nset-cookie: a=b',
  'https://app.example/\tcallback',
  'https://app.example/☎',
])('%s is no redirect URI', async (uri) => {
  const answer = await house.api(admin, 'PUT', '/applications/app', {
    client_id: 'app',
    client_name: 'App',
    application_type: 'native',
    redirect_uris: [uri],
  })

  expect(answer.status).toBe(422)
})

test('an application leads nobody to a script after signing out, either', async () => {
  const answer = await house.api(admin, 'PUT', '/applications/app', {
    client_id: 'app',
    client_name: 'App',
    redirect_uris: ['https://app.example/'],
    post_logout_redirect_uris: ['javascript:alert(1)'],
  })

  expect(answer.status).toBe(422)
})

test('an application cannot be named as a person is, since its own tokens would have that person as their subject', async () => {
  const application = { client_id: 'usr_abcdefghijkl', client_name: 'App', redirect_uris: ['https://app.example/'] }

  expect((await house.api(admin, 'PUT', '/applications/usr_abcdefghijkl', application)).status).toBe(422)
})

test('a tenant that is made suspended is whole once it is activated', async () => {
  const made = await house.api(admin, 'PUT', '/tenants/later', { display_name: 'Later', active: false })

  expect(made.status).toBe(201)
  expect(made.body.active).toBe(false)
  expect((await house.api(admin, 'PUT', '/tenants/later', { display_name: 'Later', active: true })).status).toBe(200)
  expect((await house.api(await house.administratorToken('later'), 'GET', '/tenant', undefined, 'later')).status).toBe(200)
})
