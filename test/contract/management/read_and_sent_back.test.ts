/** Read, change, write: what the management API answers is taken back whole. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Body, type ManagementHouse, openManagementHouse } from './management_house.ts'

let house: ManagementHouse
let admin: string
beforeAll(async () => {
  house = await openManagementHouse()
  admin = await house.administratorToken()
  await put('/roles/courier', { name: 'courier', permissions: ['users:read'] })
  await put('/groups/night', { displayName: 'night' })
})
afterAll(() => house.close())

const put = (path: string, body: Body) => house.api(admin, 'PUT', path, body)
const get = async (path: string) => (await house.api(admin, 'GET', path)).body
/** Of a list that is answered whole. */
const listed = async (path: string, list: string, name: string, value: string) => {
  const all = (await get(path))[list] as Body[]
  return all.find((one) => one[name] === value) ?? {}
}

test('an application', async () => {
  await put('/applications/shop', {
    client_id: 'shop',
    client_name: 'Shop',
    client_secret: 'a secret of the shop',
    redirect_uris: ['https://shop.example/'],
    gatehouse_roles: ['courier'],
    gatehouse_claims: [{ name: 'email' }],
    gatehouse_sign_in: { steps: [{ anyOf: ['password'] }, { anyOf: ['totp'], when: { outside: ['10.0.0.0/8'] } }] },
  })
  const read = await get('/applications/shop')
  expect(read).toMatchObject({ createdAt: expect.any(String), version: expect.any(Number), secrets: [{ id: expect.any(String) }] })

  const written = await put('/applications/shop', { ...read, client_name: 'The shop', createdAt: '1999-01-01T00:00:00.000Z', secrets: [] })

  expect(written.status).toBe(200)
  const { version: _, ...same } = read
  expect(await get('/applications/shop')).toMatchObject({ ...same, client_name: 'The shop' })
})

test('a person', async () => {
  const { body } = await house.api(admin, 'POST', '/users', {
    userName: 'jo',
    password: 'a long walk by the sea 7',
    name: { givenName: 'Jo' },
    emails: [{ value: 'jo@example.org', primary: true }],
    roles: ['courier'],
    groups: ['night'],
    attributes: { shift: 'late' },
  })
  const path = `/users/${body.id}`
  await house.api(admin, 'POST', `${path}/password-reset`, {})
  const read = await get(path)

  const written = await house.api(admin, 'PATCH', path, { ...read, displayName: 'Jo of the night' })
  const renamed = await house.api(admin, 'PATCH', path, { ...read, userName: 'joe' })

  expect(written.status).toBe(200)
  const { version: _, updatedAt: __, ...same } = read
  expect(await get(path)).toMatchObject({ ...same, displayName: 'Jo of the night' })
  expect(renamed.status).toBe(422)
  expect(renamed.body.errors).toEqual([{ pointer: '/userName', detail: 'cannot be changed' }])
})

test('a role and a group', async () => {
  const [role, group] = [await listed('/roles', 'roles', 'name', 'courier'), await get('/groups/night')]

  expect((await put('/roles/courier', { ...role, permissions: [] })).body).toEqual({ ...role, permissions: [] })
  expect((await put('/groups/night', group)).status).toBe(200)
  expect(await get('/groups/night')).toEqual(group)
})

test('a tenant, from outside and from within', async () => {
  await put('/tenants/acme', { display_name: 'Acme', policies: { sessionSeconds: 600, risk: {}, textMessages: { countries: ['DE'] } } })
  const [other, own] = [await get('/tenants/acme'), await get('/tenant')]

  const [outside, within] = [
    await put('/tenants/acme', { ...other, display_name: 'ACME' }),
    await put('/tenant', { ...own, locales: ['en'] }),
  ]

  expect([outside.status, within.status]).toEqual([200, 200])
  expect(await get('/tenants/acme')).toEqual({ ...other, display_name: 'ACME' })
  expect(await get('/tenant')).toEqual({ ...own, locales: ['en'] })
})

test('a workflow and its association', async () => {
  const escalation = { seconds: 3600, action: 'escalate', to: { roles: ['courier'], users: [] } }
  await put('/workflows/two', { name: 'two', levels: [{ name: 'one', approvers: { roles: ['courier'] }, timeout: escalation }] })
  await put('/associations', { operation: 'self_registration', workflow: 'two' })
  const [workflow, association] = [
    await listed('/workflows', 'workflows', 'name', 'two'),
    await listed('/associations', 'associations', 'workflow', 'two'),
  ]

  expect((await put('/workflows/two', workflow)).status).toBe(200)
  expect((await put('/associations', { ...association, enabled: false })).status).toBe(200)
  const { version: _, ...same } = workflow
  expect(await listed('/workflows', 'workflows', 'name', 'two')).toMatchObject(same)
})

test('what is unknown stays refused, and the document says what may be sent back', async () => {
  const refused = await put('/roles/courier', { name: 'courier', created: 'long ago' })
  const { paths } = await get('/openapi.json')

  expect(refused.status).toBe(422)
  expect(refused.body.errors).toMatchObject([{ pointer: '/created' }])
  expect(paths).toMatchObject({
    '/api/v1/applications/{client_id}': {
      put: {
        requestBody: {
          description: expect.stringContaining('`secrets`, `createdAt`, `version`'),
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Application' } } },
        },
      },
    },
  })
})
