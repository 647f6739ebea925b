/** A line of the company's board: a booking, and the vehicle that it was given. */
import type { Booking } from './booking.ts'

export type Entry = Booking & {
  readonly id: string
  readonly booked_by: string
  readonly vehicle?: string | undefined
  readonly allocated_by?: string | undefined
}
