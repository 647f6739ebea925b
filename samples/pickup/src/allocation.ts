/** A vehicle given to a booking and its driver. */
import { parseWallTime } from './booking.ts'
import type { Entry } from './entry.ts'
import { checkFields, line, type Parsed } from './fields.ts'

export const VEHICLES: Readonly<Record<string, string>> = {
  'cab-1': 'Cab 1, saloon, 4 seats',
  'cab-2': 'Cab 2, saloon, 4 seats',
  'cab-3': 'Cab 3, estate, 5 seats',
  'van-1': 'Van 1, wheelchair ramp, 6 seats',
}

export type Allocation = { readonly booking: string; readonly vehicle: string; readonly driver: string }

/** A vehicle needs this long between two pick-ups. */
const TURNAROUND = 45 * 60 * 1000

export function parseAllocation(sent: Readonly<Record<string, unknown>>, entries: readonly Entry[]): Parsed<Allocation> {
  const { values, wrong } = checkFields(
    {
      booking: (value) =>
        entries.some((entry) => entry.id === value && entry.vehicle === undefined)
          ? undefined
          : 'Choose a booking that waits for a vehicle.',
      vehicle: (value) => (Object.hasOwn(VEHICLES, value) ? undefined : 'Choose a vehicle.'),
      driver: (value) => (value === '' ? undefined : line('the driver’s name', 80)(value)),
    },
    sent,
  )
  const chosen = entries.find((entry) => entry.id === values.booking)
  if (chosen === undefined || Object.keys(wrong).length > 0) return { kind: 'wrong', wrong, values }

  const { vehicle = '', driver = '' } = values
  const taken = entries.find((entry) => entry.vehicle === vehicle && isClose(entry.pickup_at, chosen.pickup_at))
  if (taken !== undefined) return { kind: 'wrong', wrong: { vehicle: `On its way to ${taken.passenger} at that time.` }, values }
  return { kind: 'right', value: { booking: chosen.id, vehicle, driver: driver === '' ? chosen.driver : driver } }
}

function isClose(one: string, other: string): boolean {
  return Math.abs((parseWallTime(one) ?? 0) - (parseWallTime(other) ?? 0)) < TURNAROUND
}
