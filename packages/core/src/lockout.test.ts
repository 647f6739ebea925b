import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FREE_TRIES, NO_TRIES, needsSettling, reserveTry, type TriesState } from './lockout.ts'

const NOBODY: ReadonlySet<string> = new Set()

test('the free tries are free; the next one waits, and each one after waits longer', () => {
  let state = NO_TRIES
  for (let index = 0; index < FREE_TRIES - 1; index++) state = reserved(state, `ses_${index}`, 1000)
  expect(state.lockedUntil).toBe(0)

  const first = reserved(state, 'ses_last', 1000)
  const waiting = reserveTry(first, 'ses_more', 1001, NOBODY)
  const second = reserved(first, 'ses_more', first.lockedUntil)

  expect(waiting).toEqual({ kind: 'locked', retryAfterSeconds: first.lockedUntil - 1001 })
  expect(second.lockedUntil - first.lockedUntil).toBeGreaterThan(first.lockedUntil - 1000)
})

test('a delay never grows beyond a quarter of an hour, so nobody is locked out for good', () => {
  let state = NO_TRIES
  let now = 1000
  for (let index = 0; index < 100; index++) {
    state = reserved(state, `ses_${index}`, now)
    expect(state.lockedUntil - now).toBeLessThanOrEqual(900)
    now = Math.max(now, state.lockedUntil)
  }
})

test('what came before a success is forgiven, whatever was tried after it is not', () => {
  let state = NO_TRIES
  for (const id of ['a', 'b', 'won', 'c']) state = reserved(state, id, 1000)
  expect(needsSettling(state, 1000)).toBe(true)

  const next = reserved(state, 'd', 1000, new Set(['won']))

  expect(next.pending).toEqual(['c', 'd'])
  expect(next.lockedUntil).toBe(0)
})

test('a success that is seen late ends the delay that its own try set', () => {
  let state = NO_TRIES
  for (const id of ['a', 'b', 'c', 'd', 'won']) state = reserved(state, id, 1000)
  expect(reserveTry(state, 'next', 1001, NOBODY).kind).toBe('locked')
  expect(needsSettling(state, 1001)).toBe(true)

  const next = reserved(state, 'next', 1001, new Set(['won']))

  expect(next).toEqual({ pending: ['next'], rounds: 0, lockedUntil: 0, revision: state.revision + 1 })
})

test('guesses in a sign-in that is finished are not forgiven by its own success', () => {
  let state = NO_TRIES
  for (let guess = 0; guess < FREE_TRIES; guess++) state = reserved(state, 'won', 1000, new Set(['won']))

  expect(reserveTry(state, 'won', 1000, new Set(['won'])).kind).toBe('locked')
})

test('however tries and time are mixed, no more than the free tries pass without a success before a delay', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), (pauses) => {
      let state = NO_TRIES
      let now = 1000
      let passed = 0
      for (const [index, pause] of pauses.entries()) {
        now += pause
        const decision = reserveTry(state, `ses_${index}`, now, NOBODY)
        if (decision.kind === 'locked') {
          expect(decision.retryAfterSeconds).toBeGreaterThan(0)
          continue
        }
        passed++
        state = decision.next
        if (passed >= FREE_TRIES) expect(state.lockedUntil).toBeGreaterThan(now)
      }
    }),
  )
})

function reserved(state: TriesState, id: string, now: number, succeeded = NOBODY): TriesState {
  const decision = reserveTry(state, id, now, succeeded)
  if (decision.kind === 'locked') throw new Error('locked')
  return decision.next
}
