/** How old a password may become, and for whom. Times in seconds since the epoch. */

export type PasswordExpiry = {
  readonly maximumAgeDays: number
  /** So long before, a mail and My Account say so, and a sign-in by password offers the change. 0: none of it. */
  readonly warnDays: number
  /** Names of roles whose holders' passwords do not end: accounts that nobody signs in to by hand. */
  readonly exceptRoles?: readonly string[]
}

/** When a person's password is looked at next. */
export type PasswordWatch = {
  readonly dueAt: number
  /** The end that a mail has told of. */
  readonly warnedOf?: number
}

export type PasswordWarning = { readonly kind: 'wait' | 'warn'; readonly next: PasswordWatch }

const DAY = 86_400
/** The longest time between two looks: so late at most a stricter policy is noticed. */
export const PASSWORD_LOOK_SECONDS = 7 * DAY

/** When it must be replaced; undefined: it need not. */
export function passwordExpiresAt(
  expiry: PasswordExpiry | undefined,
  changedAt: number | undefined,
  roles: readonly string[],
): number | undefined {
  if (expiry === undefined || changedAt === undefined) return undefined
  if (expiry.exceptRoles?.some((role) => roles.includes(role))) return undefined
  return changedAt + expiry.maximumAgeDays * DAY
}

/** Has the time come that its end is told? */
export function isNearExpiry({ warnDays }: Pick<PasswordExpiry, 'warnDays'>, expiresAt: number, now: number): boolean {
  return now < expiresAt && expiresAt - warnDays * DAY <= now
}

/** One mail for each end, however often it is looked. What is over is told at the sign-in, which asks for a new one. */
export function decidePasswordWarning(
  expiry: Pick<PasswordExpiry, 'warnDays'>,
  { warnedOf }: PasswordWatch,
  expiresAt: number | undefined,
  now: number,
): PasswordWarning {
  const soon = now + PASSWORD_LOOK_SECONDS
  const told = warnedOf === undefined ? {} : { warnedOf }
  if (expiresAt === undefined || expiresAt <= now) return { kind: 'wait', next: { dueAt: soon, ...told } }
  if (!isNearExpiry(expiry, expiresAt, now))
    return { kind: 'wait', next: { dueAt: Math.min(soon, expiresAt - expiry.warnDays * DAY), ...told } }
  if (warnedOf === expiresAt) return { kind: 'wait', next: { dueAt: soon, warnedOf } }
  return { kind: 'warn', next: { dueAt: soon, warnedOf: expiresAt } }
}
