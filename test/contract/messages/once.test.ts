/** A message that is brought several times goes out once: queues and streams deliver at least once. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CarrierHouse, LEASE_MILLISECONDS, openCarrierHouse } from '../../fixture/carrier_house.ts'

let house: CarrierHouse

beforeEach(async () => {
  house = await openCarrierHouse()
  await house.addTenant('acme')
})
afterEach(() => house.close())

describe.each(['at_least', 'at_most'] as const)('%s once', (once) => {
  test('a message that is brought again is not sent again', async () => {
    for (let times = 0; times < 3; times++) await house.mail({ id: 'msg_1', once })

    expect(house.sent).toEqual(['main jo@example.org msg_1'])
  })

  test('fifty deliveries of one message at the same moment send it once', async () => {
    await Promise.allSettled(Array.from({ length: 50 }, () => house.mail({ id: 'msg_1', once })))

    expect(house.sent).toHaveLength(1)
  })

  test('the same id at another tenant is another message', async () => {
    for (const tenant of ['main', 'acme']) await house.mail({ id: 'msg_1', once, tenant })

    expect(house.sent).toHaveLength(2)
  })

  test('a text message goes the same way, and takes one place of its limits', async () => {
    const none = { hour: 0, day: 0 }
    const one = { hour: 1, day: 1 }
    await house.setTextPolicy({ perNumber: one, perRange: one, perCountry: one, perTenant: one })

    for (let times = 0; times < 2; times++) await house.text('+4915100000001', { id: 'msg_1', once })

    expect(house.sent).toHaveLength(1)
    expect(await house.events('text.refused')).toEqual([])
    await house.setTextPolicy({ perNumber: none, perRange: none, perCountry: none, perTenant: none })
    await house.text('+4915100000001', { id: 'msg_1', once })
    expect(await house.events('text.refused')).toEqual([])
  })

  test('a message is refused once, however often it is brought', async () => {
    await house.stores().textOptOuts.add('+4915100000001', 'administrator')

    for (let times = 0; times < 3; times++) await house.text('+4915100000001', { id: 'msg_1', once })

    expect(house.sent).toEqual([])
    expect(await house.events('text.refused')).toHaveLength(1)
  })
})

test('what the wire refused is sent by the next delivery, at once, and takes no second place', async () => {
  const one = { hour: 1, day: 1 }
  await house.setTextPolicy({ perNumber: one, perRange: one, perCountry: one, perTenant: one })
  house.onTheWire = () => Promise.reject(new Error('throttled'))
  await expect(house.text('+4915100000001', { id: 'msg_1' })).rejects.toThrow('throttled')
  house.onTheWire = () => {}

  expect(await house.text('+4915100000001', { id: 'msg_1' })).toBe(true)
})

test('a one-time code that the wire refused is not tried again: nobody knows whether it left', async () => {
  house.onTheWire = () => Promise.reject(new Error('timed out'))
  await expect(house.mail({ id: 'msg_1', once: 'at_most' })).rejects.toThrow('timed out')
  house.onTheWire = () => {}

  await house.mail({ id: 'msg_1', once: 'at_most' })

  expect(house.sent).toEqual([])
})

test('a message whose sender died is due again when its claim has ended; a one-time code is not', async () => {
  let begun = 0
  house.onTheWire = () => new Promise(() => void begun++)
  for (const once of ['at_least', 'at_most'] as const) void house.mail({ id: `msg_${once}`, once })
  await expect.poll(() => begun).toBe(2)
  house.onTheWire = () => {}

  await expect(house.mail({ id: 'msg_at_least' })).rejects.toMatchObject({ code: 'unavailable' })
  house.pass(LEASE_MILLISECONDS / 1000)
  await house.mail({ id: 'msg_at_least' })
  await house.mail({ id: 'msg_at_most', once: 'at_most' })

  expect(house.sent).toEqual(['main jo@example.org msg_at_least'])
})

test('a slow sender whose claim has ended does not give away the claim of the next', async () => {
  const failures: ((error: Error) => void)[] = []
  house.onTheWire = () => new Promise((_, reject) => void failures.push(reject))
  const slow = house.mail({ id: 'msg_1' })
  await expect.poll(() => failures.length).toBe(1)
  house.pass(LEASE_MILLISECONDS / 1000)
  void house.mail({ id: 'msg_1' })
  await expect.poll(() => failures.length).toBe(2)

  failures[0]?.(new Error('gave up'))
  await expect(slow).rejects.toThrow('gave up')

  await expect(house.mail({ id: 'msg_1' })).rejects.toMatchObject({ code: 'unavailable' })
})
