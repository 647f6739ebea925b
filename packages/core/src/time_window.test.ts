import { expect, test } from 'vitest'
import { isInWindow, isTimeZone, type TimeWindow } from './time_window.ts'

const at = (text: string) => Date.parse(text)
const OFFICE: TimeWindow = {
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  from: '08:00',
  to: '18:00',
  timeZone: 'Europe/Berlin',
}
const NIGHT: TimeWindow = { days: ['friday'], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' }

test.each([
  ['a winter morning at eight', OFFICE, '2026-01-05T07:00:00Z', true],
  ['a minute before', OFFICE, '2026-01-05T06:59:00Z', false],
  ['the same in summer, an hour earlier by the sun', OFFICE, '2026-07-06T06:00:00Z', true],
  ['six in the evening', OFFICE, '2026-01-05T17:00:00Z', false],
  ['a Sunday', OFFICE, '2026-01-04T10:00:00Z', false],
  ['a Friday night before midnight', NIGHT, '2026-01-09T22:30:00Z', true],
  ['after midnight it is still that night', NIGHT, '2026-01-10T04:59:00Z', true],
  ['the morning after', NIGHT, '2026-01-10T05:00:00Z', false],
  ['the night after', NIGHT, '2026-01-10T22:30:00Z', false],
  ['the whole of a day', { days: ['saturday'], timeZone: 'Asia/Tokyo' } satisfies TimeWindow, '2026-01-09T15:00:00Z', true],
])('%s', (_, window, when, expected) => {
  expect(isInWindow(window, at(when))).toBe(expected)
})

test('a time zone is one of the IANA', () => {
  expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', ''].map(isTimeZone)).toEqual([true, true, false, false])
})
