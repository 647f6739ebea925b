import { describe, expect, test } from 'vitest'
import { NO_HISTORY, type RiskHistory, type Sighting, withSighting } from '../history.ts'
import type { RiskFacts } from '../signal.ts'
import { breachedPassword } from './breached_password.ts'
import { failedTries } from './failed_tries.ts'
import { impossibleTravel } from './impossible_travel.ts'
import { listedAddress } from './listed_address.ts'
import { networkVelocity } from './network_velocity.ts'
import { newCountry } from './new_country.ts'
import { newDevice } from './new_device.ts'
import { unusualHour } from './unusual_hour.ts'

const HOUR = 3600
const NOON = 12 * HOUR
const BERLIN = { country: 'DE', latitude: 52.5, longitude: 13.4 }
const PARIS = { country: 'FR', latitude: 48.9, longitude: 2.4 }
const SYDNEY = { country: 'AU', latitude: -33.9, longitude: 151.2 }
const LAPTOP = { id: 'laptop', name: 'Firefox, Linux' }

const after = (...sightings: readonly Partial<Sighting>[]): RiskHistory =>
  sightings.reduce<RiskHistory>((history, one) => withSighting(history, { at: NOON, place: BERLIN, device: LAPTOP, ...one }), NO_HISTORY)
const facts = (change: Partial<RiskFacts> = {}): RiskFacts => ({
  at: NOON + 24 * HOUR,
  place: BERLIN,
  device: { ...LAPTOP, known: true },
  history: after({}),
  listed: false,
  failedTries: 0,
  breachedPassword: false,
  newcomers: 1,
  kilometresPerHour: 900,
  ...change,
})

describe('new_device', () => {
  test.each([
    ['the browser that was used before', {}, 0],
    ['another browser', { device: { id: 'phone', name: 'Safari iOS', known: false } }, 1],
    ["the browser's cookie, replayed in another", { device: { ...LAPTOP, name: 'Chrome Windows', known: true } }, 1],
    ['an id without the cookie', { device: { ...LAPTOP, known: false } }, 1],
    ['a cookie that was given before anything was remembered', { history: undefined }, 0],
    ['nobody knows anything', { history: undefined, device: { id: undefined, name: '', known: false } }, 1],
  ])('%s: %o is %i', (_, change, strength) => {
    expect(newDevice(facts(change)).strength).toBe(strength)
  })
})

describe('new_country', () => {
  test.each([
    ['the same country', {}, 0],
    ['another', { place: PARIS }, 1],
    ['one from before the last', { place: BERLIN, history: after({}, { place: PARIS }) }, 0],
    ['nobody knows where', { place: undefined }, 0],
    ['the first of all', { history: undefined, place: PARIS }, 0],
  ])('%s: %o is %i', (_, change, strength) => {
    expect(newCountry(facts(change)).strength).toBe(strength)
  })
})

describe('impossible_travel', () => {
  test.each([
    ['Berlin to Paris in two hours', { place: PARIS, at: NOON + 2 * HOUR }, 0],
    ['Berlin to Paris in half an hour', { place: PARIS, at: NOON + HOUR / 2 }, 1],
    ['Berlin to Sydney in ten hours', { place: SYDNEY, at: NOON + 10 * HOUR }, 1],
    ['Berlin to Sydney in a day', { place: SYDNEY, at: NOON + 24 * HOUR }, 0],
    ['a town beside Berlin at once', { place: { country: 'DE', latitude: 52.4, longitude: 13.1 }, at: NOON }, 0],
    ['a clock that went backwards', { place: SYDNEY, at: NOON - HOUR }, 1],
    ['a country without degrees', { place: { country: 'AU' }, at: NOON + 60 }, 0],
  ])('%s: %o is %i', (_, change, strength) => {
    expect(impossibleTravel(facts(change)).strength).toBe(strength)
  })

  test('it is measured from the latest place, and says how far and how fast', () => {
    const history = after({ place: SYDNEY, at: NOON - 48 * HOUR }, { at: NOON })

    expect(impossibleTravel(facts({ history, place: SYDNEY, at: NOON + HOUR }))).toEqual({
      strength: 1,
      seen: { kilometres: expect.toSatisfy((km: number) => km > 16_000 && km < 16_200), minutes: 60, from: 'DE' },
    })
  })
})

describe('unusual_hour', () => {
  const habit = (count: number) => after(...Array.from({ length: count }, (_, day) => ({ at: NOON + day * 24 * HOUR })))

  test.each([
    ['the usual hour', {}, 0],
    ['the hour beside it', { at: NOON + HOUR }, 0],
    ['the middle of the night', { at: NOON + 14 * HOUR }, 1],
    ['too few to speak of a habit', { at: NOON + 14 * HOUR, history: habit(5) }, 0],
    ['nothing is known', { history: undefined }, 0],
  ])('%s: %o is %i', (_, change, strength) => {
    expect(unusualHour(facts({ history: habit(25), ...change })).strength).toBe(strength)
  })

  test('who signs in at all hours has no usual ones', () => {
    const history = after(...Array.from({ length: 20 }, (_, hour) => ({ at: hour * HOUR })))

    expect(unusualHour(facts({ history, at: 22 * HOUR })).strength).toBe(0)
  })
})

test('one slip of the finger is none, three are something, and five are certain', () => {
  expect([0, 2, 3, 5, 50].map((count) => failedTries(facts({ failedTries: count })).strength)).toEqual([0, 0, expect.closeTo(1 / 3), 1, 1])
})

test('an office is no attack; a crowd of new devices in one network is', () => {
  expect([0, 3, 10, 100].map((newcomers) => networkVelocity(facts({ newcomers })).strength)).toEqual([0, 0, 1, 1])
})

test('a listed address and a password of everybody speak for themselves', () => {
  expect([listedAddress(facts()), listedAddress(facts({ listed: true }))].map(({ strength }) => strength)).toEqual([0, 1])
  expect([breachedPassword(facts()), breachedPassword(facts({ breachedPassword: true }))].map(({ strength }) => strength)).toEqual([0, 1])
})
