/** Pickup Manager: where a vehicle is set aside for each booking and its driver. */
import { html } from 'hono/html'
import { parseAllocation, VEHICLES } from './allocation.ts'
import { parseWallTime } from './booking.ts'
import type { Desk } from './desk.ts'
import { boardTable } from './pages/board_table.ts'
import { form, input, select } from './pages/form.ts'
import { day, upcoming } from './pages/times.ts'

export const manager: Desk = {
  slogan: 'Every booking its vehicle',
  purpose: 'Pickup Manager is where the cab company sets a vehicle aside for each booking and its driver.',
  points: [
    { title: 'What waits', text: 'Bookings made at Pickup Dispatch appear here until a vehicle is allocated.' },
    { title: 'No double booking', text: 'A vehicle that is on its way to somebody else cannot be chosen.' },
    { title: 'One account', text: 'Signed in at Pickup Dispatch already? Then one click lets you in.' },
  ],
  scope: 'openid profile email',
  tab: { path: '/allocations', title: 'Allocations' },
  added: 'The vehicle was allocated.',

  summary(board, now) {
    const next = upcoming(board.list(), now)
    const used = new Set(next.flatMap((entry) => (entry.vehicle === undefined ? [] : [entry.vehicle])))
    return [
      { label: 'Bookings that wait', value: String(next.filter((entry) => entry.vehicle === undefined).length) },
      { label: 'Allocated', value: String(next.filter((entry) => entry.vehicle !== undefined).length) },
      { label: 'Vehicles in use', value: `${used.size} of ${Object.keys(VEHICLES).length}` },
    ]
  },

  list(board, now, filled, action, csrf) {
    const waiting = upcoming(board.list(), now).filter((entry) => entry.vehicle === undefined)
    const allocated = board.list().filter((entry) => entry.vehicle !== undefined)
    return html`<h1>Allocations</h1>
      ${
        allocated.length === 0
          ? html`<p class="empty">No vehicle is allocated yet.</p>`
          : boardTable(
              'Allocations',
              ['Pick-up', 'Vehicle', 'Driver', 'Passenger', 'Where'],
              'Vehicle',
              allocated.map((entry) => ({
                isPast: (parseWallTime(entry.pickup_at) ?? 0) < now,
                cells: [
                  html`<time datetime="${entry.pickup_at}">${day(entry.pickup_at, now)}</time>`,
                  VEHICLES[entry.vehicle ?? ''] ?? '',
                  entry.driver,
                  entry.passenger,
                  entry.pickup_place,
                ],
              })),
            )
      }
      <h2>Allocate a vehicle</h2>
      ${
        waiting.length === 0
          ? html`<p class="empty">No booking waits for a vehicle. Bookings are made at Pickup Dispatch.</p>`
          : form(
              action,
              csrf,
              filled,
              [
                select(
                  { name: 'booking', label: 'Booking', type: 'select' },
                  waiting.map((entry) => ({
                    value: entry.id,
                    label: `${day(entry.pickup_at, now)}: ${entry.passenger}, ${entry.pickup_place}`,
                  })),
                  filled,
                ),
                select(
                  { name: 'vehicle', label: 'Vehicle', type: 'select' },
                  Object.entries(VEHICLES).map(([value, label]) => ({ value, label })),
                  filled,
                ),
                input(
                  {
                    name: 'driver',
                    label: 'Another driver',
                    type: 'text',
                    optional: true,
                    hint: 'Left empty, the booking keeps its driver.',
                  },
                  filled,
                ),
              ],
              'Allocate',
            )
      }`
  },

  async add(board, sent, by) {
    const parsed = parseAllocation(sent, board.list())
    if (parsed.kind === 'wrong') return parsed
    await board.allocate(parsed.value, by)
    return { kind: 'added' }
  },
}
