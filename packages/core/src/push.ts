/**
 * An approval of a sign-in in My Account: the page that waits shows a number, and the person, signed in on another device, picks it among three. Whoever only
 * presses "yes" at a request that they did not make is wrong in two of three cases, and a wrong number is a no.
 */

import { secondFactorAt } from './factor.ts'
import type { ClientId, SessionId, UserId } from './ids.ts'
import type { ShownPlace } from './place.ts'
import { factorsOf, type Session } from './session.ts'

export type PushId = `psh_${string}`
export type PushState = 'open' | 'approved' | 'denied' | 'used'

/** Times in seconds since the epoch. */
export type PushRequest = {
  readonly id: PushId
  readonly userId: UserId
  readonly nonce: string
  readonly state: PushState
  readonly askedAt: number
  /** Nobody decides afterwards; what was approved before may still be used for a moment. */
  readonly expiresAt: number
  readonly sends: number
  readonly nextSendAt: number
  /** The session that the sign-in leads to, and the one of its browser: they approve nothing of their own. */
  readonly sessions: readonly SessionId[]
  /** Whose limits it counts for: the person's from a browser that they know, or from elsewhere. */
  readonly limitedAs: string
  readonly clientId?: ClientId
  readonly ip?: string
  readonly userAgent?: string
  readonly place?: ShownPlace
}

export const PUSH_SECONDS = 180
/** For the way from the approval to the page that waits. */
const GRACE_SECONDS = 60
/** A session approves for so long after its own second factor. */
export const PUSH_PROOF_SECONDS = 12 * 3600
/** Of one person at a time. */
export const MOST_OPEN = 2

export function isPushOpen({ state, expiresAt }: PushRequest, now: number): boolean {
  return state === 'open' && expiresAt > now
}

export function isPushOver({ expiresAt }: PushRequest, now: number): boolean {
  return expiresAt + GRACE_SECONDS <= now
}

/** The number that is sought, and three of two digits among which it stands: of six bytes that nobody can foretell. */
export function numbersOf(bytes: Uint8Array): { readonly number: string; readonly choices: readonly string[] } {
  const all = Array.from({ length: 90 }, (_, index) => String(index + 10))
  const drawn = [0, 2, 4].map((at) => {
    const value = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    return String(all.splice(value % all.length, 1)[0])
  })
  return { number: String(drawn[0]), choices: drawn.sort() }
}

/**
 * A session vouches for another only by what it proved itself: a second factor that stands by itself, not long ago. One that was approved by a push does not approve the
 * next, so no chain of approvals hangs on a password alone.
 */
export function mayApprove(session: Pick<Session, 'authTime' | 'amr' | 'factors'>, now: number): boolean {
  const own = factorsOf(session).filter(({ kind }) => kind !== 'push' && kind !== 'recovery_code')
  const at = secondFactorAt(own)
  return at !== undefined && at + PUSH_PROOF_SECONDS > now
}
