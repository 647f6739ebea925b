import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assess, levelOf, SIGNAL_KINDS, SIGNALS } from './assess.ts'
import { NO_HISTORY, type RiskHistory, withSighting } from './history.ts'
import { DEFAULT_RISK, isAtLeast, type RiskPolicy } from './risk_policy.ts'
import type { RiskFacts, SignalKind } from './signal.ts'

const place = fc.record({
  country: fc.constantFrom('DE', 'FR', 'AU', 'US'),
  latitude: fc.integer({ min: -90, max: 90 }),
  longitude: fc.integer({ min: -180, max: 180 }),
})
const device = fc.record({ id: fc.constantFrom('a', 'b', 'c'), name: fc.constantFrom('Firefox Linux', 'Safari iOS') })
const at = fc.integer({ min: 0, max: 2_000_000_000 })
const sighting = fc.record({ at, place: fc.option(place, { nil: undefined }), device })
const history = fc
  .array(sighting, { maxLength: 40 })
  .map((sightings) => sightings.reduce<RiskHistory>((before, one) => withSighting(before, one), NO_HISTORY))
const facts: fc.Arbitrary<RiskFacts> = fc.record({
  at,
  place: fc.option(place, { nil: undefined }),
  device: device.chain((one) => fc.boolean().map((known) => ({ ...one, known }))),
  history: fc.option(history, { nil: undefined }),
  listed: fc.boolean(),
  failedTries: fc.nat(20),
  breachedPassword: fc.boolean(),
  newcomers: fc.nat(30),
  kilometresPerHour: fc.integer({ min: 100, max: 2000 }),
})
const weights = fc.record(
  Object.fromEntries(SIGNAL_KINDS.map((kind) => [kind, fc.integer({ min: 0, max: 100 })])) as Record<SignalKind, fc.Arbitrary<number>>,
)
const policyOf = (given: RiskPolicy['weights']): RiskPolicy => ({ ...DEFAULT_RISK, weights: given })

test('every signal is between silent and certain, whatever came before', () => {
  fc.assert(
    fc.property(facts, (given) => {
      for (const kind of SIGNAL_KINDS) {
        const { strength } = SIGNALS[kind](given)
        expect(strength >= 0 && strength <= 1).toBe(true)
      }
    }),
  )
})

test('a heavier weight never makes a sign-in safer', () => {
  fc.assert(
    fc.property(facts, weights, fc.constantFrom(...SIGNAL_KINDS), fc.nat(100), (given, light, kind, more) => {
      const heavy = { ...light, [kind]: Math.min(100, light[kind] + more) }
      const [before, after] = [assess(given, policyOf(light)), assess(given, policyOf(heavy))]

      expect(after.score).toBeGreaterThanOrEqual(before.score)
      expect(isAtLeast(after.level, before.level)).toBe(true)
    }),
  )
})

test('the sum is that of its reasons, and a signal without weight is not told of', () => {
  fc.assert(
    fc.property(facts, weights, (given, some) => {
      const { score, reasons } = assess(given, policyOf({ ...some, new_device: 0 }))

      expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBe(score)
      expect(reasons.map(({ signal }) => signal)).not.toContain('new_device')
    }),
  )
})

test('what is remembered stays small, whatever happens', () => {
  fc.assert(
    fc.property(fc.array(sighting, { maxLength: 300 }), (sightings) => {
      const kept = sightings.reduce<RiskHistory>((before, one) => withSighting(before, one), NO_HISTORY)

      expect(kept.places.length).toBeLessThanOrEqual(6)
      expect(kept.devices.length).toBeLessThanOrEqual(8)
      expect(kept.hours).toHaveLength(24)
      expect(kept.hours.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(200)
    }),
  )
})

test('the levels begin where the policy says, and each leads to its action', () => {
  expect([0, 39, 40, 79, 80, 500].map((score) => levelOf(score, DEFAULT_RISK))).toEqual(['low', 'low', 'medium', 'medium', 'high', 'high'])
  const everything: RiskFacts = {
    at: 0,
    place: { country: 'DE' },
    device: { id: undefined, name: '', known: false },
    history: undefined,
    listed: true,
    failedTries: 5,
    breachedPassword: true,
    newcomers: 10,
    kilometresPerHour: 900,
  }

  expect(assess(everything, DEFAULT_RISK)).toMatchObject({ level: 'high', action: 'deny', score: 140 })
  expect(assess({ ...everything, listed: false, failedTries: 0, newcomers: 0 }, DEFAULT_RISK)).toMatchObject({
    level: 'medium',
    action: 'step_up',
  })
})
