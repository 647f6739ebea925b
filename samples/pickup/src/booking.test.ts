import { describe, expect, test } from 'vitest'
import { parseAllocation } from './allocation.ts'
import { parseBooking } from './booking.ts'
import type { Entry } from './entry.ts'

const NOW = new Date('2026-11-23T10:00').getTime()
const GOOD = {
  passenger: 'Rowan Reed',
  phone: '+44 20 7946 0000',
  driver: 'Sam Okafor',
  pickup_place: '12 Mill Lane',
  pickup_at: '2026-11-23T10:30',
}

describe('a booking', () => {
  test('is taken down as it was typed, without the blanks around it', () => {
    expect(parseBooking({ ...GOOD, passenger: '  Rowan Reed ' }, NOW)).toEqual({ kind: 'right', value: GOOD })
  })

  test('says of every field at once what is wrong, and keeps what was typed', () => {
    const parsed = parseBooking({ passenger: 'Rowan' }, NOW)

    expect(parsed.kind === 'wrong' && Object.keys(parsed.wrong).toSorted()).toEqual(['driver', 'phone', 'pickup_at', 'pickup_place'])
    expect(parsed.kind === 'wrong' && parsed.values.passenger).toBe('Rowan')
  })

  test.each(['call me', '12345', '+44 20 7946 0000 0000 0000'])('refuses the phone number %s', (phone) => {
    const parsed = parseBooking({ ...GOOD, phone }, NOW)

    expect(parsed.kind === 'wrong' && Object.keys(parsed.wrong)).toEqual(['phone'])
  })

  test.each(['', 'tomorrow', '2026-13-01T10:00', '2027-02-31T10:00', '2026-11-23T09:00', '2028-01-01T10:00'])(
    'refuses the pick-up time %s',
    (pickup_at) => {
      const parsed = parseBooking({ ...GOOD, pickup_at }, NOW)

      expect(parsed.kind === 'wrong' && Object.keys(parsed.wrong)).toEqual(['pickup_at'])
    },
  )

  test('may be for a cab that already waits', () => {
    expect(parseBooking({ ...GOOD, pickup_at: '2026-11-23T09:50' }, NOW).kind).toBe('right')
  })

  test('refuses a name of more than one line, or too long', () => {
    expect(parseBooking({ ...GOOD, passenger: 'Rowan\nReed' }, NOW).kind).toBe('wrong')
    expect(parseBooking({ ...GOOD, passenger: 'R'.repeat(81) }, NOW).kind).toBe('wrong')
  })

  test('takes a file or a missing field for an empty one', () => {
    expect(parseBooking({ ...GOOD, driver: new File([], 'x') }, NOW).kind).toBe('wrong')
  })
})

describe('a vehicle', () => {
  const waiting: Entry = { ...GOOD, id: 'b1', booked_by: 'usr_1' }
  const closeBy: Entry = { ...GOOD, id: 'b2', booked_by: 'usr_1', passenger: 'Kim', pickup_at: '2026-11-23T10:50', vehicle: 'cab-1' }

  test('is allocated to a booking that waits, which keeps its driver', () => {
    expect(parseAllocation({ booking: 'b1', vehicle: 'cab-2', driver: '' }, [waiting, closeBy])).toEqual({
      kind: 'right',
      value: { booking: 'b1', vehicle: 'cab-2', driver: 'Sam Okafor' },
    })
  })

  test('is refused while it is on its way to somebody else', () => {
    const parsed = parseAllocation({ booking: 'b1', vehicle: 'cab-1', driver: '' }, [waiting, closeBy])

    expect(parsed.kind === 'wrong' && parsed.wrong.vehicle).toContain('Kim')
  })

  test('is refused for a booking that has one, and when it does not exist', () => {
    const parsed = parseAllocation({ booking: 'b2', vehicle: 'constructor', driver: '' }, [waiting, closeBy])

    expect(parsed.kind === 'wrong' && Object.keys(parsed.wrong)).toEqual(['booking', 'vehicle'])
  })
})
