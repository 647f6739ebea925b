/** Pickup Dispatch: where the company's people book a cab for a passenger. */
import { html } from 'hono/html'
import { VEHICLES } from './allocation.ts'
import { parseBooking, parseWallTime } from './booking.ts'
import type { Desk } from './desk.ts'
import { boardTable } from './pages/board_table.ts'
import { form, input } from './pages/form.ts'
import { day, upcoming } from './pages/times.ts'

export const dispatch: Desk = {
  slogan: 'Book a cab in half a minute',
  purpose: 'Pickup Dispatch is the booking desk of the Pickup cab company. Take down who travels, from where and when, and who drives.',
  points: [
    { title: 'Bookings at a glance', text: 'What is due next, who drives, and whether a vehicle is set aside.' },
    { title: 'One account', text: 'The same sign-in opens Pickup Manager. No second password.' },
    { title: 'Your say', text: 'You choose which attributes this desk may see when you sign in.' },
  ],
  scope: 'openid profile email phone',
  tab: { path: '/bookings', title: 'Bookings' },
  added: 'The booking was added.',

  summary(board, now) {
    const next = upcoming(board.list(), now)
    const [first] = next
    return [
      { label: 'Bookings to come', value: String(next.length) },
      { label: 'Without a vehicle', value: String(next.filter((entry) => entry.vehicle === undefined).length) },
      { label: 'Next pick-up', value: first === undefined ? 'None' : `${first.passenger}, ${day(first.pickup_at, now)}` },
    ]
  },

  list(board, now, filled, action, csrf) {
    const entries = board.list()
    return html`<h1>Bookings</h1>
      ${
        entries.length === 0
          ? html`<p class="empty">No bookings yet. Add the first one below.</p>`
          : boardTable(
              'Bookings',
              ['Pick-up', 'Passenger', 'Where', 'Driver', 'Vehicle'],
              'Passenger',
              entries.map((entry) => ({
                isPast: (parseWallTime(entry.pickup_at) ?? 0) < now,
                cells: [
                  html`<time datetime="${entry.pickup_at}">${day(entry.pickup_at, now)}</time>`,
                  html`${entry.passenger} <span class="hint">${entry.phone}</span>`,
                  entry.pickup_place,
                  entry.driver,
                  entry.vehicle === undefined ? html`<span class="hint">waits</span>` : (VEHICLES[entry.vehicle] ?? entry.vehicle),
                ],
              })),
            )
      }
      <h2>Add a booking</h2>
      ${form(
        action,
        csrf,
        filled,
        [
          input({ name: 'passenger', label: 'Passenger', type: 'text' }, filled),
          input({ name: 'phone', label: 'Passenger’s phone', type: 'tel' }, filled),
          input({ name: 'pickup_place', label: 'Pick-up place', type: 'text' }, filled),
          input({ name: 'pickup_at', label: 'Pick-up time', type: 'datetime-local' }, filled),
          input({ name: 'driver', label: 'Driver', type: 'text' }, filled),
        ],
        'Add booking',
      )}`
  },

  async add(board, sent, by, now) {
    const parsed = parseBooking(sent, now)
    if (parsed.kind === 'wrong') return parsed
    await board.book(parsed.value, by)
    return { kind: 'added' }
  },
}
