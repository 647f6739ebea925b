import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ApiClient } from './api_client.ts'
import { planTenant } from './plan.ts'
import { parseConfiguration } from './read_file.ts'

/** A house that answers these documents by their path, and nothing else. */
function houseOf(documents: Record<string, unknown>): ApiClient & { readonly sent: unknown[] } {
  const sent: unknown[] = []
  return {
    issuer: 'http://localhost/t/main',
    sent,
    get: async <T>(path: string) => documents[path] as T | undefined,
    send: async <T>(method: string, path: string, body?: unknown) => {
      sent.push([method, path, body])
      return undefined as T
    },
  }
}

async function plan(text: string, house: ApiClient): Promise<string[]> {
  const { tenants } = parseConfiguration(`tenants: [{ id: main, ${text} }]`, 'house.yaml')
  const steps = tenants[0] ? await planTenant(house, tenants[0]) : []
  for (const step of steps) await step.run(house)
  return steps.map(({ verb, noun, name, differs }) => [verb, noun, name, ...differs].join(' '))
}

const APPLICATION = {
  client_id: 'desk',
  client_name: 'Desk',
  application_type: 'web',
  redirect_uris: ['https://desk.example/'],
  post_logout_redirect_uris: [],
  grant_types: ['authorization_code'],
  response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_basic',
  scope: 'openid profile email',
  id_token_signed_response_alg: 'RS256',
  gatehouse_require_pkce: true,
  gatehouse_skip_consent: false,
  gatehouse_claims: [],
  gatehouse_access_token_format: 'jwt',
  gatehouse_roles: [],
  active: true,
  createdAt: '2026-01-05T09:00:00.000Z',
  version: 3,
  secrets: [{ id: 'NHqMd9Ixlfdv', created_at: 1 }],
}

test('what is not there is created, and comes before what names it', async () => {
  const text =
    'associations: [{ operation: self_registration, workflow: w }], workflows: [{ name: w, levels: [{ name: One, approvers: { roles: [r] } }] }], users: [{ userName: jo, roles: [r] }], roles: [{ name: r }]'

  expect(await plan(text, houseOf({}))).toEqual([
    'create role r',
    'create person jo',
    'create workflow w',
    'create association self_registration -> w',
  ])
})

test('of a person only what the file names is compared and sent; the password is theirs', async () => {
  const stored = { id: 'usr_1', userName: 'jo', name: { givenName: 'Jo', familyName: 'Fischer' }, roles: ['b', 'a'], locale: 'de' }
  const house = houseOf({ '/users?userName=jo': { users: [{ id: 'usr_1' }] }, '/users/usr_1': stored })

  expect(await plan('users: [{ userName: jo, password: another one, roles: [a, b], name: { givenName: Jo } }]', house)).toEqual([])
  expect(await plan('users: [{ userName: jo, name: { givenName: Joan } }]', house)).toEqual(['change person jo name.givenName'])
  expect(house.sent).toEqual([['PATCH', '/users/usr_1', { name: { givenName: 'Joan', familyName: 'Fischer' } }]])
})

test('an application is compared as a whole: what the file no longer says takes its default', async () => {
  const house = houseOf({ '/applications/desk': { ...APPLICATION, logo_uri: 'https://desk.example/logo.svg', scope: 'openid' } })

  const steps = await plan("applications: [{ client_id: desk, client_name: Desk, redirect_uris: ['https://desk.example/'] }]", house)

  expect(steps).toEqual(['change application desk scope logo_uri'])
})

test('a secret that the house has is no change, another one is', async () => {
  const house = houseOf({ '/applications/desk': { ...APPLICATION, secrets: [{ id: 'K7gNU3sdo-OL', created_at: 1 }] } })
  const text = (secret: string) =>
    `applications: [{ client_id: desk, client_name: Desk, client_secret: ${secret}, redirect_uris: ['https://desk.example/'] }]`

  // The first 12 characters of the SHA-256 of "hello world", in base64url, are uU0nuZNNPgil.
  const known = houseOf({ '/applications/desk': { ...APPLICATION, secrets: [{ id: 'uU0nuZNNPgil', created_at: 1 }] } })

  expect(await plan(text('hello world'), known)).toEqual([])
  expect(await plan(text('hello world'), house)).toEqual(['change application desk client_secret'])
})

test('a workflow whose timeout was taken out of the file changes', async () => {
  const level = { name: 'One', approvers: { roles: ['r'], users: [] } }
  const house = houseOf({
    '/workflows': { workflows: [{ name: 'w', version: 4, levels: [{ ...level, timeout: { seconds: 60, action: 'remind' } }] }] },
  })

  expect(await plan('workflows: [{ name: w, levels: [{ name: One, approvers: { roles: [r] } }] }]', house)).toEqual([
    'change workflow w levels.0.timeout',
  ])
})

test('of a tenant’s settings, the named parts are replaced and the others sent as they are', async () => {
  const stored = {
    id: 'main',
    display_name: 'Main',
    locales: ['en'],
    branding: {},
    policies: { selfRegistration: true, sessionSeconds: 300 },
  }
  const house = houseOf({ '/tenant': stored })

  expect(await plan('policies: { selfRegistration: false }', house)).toEqual(['change tenant main policies.selfRegistration'])
  expect(house.sent).toEqual([
    ['PUT', '/tenant', { display_name: 'Main', locales: ['en'], branding: {}, policies: { selfRegistration: false, sessionSeconds: 300 } }],
  ])
})

test('members of a group are a set', async () => {
  const house = houseOf({ '/groups': { groups: [{ displayName: 'g' }] }, '/groups/g': { members: ['Ann', 'bob'] } })

  expect(await plan('groups: [{ displayName: g, members: [bob, ann] }]', house)).toEqual([])
  expect(await plan('groups: [{ displayName: g, members: [ann] }]', house)).toEqual(['change group g members'])
})

test('the secret of an old system’s hook that the house has is no change, another one is', async () => {
  const policy = {
    url: 'https://old.example/',
    until: '2027-01-01T00:00:00Z',
    timeoutMilliseconds: 3000,
    attributes: {},
    groups: [],
    roles: [],
  }
  const secret = 'hello world'.repeat(3)
  const house = houseOf({ '/tenant': { id: 'main', policies: { migration: { ...policy, secretId: secretIdOf(secret) } } } })
  const text = (one: string) => `policies: { migration: { url: 'https://old.example/', until: '2027-01-01T00:00:00Z', secret: ${one} } }`

  expect(await plan(text(secret), house)).toEqual([])
  expect(await plan(text('another world'.repeat(3)), house)).toEqual(['change tenant main policies.migration.secret'])
})

function secretIdOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url').slice(0, 12)
}
