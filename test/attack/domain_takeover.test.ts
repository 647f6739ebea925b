/** Hosts that others have, had, or point at us: who may serve where. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Body, type ManagementHouse, openManagementHouse, publish } from '../contract/management/management_house.ts'

const HOST = 'login.acme.example'
let house: ManagementHouse

beforeEach(async () => {
  house = await openManagementHouse('https://id.example.org')
  for (const tenant of ['acme', 'mallory']) await house.addWholeTenant(tenant)
})
afterEach(() => house.close())

async function as(tenant: string, method: string, path: string, body?: unknown) {
  return house.api(await house.administratorToken(tenant), method, path, body, tenant)
}
const add = (tenant: string) => as(tenant, 'POST', '/domains', { host: HOST })
const verify = (tenant: string) => as(tenant, 'POST', `/domains/${HOST}/verification`)

/** Whose tokens are signed there: the tenant's own key is. */
async function tenantAt(host: string): Promise<string | undefined> {
  const keys = (await (await house.fetch(`https://${host}/oauth2/jwks`)).json().catch(() => ({}))) as { keys?: { kid: string }[] }
  for (const tenant of ['main', 'acme', 'mallory']) if (keys.keys?.some(({ kid }) => kid === keysOf.get(tenant))) return tenant
  return undefined
}
const keysOf = new Map<string, string>()
beforeEach(async () => {
  for (const tenant of ['main', 'acme', 'mallory']) keysOf.set(tenant, (await house.stores(tenant).signingKeys.list())[0]?.kid ?? '')
})

test('the record of one tenant proves nothing for another', async () => {
  publish(house, (await add('acme')).body)
  await add('mallory')

  expect((await verify('mallory')).body).toMatchObject({ state: 'waiting_for_proof', records: [{ found: false }] })
  expect((await verify('acme')).body).toMatchObject({ state: 'active' })
})

test('waiting for a host keeps nobody from proving it', async () => {
  await add('mallory')

  expect(await house.proveDomain(HOST, 'acme')).toMatchObject({ state: 'active' })
})

test('a host that is proved is not taken by a second proof beside the first', async () => {
  await house.proveDomain(HOST, 'acme')
  publish(house, (await add('mallory')).body)

  expect((await verify('mallory')).status).toBe(409)
  expect((await as('acme', 'GET', `/domains/${HOST}`)).body).toMatchObject({ state: 'active' })
  expect(house.door.serves.get(HOST)).toBe('acme')
})

test('of fifty proofs at the same moment by two tenants one tenant has the host', async () => {
  for (const tenant of ['acme', 'mallory']) publish(house, (await add(tenant)).body)
  const token = new Map([
    ['acme', await house.administratorToken('acme')],
    ['mallory', await house.administratorToken('mallory')],
  ])

  await Promise.all(
    Array.from({ length: 50 }, (_, at) => {
      const tenant = at % 2 ? 'acme' : 'mallory'
      return house.api(token.get(tenant), 'POST', `/domains/${HOST}/verification`, undefined, tenant)
    }),
  )

  const states = await Promise.all(['acme', 'mallory'].map(async (tenant) => (await as(tenant, 'GET', `/domains/${HOST}`)).body.state))
  expect(states.filter((state) => state === 'active')).toHaveLength(1)
  house.pass(5)
  const holder = states[0] === 'active' ? 'acme' : 'mallory'
  expect(await tenantAt(HOST)).toBe(holder)
  expect(house.door.serves.get(HOST)).toBe(holder)
})

describe('a host whose owner has changed', () => {
  beforeEach(async () => {
    await house.proveDomain(HOST, 'mallory')
    house.dns.clear()
    publish(house, (await add('acme')).body)
  })

  test('is the new owner’s, who has the DNS, and no longer the former one’s', async () => {
    expect((await verify('acme')).body).toMatchObject({ state: 'active' })
    house.pass(5)

    expect(await tenantAt(HOST)).toBe('acme')
    expect((await as('mallory', 'GET', `/domains/${HOST}`)).body).toMatchObject({
      state: 'failed',
      because: 'another tenant has proved it since',
    })
  })

  test('is neither closed nor taken back by what the former owner does', async () => {
    await verify('acme')

    expect((await verify('mallory')).body).toMatchObject({ state: 'failed' })
    expect((await as('mallory', 'DELETE', `/domains/${HOST}`)).status).toBe(204)
    publish(house, (await add('mallory')).body)
    expect((await verify('mallory')).status).toBe(409)
    house.pass(5)

    expect(await tenantAt(HOST)).toBe('acme')
    expect(house.door.serves.get(HOST)).toBe('acme')
  })
})

test('a host that still leads to us after its tenant has removed it is nobody’s, and stays so without a proof', async () => {
  house.door.target = 'd111.cloudfront.net'
  await house.proveDomain(HOST, 'acme')
  await as('acme', 'DELETE', `/domains/${HOST}`)
  house.pass(5)

  await add('mallory')

  expect((await verify('mallory')).body).toMatchObject({ state: 'waiting_for_proof', records: [{ found: false }, { found: true }] })
  expect(await tenantAt(HOST)).toBeUndefined()
})

test('a suspended tenant’s host serves nothing', async () => {
  await house.proveDomain(HOST, 'acme')
  house.pass(5)
  expect(await tenantAt(HOST)).toBe('acme')

  await as('main', 'PUT', '/tenants/acme', { display_name: 'Acme', active: false })
  house.pass(5)

  expect((await house.fetch(`https://${HOST}/login`)).status).toBe(404)
})

test('at a tenant’s host no path leads to another tenant, and no other host is made one by its Host header', async () => {
  await house.proveDomain(HOST, 'acme')
  house.pass(5)
  const issuerAt = async (url: string) => ((await (await house.fetch(url)).json().catch(() => ({}))) as Body).issuer

  for (const tenant of ['main', 'mallory', 'acme'])
    expect(await issuerAt(`https://${HOST}/t/${tenant}/.well-known/openid-configuration`)).toBeUndefined()
  expect(await issuerAt('https://evil.example/.well-known/openid-configuration')).toBeUndefined()
  expect(await issuerAt('https://evil.example/t/main/.well-known/openid-configuration')).toBe('https://id.example.org/t/main')
})
