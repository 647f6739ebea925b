/**
 * Who may change what proves them: the password, factors, recovery codes. It takes a fresh sign-in, and, of whoever has a second factor, a fresh proof of one: else
 * a password alone would take the second factor away.
 */
import { firstThings, SECOND_FACTORS, secondFactorAt, thingOf } from './factor.ts'
import { factorsOf, type Session } from './session.ts'
import type { User } from './user.ts'

/** Seconds for which a proof is fresh enough. */
export const SURE_SECONDS = 15 * 60

/** Until when (seconds since the epoch) this session may; in the past where it may not. */
export function sureUntil(session: Pick<Session, 'authTime' | 'factors'>, user: Pick<User, 'factors'>): number {
  const proven = factorsOf(session)
  const first = firstThings(proven)
  const hasSecond = (user.factors ?? []).some((kind) => SECOND_FACTORS.includes(kind) && !first.has(thingOf(kind)))
  const second = hasSecond ? (secondFactorAt(proven) ?? 0) : session.authTime
  return Math.min(session.authTime, second) + SURE_SECONDS
}
