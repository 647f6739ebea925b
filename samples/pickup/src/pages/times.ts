/** Times as people at a desk say them. */
import { parseWallTime } from '../booking.ts'
import type { Entry } from '../entry.ts'

/** A pick-up counts as still to come for a while after its minute. */
const GRACE_MILLISECONDS = 30 * 60 * 1000

export function upcoming(entries: readonly Entry[], now: number): Entry[] {
  return entries.filter((entry) => (parseWallTime(entry.pickup_at) ?? 0) >= now - GRACE_MILLISECONDS)
}

/** `2026-11-23T10:30` -> `today 10:30`, `Tue 24 Nov 10:30`. */
export function day(wallTime: string, now: number): string {
  const time = new Date(parseWallTime(wallTime) ?? 0)
  const clock = wallTime.slice(11)
  if (time.toDateString() === new Date(now).toDateString()) return `today ${clock}`
  return `${time.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })} ${clock}`
}
