/** A booking as the desk takes it down. Times are the desk's own wall clock, as on the form: `2026-11-23T10:30`. */
import { checkFields, line, type Parsed, phone } from './fields.ts'

export type Booking = {
  readonly passenger: string
  readonly phone: string
  readonly driver: string
  readonly pickup_place: string
  readonly pickup_at: string
}

const HOUR = 3600 * 1000
const YEAR = 365 * 24 * HOUR
/** People book a cab that already waits at the kerb. */
const GRACE = HOUR / 2

/** `now` in milliseconds since the epoch. */
export function parseBooking(sent: Readonly<Record<string, unknown>>, now: number): Parsed<Booking> {
  const { values, wrong } = checkFields(
    {
      passenger: line('the passenger’s name', 80),
      phone,
      driver: line('the driver’s name', 80),
      pickup_place: line('where to pick up', 120),
      pickup_at: (value) => checkTime(value, now),
    },
    sent,
  )
  if (Object.keys(wrong).length > 0) return { kind: 'wrong', wrong, values }
  const { passenger = '', phone: number = '', driver = '', pickup_place = '', pickup_at = '' } = values
  return { kind: 'right', value: { passenger, phone: number, driver, pickup_place, pickup_at } }
}

function checkTime(value: string, now: number): string | undefined {
  const time = parseWallTime(value)
  if (time === undefined) return 'Enter a day and a time.'
  if (time < now - GRACE) return 'This time has passed.'
  return time > now + YEAR ? 'Bookings are taken for the next twelve months.' : undefined
}

/** Milliseconds since the epoch; undefined for what is no time, the 31st of February included. */
export function parseWallTime(value: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(value)) return undefined
  const time = new Date(value)
  const isSameDay = time.getDate() === Number(value.slice(8, 10)) && time.getMonth() + 1 === Number(value.slice(5, 7))
  return Number.isNaN(time.getTime()) || !isSameDay ? undefined : time.getTime()
}
