/** Text messages that strangers cause, to numbers that earn for them or annoy others: what the carrier lets through. */

import { IamError } from '@gatehouse/core/error.ts'
import { DEFAULT_TEXT_POLICY, type TextPolicy } from '@gatehouse/core/text_policy.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CarrierHouse, openCarrierHouse } from '../fixture/carrier_house.ts'

const NUMBER = '+491701234567'
const { perNumber, perRange, perCountry, perTenant } = DEFAULT_TEXT_POLICY
let house: CarrierHouse

beforeEach(async () => {
  house = await openCarrierHouse({ textCountries: ['DE', 'AT', 'US', 'GB'] })
  await house.addTenant('acme')
})
afterEach(() => house.close())

async function sendTo(numbers: readonly string[], tenant = 'main'): Promise<number> {
  const sent = []
  for (const number of numbers) sent.push(await house.text(number, { tenant }))
  return sent.filter(Boolean).length
}

/** Numbers that are no neighbours of each other. */
const scattered = (count: number, country = '49') =>
  Array.from({ length: count }, (_, at) => `+${country}${String(151_0000 + at * 97)}0001`)
const reasons = async () => [...new Set((await house.events('text.refused')).map(({ data }) => data?.because))]

test('a premium country, and one that the house does not write to, get nothing, whatever the tenant allows', async () => {
  await house.setTextPolicy({ ...DEFAULT_TEXT_POLICY, countries: ['SO', 'CU', 'DE'] })

  expect(await sendTo(['+252612345678', '+5351234567', '+979123456789', '+881612345678', '+19005550123', '+447012345678'])).toBe(0)

  expect(await reasons()).toEqual(['country_not_allowed', 'no_number'])
  expect(await house.text(NUMBER)).toBe(true)
})

test('a tenant that writes to its own country alone is not made to write elsewhere', async () => {
  await house.setTextPolicy({ ...DEFAULT_TEXT_POLICY, countries: ['AT'] })

  expect(await sendTo([NUMBER, '+12025550123', '+436641234567'])).toBe(1)
})

test('one number is not flooded: so many an hour, so many a day', async () => {
  expect(await sendTo(Array(20).fill(NUMBER))).toBe(perNumber.hour)
  for (let hour = 0; hour < 10; hour++) {
    house.pass(3600)
    await sendTo(Array(6).fill(NUMBER))
  }

  expect(house.sent).toHaveLength(perNumber.day)
  expect(await reasons()).toEqual(['too_many_per_number'])
  house.pass(86_400)
  expect(await house.text(NUMBER)).toBe(true)
})

test('a flood at the same moment takes no place more', async () => {
  await Promise.all(Array.from({ length: 40 }, () => house.text(NUMBER)))

  expect(house.sent).toHaveLength(perNumber.hour)
})

describe('the spelling of a number opens no second count', () => {
  test.each([
    '+490170123456',
    '+4901701234567',
    '00491701234567',
    '491701234567',
    '+49 170 1234567',
    '+49(0)1701234567',
    '+４９1701234567',
    '+491701234567;ext=2',
    '+491701234567,,1',
    ' +491701234567',
    '+491701234567\u200b',
    '+491701234567x',
    'tel:+491701234567',
  ])('%j', async (spelled) => {
    expect(await house.text(spelled)).toBe(false)
  })

  test('digits too many, which some networks leave out, end at the range', async () => {
    const trailing = Array.from({ length: 200 }, (_, at) => `${NUMBER}${at % 2 ? '' : '0'}${at % 10}`)

    expect(await sendTo(trailing)).toBe(perRange.hour)
  })
})

test('a block of neighbouring numbers, as somebody rents it, gets no more than its share', async () => {
  expect(await sendTo(Array.from({ length: 100 }, (_, at) => `+491701234${String(at).padStart(3, '0')}`))).toBe(perRange.hour)
  expect(await reasons()).toEqual(['too_many_per_range'])
})

test('many numbers of one country stop at its limit, and another country goes on', async () => {
  expect(await sendTo(scattered(perCountry.hour + 20))).toBe(perCountry.hour)
  expect(await reasons()).toEqual(['too_many_per_country'])
  expect(await house.text('+12025550123')).toBe(true)
})

test('many numbers of many countries stop at the tenant’s limit, and another tenant goes on', async () => {
  await house.setTextPolicy({ ...DEFAULT_TEXT_POLICY, perTenant: { hour: 30, day: 30 } })

  expect(await sendTo([...scattered(20), ...scattered(20, '43')])).toBe(30)
  expect(await reasons()).toEqual(['too_many_per_tenant'])
  expect(await sendTo(scattered(5), 'acme')).toBe(5)
})

test('what is refused by one limit takes no place of the others', async () => {
  const policy: TextPolicy = { ...DEFAULT_TEXT_POLICY, perTenant: { hour: perNumber.hour + 1, day: perTenant.day } }
  await house.setTextPolicy(policy)

  await sendTo(Array(50).fill(NUMBER))

  expect(await house.text('+436641234567')).toBe(true)
})

test('a suspended tenant sends nothing that still lies in a queue', async () => {
  const { tenant } = house.stores()
  const before = await tenant.find()
  if (!before) throw new Error('no tenant')
  await tenant.update({ ...before, active: false })
  house.house.cache.tenants.forget('main')

  expect(await house.text(NUMBER)).toBe(false)
})

test('whoever answered STOP is not tried again, and the network is not asked again', async () => {
  let asked = 0
  house.onTheWire = () => {
    asked++
    throw new IamError('access_denied', 'the receiver has opted out')
  }

  for (let times = 0; times < 3; times++) await house.text(NUMBER)

  expect(asked).toBe(1)
  expect(await house.events('text.opted_out')).toMatchObject([{ data: { by: 'network' } }])
  expect(await house.events('text.refused')).toHaveLength(3)
  house.onTheWire = () => {}
  expect(await house.text(NUMBER, { tenant: 'acme' })).toBe(true)
})

test('the record of a refusal holds nothing of the number', async () => {
  await sendTo(Array(perNumber.hour + 1).fill(NUMBER))

  const [refused] = await house.events('text.refused')
  expect(refused).toMatchObject({ kind: 'text.refused', audited: true, data: { because: 'too_many_per_number', template: 'welcome' } })
  expect(JSON.stringify([refused, house.logs])).not.toContain(NUMBER.slice(1))
})
