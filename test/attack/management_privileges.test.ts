/** Nobody comes to more than they have: through roles, people, applications, or what the house keeps for itself. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ManagementHouse, openManagementHouse } from '../contract/management/management_house.ts'

let house: ManagementHouse
let platform: string
/** May change people, and no more. */
let clerk: string
/** May change applications, and no more. */
let developer: string
/** Administrator of the tenant, not of the platform. */
let admin: string

beforeAll(async () => {
  house = await openManagementHouse()
  platform = await house.administratorToken()
  await house.api(platform, 'PUT', '/roles/clerk', { name: 'clerk', permissions: ['users:read', 'users:write'] })
  await house.api(platform, 'PUT', '/roles/developer', { name: 'developer', permissions: ['applications:read', 'applications:write'] })
  await house.addPerson('root', ['platform-admin', 'tenant-admin'])
  await house.addPerson('clara', ['clerk'])
  await house.addPerson('dev', ['developer'])
  await house.addPerson('adam', ['tenant-admin'])
  await house.addPerson('adele', ['tenant-admin'])
  clerk = await house.signIn('clara')
  developer = await house.signIn('dev')
  admin = await house.signIn('adam')
})
afterAll(() => house.close())

async function idOf(userName: string): Promise<string> {
  const { body } = await house.api(platform, 'GET', `/users?userName=${userName}`)
  return (body.users as { id: string }[])[0]?.id ?? ''
}

test('a tenant administrator cannot make a platform administrator, of another person or of themselves', async () => {
  const other = await house.api(admin, 'POST', '/users', { userName: 'mallory', roles: ['platform-admin'] })
  const own = await house.api(admin, 'PATCH', `/users/${await idOf('adam')}`, { roles: ['tenant-admin', 'platform-admin'] })

  expect([other.status, own.status]).toEqual([403, 403])
  expect(await idOf('mallory')).toBe('')
})

test('a clerk cannot give a role that allows more than their own', async () => {
  const answer = await house.api(clerk, 'POST', '/users', { userName: 'mallory', roles: ['tenant-admin'] })

  expect(answer.status).toBe(403)
})

test('a clerk can give a role that allows no more than their own', async () => {
  const answer = await house.api(clerk, 'POST', '/users', { userName: 'clarence', roles: ['clerk'] })

  expect(answer.status).toBe(201)
})

test.each([
  ['reset the password', 'PATCH', { password: 'a stolen walk by the sea 7' }],
  ['change the address', 'PATCH', { emails: [{ value: 'mallory@example.org', verified: true }] }],
  ['suspend', 'PATCH', { active: false }],
  ['take the role', 'PATCH', { roles: [] }],
  ['remove', 'DELETE', undefined],
])('a clerk cannot %s of a person who holds more', async (_what, method, body) => {
  const answer = await house.api(clerk, method, `/users/${await idOf('root')}`, body)

  expect(answer.status).toBe(403)
  await expect(house.signIn('root')).resolves.toBeTypeOf('string')
})

test('a clerk cannot add permissions to the role that they hold', async () => {
  const answer = await house.api(clerk, 'PUT', '/roles/clerk', { name: 'clerk', permissions: ['users:read', 'users:write', 'keys:rotate'] })

  expect(answer.status).toBe(403)
})

test('a clerk can neither cut down nor remove a role that allows more than theirs', async () => {
  const changed = await house.api(clerk, 'PUT', '/roles/developer', { name: 'developer', permissions: [] })
  const removed = await house.api(clerk, 'DELETE', '/roles/developer')

  expect([changed.status, removed.status]).toEqual([403, 403])
  expect((await house.api(developer, 'GET', '/applications')).status).toBe(200)
})

test.each(['platform-admin', 'tenant-admin'])('nobody changes or removes the built-in role %s', async (name) => {
  const changed = await house.api(platform, 'PUT', `/roles/${name}`, { name, permissions: ['users:read'] })
  const removed = await house.api(platform, 'DELETE', `/roles/${name}`)

  expect([changed.status, removed.status]).toEqual([403, 403])
})

test('a developer cannot make an application with a role that allows more than their own', async () => {
  const answer = await house.api(developer, 'PUT', '/applications/backdoor', {
    client_id: 'backdoor',
    client_name: 'Backdoor',
    grant_types: ['client_credentials'],
    gatehouse_roles: ['tenant-admin'],
  })

  expect(answer.status).toBe(403)
  expect((await house.api(platform, 'GET', '/applications/backdoor')).status).toBe(404)
})

test('a developer cannot make an application that takes the permissions of whoever signs in', async () => {
  const answer = await house.api(developer, 'PUT', '/applications/lure', {
    client_id: 'lure',
    client_name: 'Lure',
    redirect_uris: ['https://mallory.example/callback'],
    scope: 'openid tenants:write',
    gatehouse_skip_consent: true,
  })

  expect(answer.status).toBe(403)
})

test('a developer can neither take over nor remove an application that may do more than they', async () => {
  const pipeline = {
    client_id: 'pipeline',
    client_name: 'Pipeline',
    client_secret: 'the secret of the pipeline',
    grant_types: ['client_credentials'],
    scope: '',
    gatehouse_roles: ['tenant-admin'],
  }
  expect((await house.api(platform, 'PUT', '/applications/pipeline', pipeline)).status).toBe(201)
  const { body } = await house.api(platform, 'GET', '/applications/pipeline')
  const [secret] = body.secrets as { id: string }[]

  const answers = [
    await house.api(developer, 'PUT', '/applications/pipeline', { ...pipeline, gatehouse_roles: [], client_secret: 'known to mallory' }),
    await house.api(developer, 'POST', '/applications/pipeline/secrets'),
    await house.api(developer, 'DELETE', `/applications/pipeline/secrets/${secret?.id}`),
    await house.api(developer, 'DELETE', '/applications/pipeline'),
  ]

  expect(answers.map((answer) => answer.status)).toEqual([403, 403, 403, 403])
  expect((await house.applicationToken('pipeline', 'the secret of the pipeline')).status).toBe(200)
  expect((await house.applicationToken('pipeline', 'known to mallory')).status).toBe(401)
})

test.each(['gatehouse-cli', 'gatehouse-platform'])(
  'nobody replaces, removes or gets a secret of %s, which is the house’s own',
  async (id) => {
    const mine = { client_id: id, client_name: 'Mine', client_secret: 'known to mallory', grant_types: ['client_credentials'] }
    for (const token of [admin, platform]) {
      const answers = [
        await house.api(token, 'PUT', `/applications/${id}`, mine),
        await house.api(token, 'POST', `/applications/${id}/secrets`),
        await house.api(token, 'DELETE', `/applications/${id}`),
      ]
      expect(answers.map((answer) => answer.status)).toEqual([403, 403, 403])
    }
    expect((await house.applicationToken(id, 'known to mallory')).status).toBe(401)
  },
)

test('a token with fewer scopes does less than its holder may', async () => {
  const narrow = await house.signIn('adam', { scope: 'users:read users:write' })

  const read = await house.api(narrow, 'GET', '/users')
  const applications = await house.api(narrow, 'GET', '/applications')
  const given = await house.api(narrow, 'POST', '/users', { userName: 'mallory', roles: ['tenant-admin'] })

  expect([read.status, applications.status, given.status]).toEqual([200, 403, 403])
})

test('a person without a role gets a token that opens nothing', async () => {
  await house.addPerson('nobody', [])
  const token = await house.signIn('nobody')

  const answer = await house.api(token, 'GET', '/users')

  expect(answer.status).toBe(403)
  expect(answer.body.type).toBe('urn:gatehouse:error:insufficient_scope')
})

test('a role that was taken away after the token was issued is refused at once', async () => {
  const person = await house.addPerson('fired', ['clerk'])
  const token = await house.signIn('fired')
  expect((await house.api(token, 'GET', '/users')).status).toBe(200)

  await house.api(platform, 'PATCH', `/users/${person.id}`, { roles: [] })

  expect((await house.api(token, 'GET', '/users')).status).toBe(403)
})

test('a suspended person’s token is refused at once', async () => {
  const person = await house.addPerson('suspended', ['clerk'])
  const token = await house.signIn('suspended')

  await house.api(platform, 'PATCH', `/users/${person.id}`, { active: false })

  expect((await house.api(token, 'GET', '/users')).status).toBe(401)
})

test('the last active administrator can neither be removed, nor suspended, nor lose the role', async () => {
  const id = await idOf('root')

  const answers = [
    await house.api(platform, 'DELETE', `/users/${id}`),
    await house.api(platform, 'PATCH', `/users/${id}`, { active: false }),
    await house.api(platform, 'PATCH', `/users/${id}`, { roles: ['tenant-admin'] }),
  ]

  expect(answers.map((answer) => answer.status)).toEqual([409, 409, 409])
})

test('one of two administrators can go', async () => {
  const answer = await house.api(platform, 'DELETE', `/users/${await idOf('adele')}`)

  expect(answer.status).toBe(204)
})

test('a role named tenants:write in another tenant administers no tenants', async () => {
  await house.addWholeTenant('acme')
  await house.addPerson('local', ['tenant-admin'], 'acme')
  const token = await house.signIn('local', { tenant: 'acme' })

  const made = await house.api(token, 'PUT', '/roles/over', { name: 'over', permissions: ['tenants:write'] }, 'acme')
  const named = await house.api(token, 'PUT', '/roles/platform-admin', { name: 'platform-admin', permissions: [] }, 'acme')
  const used = await house.api(token, 'GET', '/tenants', undefined, 'acme')

  expect([made.status, named.status, used.status]).toEqual([403, 403, 403])
})
