/**
 * How many tries a password (or code) has, as a pure function of what is stored. A try is reserved before the comparison and carries the id of
 * the session that it would create: tries whose session came to be were successes and are forgotten. Delays grow and end; nobody is
 * locked out for good, and a browser that the person has used before has tries of its own, so a stranger cannot use them up.
 */

export type TriesState = {
  /** Session ids of tries not known to have succeeded, oldest first. */
  readonly pending: readonly string[]
  /** How often a delay was imposed since the last success. */
  readonly rounds: number
  /** Seconds since the epoch; 0 when no delay is in force. */
  readonly lockedUntil: number
  /** Grows with each write. */
  readonly revision: number
}

export const NO_TRIES: TriesState = { pending: [], rounds: 0, lockedUntil: 0, revision: 0 }
export const FREE_TRIES = 5
const FIRST_DELAY_SECONDS = 30
const LONGEST_DELAY_SECONDS = 900
/** A state that nobody touched for this long is forgotten. */
export const TRIES_MEMORY_SECONDS = 86_400

export type TryDecision =
  | { readonly kind: 'reserved'; readonly next: TriesState }
  | { readonly kind: 'locked'; readonly retryAfterSeconds: number }

/** `succeeded`: which of the pending ids are known to have succeeded (asked for only where it matters, see `needsSettling`). */
export function reserveTry(state: TriesState, tryId: string, nowSeconds: number, succeeded: ReadonlySet<string>): TryDecision {
  // Ordered: what came before a success is forgiven with it. Not by its own id: a sign-in that is finished gives no tries any more.
  const lastSuccess = state.pending.findLastIndex((id) => id !== tryId && succeeded.has(id))
  const isForgiven = lastSuccess >= 0
  if (!isForgiven && state.lockedUntil > nowSeconds) return { kind: 'locked', retryAfterSeconds: state.lockedUntil - nowSeconds }
  const pending = [...state.pending.slice(lastSuccess + 1), tryId]
  const rounds = isForgiven ? 0 : state.rounds
  const revision = state.revision + 1
  if (pending.length < FREE_TRIES) return { kind: 'reserved', next: { pending, rounds, lockedUntil: 0, revision } }
  // This try is still allowed; the next one waits. After the first delay each single try brings a longer one.
  const delay = Math.min(FIRST_DELAY_SECONDS * 2 ** rounds, LONGEST_DELAY_SECONDS)
  return { kind: 'reserved', next: { pending: pending.slice(-FREE_TRIES), rounds: rounds + 1, lockedUntil: nowSeconds + delay, revision } }
}

/** True when the next try would use up the free ones, or must wait: only then is it worth asking which sessions came to be. */
export function needsSettling(state: TriesState, nowSeconds: number): boolean {
  return state.pending.length >= FREE_TRIES - 1 || state.lockedUntil > nowSeconds
}
