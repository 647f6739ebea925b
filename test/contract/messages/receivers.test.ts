/** Addresses and numbers that the house does not write to, as administrators see them. */
import { takeFeedback } from '@gatehouse/messaging/take_feedback.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ManagementHouse, openManagementHouse } from '../management/management_house.ts'

const ADDRESS = 'jo.miller+cabs@example.org'
const PATH = `/mail-marks/${encodeURIComponent(ADDRESS)}`
let house: ManagementHouse
let admin: string

beforeAll(async () => {
  house = await openManagementHouse()
  admin = await house.administratorToken()
})
afterAll(() => house.close())

const bounce = (tenant = 'main') =>
  takeFeedback(house.house.stores, { tenant, address: ADDRESS, outcome: 'bounced', at: house.house.ports.clock.now(), status: '5.1.1' })

test('a mark is found by its address, by its person, and removed once', async () => {
  const { body: person } = await house.api(admin, 'POST', '/users', {
    userName: 'jo',
    emails: [{ value: ADDRESS }, { value: 'other@example.org' }],
  })
  expect((await house.api(admin, 'GET', PATH)).status).toBe(404)
  await bounce()

  const mark = {
    address: ADDRESS,
    reason: 'bounced',
    permanent: true,
    at: '2026-01-05T09:00:00.000Z',
    ends_at: '2027-01-05T09:00:00.000Z',
    status: '5.1.1',
  }
  expect((await house.api(admin, 'GET', PATH)).body).toEqual(mark)
  expect((await house.api(admin, 'GET', `/users/${person.id}/mail-marks`)).body).toEqual({ marks: [mark] })

  house.pass(1)
  expect((await house.api(admin, 'DELETE', PATH)).status).toBe(204)
  expect((await house.api(admin, 'DELETE', PATH)).status).toBe(404)
  expect((await house.api(admin, 'GET', PATH)).status).toBe(404)
  expect((await house.api(admin, 'GET', `/users/${person.id}/mail-marks`)).body).toEqual({ marks: [] })
})

test('an opt-out is noted once, found, and taken back once', async () => {
  const path = '/text-opt-outs/%2B491701234567'

  expect((await house.api(admin, 'GET', path)).status).toBe(404)
  for (let times = 0; times < 2; times++) expect((await house.api(admin, 'PUT', path)).status).toBe(204)
  expect((await house.api(admin, 'GET', path)).body).toEqual({
    number: '+491701234567',
    by: 'administrator',
    at: '2026-01-05T09:00:01.000Z',
  })
  expect((await house.api(admin, 'DELETE', path)).status).toBe(204)
  expect((await house.api(admin, 'DELETE', path)).status).toBe(404)
  expect((await house.api(admin, 'PUT', '/text-opt-outs/0170-1234567')).status).toBe(422)
})

test('another tenant’s administrator neither sees nor removes it', async () => {
  await house.addWholeTenant('acme')
  house.pass(1)
  await bounce()
  const elsewhere = await house.administratorToken('acme')

  expect((await house.api(elsewhere, 'GET', PATH, undefined, 'acme')).status).toBe(404)
  expect((await house.api(elsewhere, 'DELETE', PATH, undefined, 'acme')).status).toBe(404)
  expect((await house.api(admin, 'GET', PATH)).status).toBe(200)
})

test('who may only see people removes no mark', async () => {
  house.pass(1)
  await bounce()
  await house.api(admin, 'PUT', '/roles/clerk', { name: 'clerk', permissions: ['users:read'] })
  await house.addPerson('clara', ['clerk'])
  const token = await house.signIn('clara')

  expect((await house.api(token, 'GET', PATH)).status).toBe(200)
  expect((await house.api(token, 'DELETE', PATH)).status).toBe(403)
})
