/** Another tenant's token, no token, a made-up one, and a person's without a role: tried at every route that the API's own description lists. */

import type { UserId } from '@gatehouse/core/ids.ts'
import { adminApp } from '@gatehouse/http/admin/app.ts'
import { addCredential, newCredential } from '@gatehouse/identity/credentials.ts'
import { takeFeedback } from '@gatehouse/messaging/take_feedback.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Body, type ManagementHouse, openManagementHouse } from '../contract/management/management_house.ts'

type Route = { readonly method: string; readonly path: string }

/** From the description itself, so that a new route is tried as soon as it is there. */
const ROUTES: readonly Route[] = Object.entries(
  adminApp().getOpenAPI31Document({ openapi: '3.1.0', info: { title: '', version: '' } }).paths ?? {},
).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replace('/api/v1', '') })))

/** Bodies that would do something. What is not here takes none. */
const BODIES: Readonly<Record<string, Body>> = {
  'PUT /tenants/{id}': { display_name: 'Taken over' },
  'PUT /tenant': { display_name: 'Taken over' },
  'PUT /applications/{client_id}': { client_id: 'desk', client_name: 'Taken over', redirect_uris: ['https://mallory.example/'] },
  'POST /users': { userName: 'mallory' },
  'PATCH /users/{id}': { active: false },
  'PUT /groups/{name}': { displayName: 'drivers', members: [] },
  'PUT /roles/{name}': { name: 'clerk', permissions: [] },
  'PUT /workflows/{name}': { name: 'approval', levels: [{ name: 'All', approvers: { users: ['jo'] } }] },
  'PUT /sign-in/script-secrets/{name}': { value: 'taken over' },
  'POST /domains': { host: 'login.mallory.example' },
  'PUT /associations': { operation: 'self_registration', workflow: 'approval', enabled: false },
}

const ADDRESS = 'jo@example.org'

let house: ManagementHouse
let names: Readonly<Record<string, string>>
let before: string
const tokens: Record<string, string | undefined> = {}

beforeAll(async () => {
  house = await openManagementHouse()
  await house.addWholeTenant('acme')
  const admin = await house.administratorToken()
  const made = [
    await house.api(admin, 'PUT', '/roles/clerk', { name: 'clerk', permissions: ['users:read'] }),
    await house.api(admin, 'PUT', '/groups/drivers', { displayName: 'drivers' }),
    await house.api(admin, 'POST', '/users', {
      userName: 'jo',
      password: 'a long walk by the sea 7',
      emails: [{ value: ADDRESS }],
      roles: ['clerk'],
      groups: ['drivers'],
    }),
    await house.api(admin, 'PUT', '/applications/desk', {
      client_id: 'desk',
      client_name: 'Desk',
      redirect_uris: ['https://desk.example/'],
    }),
    await house.api(admin, 'PUT', '/workflows/approval', { name: 'approval', levels: [{ name: 'One', approvers: { roles: ['clerk'] } }] }),
    await house.api(admin, 'PUT', '/text-opt-outs/%2B4915100000001'),
    await house.api(admin, 'PUT', '/associations', { operation: 'self_registration', workflow: 'approval' }),
    await house.api(admin, 'PUT', '/sign-in/script-secrets/vendor_key', { value: 'a key of the vendor' }),
  ]
  expect(made.every((answer) => answer.status < 300)).toBe(true)
  const [secret] = (made[3]?.body.secrets ?? []) as { id: string }[]
  const here = await house.context()
  const credential = { ...newCredential(here, 'Phone'), kind: 'sms_otp', address: '+4915100000002' } as const
  await addCredential(here, made[2]?.body.id as UserId, credential)
  names = {
    '/tenants/{id}': '/tenants/main',
    '/users/{id}': `/users/${made[2]?.body.id}`,
    '{credential}': credential.id,
    '{client_id}': 'desk',
    '/secrets/{id}': `/secrets/${secret?.id}`,
    '/groups/{name}': '/groups/drivers',
    '/roles/{name}': '/roles/clerk',
    '/workflows/{name}': '/workflows/approval',
    '{operation}': 'self_registration',
    '{workflow}': 'approval',
    '/requests/{id}': '/requests/req_aaaaaaaaaaaa',
    '{address}': encodeURIComponent(ADDRESS),
    '{number}': '%2B4915100000001',
    '{host}': 'login.acme.example',
    '/script-secrets/{name}': '/script-secrets/vendor_key',
    '{version}': 'aaaaaaaaaaaaaaaaaaaaaa',
  }
  const at = house.house.ports.clock.now()
  await takeFeedback(house.house.stores, { tenant: 'main', address: ADDRESS, outcome: 'complained', at })
  expect(await house.proveDomain('login.acme.example')).toMatchObject({ state: 'active' })
  await house.addPerson('stranger', [])
  await house.addPerson('elsewhere', ['tenant-admin'], 'acme')
  tokens['without a token'] = undefined
  tokens['with a made-up token'] = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.'
  tokens['with the token of another tenant’s administrator'] = await house.signIn('elsewhere', { tenant: 'acme' })
  tokens['with the platform’s token for another tenant'] = await house.administratorToken('acme')
  tokens['with the token of a person without a role'] = await house.signIn('stranger')
  before = await everything(admin)
})
afterAll(() => house.close())

/** All that the tenant is, as its administrator reads it. */
async function everything(admin: string): Promise<string> {
  const paths = [
    '/tenant',
    '/users?limit=200',
    '/users/{id}',
    '/users/{id}/mail-marks',
    '/users/{id}/credentials',
    '/text-opt-outs/{number}',
    '/domains',
    '/domains/{host}',
    '/groups/{name}',
    '/roles',
    '/applications/{client_id}',
    '/workflows',
    '/associations',
    '/sign-in/script-secrets',
  ]
  const answers = await Promise.all(paths.map((path) => house.api(admin, 'GET', filled(path))))
  return JSON.stringify(answers.map((answer) => answer.body))
}

function filled(path: string): string {
  const address = Object.entries(names).reduce((text, [from, to]) => text.replace(from, to), path)
  if (address.includes('{')) throw new Error(`${path} has a parameter that this test has no value for`)
  return address
}

const REFUSED: Readonly<Record<string, number>> = {
  'without a token': 401,
  'with a made-up token': 401,
  'with the token of another tenant’s administrator': 401,
  'with the platform’s token for another tenant': 401,
  'with the token of a person without a role': 403,
}

describe.each(ROUTES)('$method $path', ({ method, path }) => {
  test.each(Object.entries(REFUSED))(`is refused %s`, async (who, status) => {
    const answer = await house.api(tokens[who], method, filled(path), BODIES[`${method} ${path}`])

    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('www-authenticate')).toContain('Bearer realm=')
  })
})

test('after all that, nothing of the tenant has changed', async () => {
  expect(await everything(await house.administratorToken())).toBe(before)
})

test('a suspended tenant’s tokens open nothing, and its routes are nowhere', async () => {
  const admin = await house.administratorToken()
  await house.addWholeTenant('closed')
  const token = await house.administratorToken('closed')
  expect((await house.api(token, 'GET', '/tenant', undefined, 'closed')).status).toBe(200)

  await house.api(admin, 'PUT', '/tenants/closed', { display_name: 'Closed', active: false })

  expect((await house.api(token, 'GET', '/tenant', undefined, 'closed')).status).toBe(404)
  expect((await house.api(admin, 'POST', '/tenants/closed/administration-token')).status).toBe(409)
})

test('the default tenant cannot be suspended, since nobody could open it again', async () => {
  const admin = await house.administratorToken()

  const answer = await house.api(admin, 'PUT', '/tenants/main', { display_name: 'Main', active: false })

  expect(answer.status).toBe(403)
})
