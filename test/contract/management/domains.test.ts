/** Domains of tenants: added, proved, served, looked at again, removed. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Body, type ManagementHouse, openManagementHouse, publish } from './management_house.ts'

const HOST = 'login.acme.example'
let house: ManagementHouse
let admin: string

beforeEach(async () => {
  house = await openManagementHouse('https://id.example.org')
  admin = await house.administratorToken()
})
afterEach(() => house.close())

const add = (host: string = HOST) => house.api(admin, 'POST', '/domains', { host })
const verify = (host: string = HOST) => house.api(admin, 'POST', `/domains/${host}/verification`)
const read = (host: string = HOST) => house.api(admin, 'GET', `/domains/${host}`)
const answersAt = async (host: string) =>
  ((await (await house.fetch(`https://${host}/.well-known/openid-configuration`)).json().catch(() => ({}))) as Body).issuer

test('a domain is told its record, and is nothing before that stands in DNS', async () => {
  const added = await add('Login.ACME.example.')

  expect(added.status).toBe(201)
  expect(added.body).toEqual({
    host: HOST,
    issuer: `https://${HOST}`,
    state: 'waiting_for_proof',
    prove_until: '2026-01-12T09:00:00.000Z',
    created_at: '2026-01-05T09:00:00.000Z',
    records: [{ type: 'TXT', name: `_gatehouse-challenge.${HOST}`, value: expect.stringMatching(/^gatehouse-domain=[\w-]{32}$/) }],
  })
  expect((await verify()).body).toMatchObject({ state: 'waiting_for_proof', records: [{ type: 'TXT', found: false }] })
  expect(house.door.serves.size).toBe(0)
  expect(await answersAt(HOST)).toBeUndefined()
})

test('once proved it is served, at an issuer of its own, within five seconds', async () => {
  const { body } = await add()
  expect(await answersAt(HOST)).toBeUndefined()
  publish(house, body)

  expect((await verify()).body).toMatchObject({ state: 'active', records: [{ found: true }] })
  house.pass(5)

  expect(await answersAt(HOST)).toBe(`https://${HOST}`)
  expect(await answersAt('LOGIN.acme.EXAMPLE')).toBe(`https://${HOST}`)
  expect([...house.door.serves]).toEqual([[HOST, 'main']])
  expect((await house.api(admin, 'GET', '/domains')).body).toMatchObject({ domains: [{ host: HOST, state: 'active' }] })
})

test('where a certificate has to be made first, it waits for the front door', async () => {
  house.door.target = 'd111.cloudfront.net'
  house.door.state = { kind: 'creating' }
  const { body } = await add()
  expect(body.records).toMatchObject([{ type: 'TXT' }, { type: 'CNAME', name: HOST, value: 'd111.cloudfront.net' }])
  house.dns.set(`TXT _gatehouse-challenge.${HOST}`, [(body.records as { value: string }[])[0]?.value ?? ''])

  expect((await verify()).body).toMatchObject({ state: 'waiting_for_proof', records: [{ found: true }, { found: false }] })
  house.dns.set(`CNAME ${HOST}`, ['d111.cloudfront.net'])
  expect((await verify()).body).toMatchObject({ state: 'creating' })
  expect((await verify()).body).toMatchObject({ state: 'creating' })
  house.door.state = { kind: 'active' }
  expect((await verify()).body).toMatchObject({ state: 'active' })
})

test('one that the front door cannot take says why, and can be tried again', async () => {
  house.door.state = { kind: 'failed', because: 'the certificate was refused' }
  publish(house, (await add()).body)

  expect((await verify()).body).toMatchObject({ state: 'failed', because: 'the certificate was refused' })
  house.door.state = { kind: 'active' }
  expect((await verify()).body).toMatchObject({ state: 'active' })
})

test('a removed domain is served no longer, and can be added anew with another challenge', async () => {
  const first = await add()
  publish(house, first.body)
  await verify()

  expect((await house.api(admin, 'DELETE', `/domains/${HOST}`)).status).toBe(204)
  house.pass(5)

  expect(await answersAt(HOST)).toBeUndefined()
  expect(house.door.serves.size).toBe(0)
  expect((await read()).status).toBe(404)
  expect((await house.api(admin, 'DELETE', `/domains/${HOST}`)).status).toBe(404)
  const second = await add()
  expect(second.body.records).not.toEqual(first.body.records)
  expect((await verify()).body).toMatchObject({ state: 'waiting_for_proof' })
})

describe('what is no host to add', () => {
  test.each([
    'id.example.org',
    'acme.id.example.org',
    'localhost',
    'a.localhost',
    '127.0.0.1',
    '*.acme.example',
    'acme.example:8443',
    'https://acme.example',
    'acme.example/x',
    'd1.cloudfront.net',
  ])('%s', async (host) => {
    const { status, body } = await add(host)

    expect([status, (body.errors as { pointer: string }[] | undefined)?.[0]?.pointer]).toEqual([422, '/host'])
  })
})

test('a tenant has ten domains, and no eleventh, also when they are added at once', async () => {
  const answers = await Promise.all(Array.from({ length: 14 }, (_, at) => add(`h${at}.acme.example`)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(4)

  const [first] = (await house.api(admin, 'GET', '/domains')).body.domains as { host: string }[]
  await house.api(admin, 'DELETE', `/domains/${first?.host}`)
  expect((await add('one.more.example')).status).toBe(201)
  expect((await add('and.another.example')).status).toBe(409)
})

test('a proof that comes after a week is none', async () => {
  publish(house, (await add()).body)
  house.pass(8 * 86_400)
  admin = await house.administratorToken()

  expect((await verify()).status).toBe(410)
})

test('one whose records are all gone is served no longer when it is looked at', async () => {
  await house.proveDomain(HOST)
  house.dns.clear()

  expect((await verify()).body).toMatchObject({ state: 'failed', because: 'its records are gone' })
  house.pass(5)
  expect(await answersAt(HOST)).toBeUndefined()
})

test('looks are counted: nobody has our servers ask the world without end', async () => {
  await add()
  const statuses = []
  for (let times = 0; times < 62; times++) statuses.push((await verify()).status)

  expect(statuses.filter((status) => status === 429)).toHaveLength(2)
})

test('each step stands in the record', async () => {
  await house.proveDomain(HOST)
  await house.api(admin, 'DELETE', `/domains/${HOST}`)

  const events = (await house.house.ports.stream.read(1000)).map(({ event }) => event as unknown as HouseEvent)
  expect(events.filter(({ kind }) => kind === 'domain.changed').map(({ data }) => [data?.host, data?.change])).toEqual(
    ['added', 'proved', 'active', 'removed'].map((change) => [HOST, change]),
  )
})

test('a house without such a front door says so', async () => {
  const { domains, ...without } = house.house
  Object.assign(house.house, { domains: undefined })

  expect(
    (
      await house.fetch('/t/main/api/v1/domains', {
        method: 'POST',
        headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
        body: '{"host":"a.example"}',
      })
    ).status,
  ).toBe(503)
  Object.assign(house.house, { domains, ...without })
})
