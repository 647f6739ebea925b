/** A part of the week, by the clock on the wall of a time zone: `from` before `to` within a day; `from` after `to` goes on past midnight. */

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

export type TimeWindow = {
  /** Left out: every day. A window past midnight belongs to the day that it begins on. */
  readonly days?: readonly Weekday[]
  /** `HH:MM`; left out: the whole day. */
  readonly from?: string
  readonly to?: string
  /** IANA; summer time included. */
  readonly timeZone: string
}

export function isInWindow({ days, from = '00:00', to = '24:00', timeZone }: TimeWindow, now: number): boolean {
  const { weekday, clock } = wallClock(now, timeZone)
  const isDay = (day: Weekday) => days === undefined || days.includes(day)
  if (from < to) return isDay(weekday) && clock >= from && clock < to
  return (isDay(weekday) && clock >= from) || (isDay(dayBefore(weekday)) && clock < to)
}

export function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function wallClock(now: number, timeZone: string): { readonly weekday: Weekday; readonly clock: string } {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
  const weekday = WEEKDAYS.find((day) => day === part.weekday?.toLowerCase())
  if (weekday === undefined) throw new Error(`${part.weekday} is no day of the week`)
  return { weekday, clock: `${part.hour}:${part.minute}` }
}

function dayBefore(day: Weekday): Weekday {
  return WEEKDAYS[(WEEKDAYS.indexOf(day) + 6) % 7] ?? day
}
