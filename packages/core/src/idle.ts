/** Accounts that nobody uses: warned, then suspended. Times in seconds since the epoch. */

export type IdlePolicy = {
  readonly warnAfterDays: number
  readonly suspendAfterDays: number
  /** Who opens a suspended account again: an administrator, or its person as well, by recovery of the password. */
  readonly comeBack: 'administrator' | 'recovery'
}

/** When a person is looked at next, and what was known then. */
export type IdleWatch = {
  readonly lastSeenAt: number
  readonly dueAt: number
  /** Of the warning that is about this `lastSeenAt`. */
  readonly warnedAt?: number
}

export type IdleDecision =
  | { readonly kind: 'wait'; readonly next: IdleWatch }
  | { readonly kind: 'warn'; readonly next: IdleWatch; readonly suspendAt: number }
  | { readonly kind: 'suspend' }

const DAY = 86_400
/** The longest time between two looks. */
export const IDLE_LOOK_SECONDS = 30 * DAY
/** What tells of a sign-in is kept so long where anybody looks. */
export const IDLE_EVIDENCE_SECONDS = IDLE_LOOK_SECONDS + DAY
/** A look that is so late means that nobody looked: what happened meanwhile may be forgotten. */
const NOBODY_LOOKED = 2 * DAY

/** `seenAt`: the latest sign of the person that is there now. */
export function decideIdle(policy: IdlePolicy, watch: IdleWatch, seenAt: number, now: number): IdleDecision {
  const lastSeenAt = now - watch.dueAt > NOBODY_LOOKED ? now : Math.max(watch.lastSeenAt, seenAt)
  const warnedAt = lastSeenAt === watch.lastSeenAt ? watch.warnedAt : undefined
  if (warnedAt === undefined) {
    const warnAt = lastSeenAt + policy.warnAfterDays * DAY
    if (now < warnAt) return { kind: 'wait', next: { lastSeenAt, dueAt: soon(warnAt, now) } }
    const suspendAt = suspensionOf(policy, lastSeenAt, now)
    return { kind: 'warn', next: { lastSeenAt, warnedAt: now, dueAt: soon(suspendAt, now) }, suspendAt }
  }
  const suspendAt = suspensionOf(policy, lastSeenAt, warnedAt)
  return now < suspendAt ? { kind: 'wait', next: { lastSeenAt, warnedAt, dueAt: soon(suspendAt, now) } } : { kind: 'suspend' }
}

/** Nobody is suspended sooner after the warning than the policy lets lie between the two, however late the warning came. */
function suspensionOf({ warnAfterDays, suspendAfterDays }: IdlePolicy, lastSeenAt: number, warnedAt: number): number {
  return Math.max(lastSeenAt + suspendAfterDays * DAY, warnedAt + (suspendAfterDays - warnAfterDays) * DAY)
}

function soon(at: number, now: number): number {
  return Math.min(at, now + IDLE_LOOK_SECONDS)
}
