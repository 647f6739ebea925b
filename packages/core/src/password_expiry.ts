/** How old a password may become, and for whom. Times in seconds since the epoch. */

export type PasswordExpiry = {
  readonly maximumAgeDays: number
  /** So long before, My Account says so. */
  readonly warnDays: number
  /** Names of roles whose holders' passwords do not end: accounts that nobody signs in to by hand. */
  readonly exceptRoles?: readonly string[]
}

/** When it must be replaced; undefined: it need not. */
export function passwordExpiresAt(
  expiry: PasswordExpiry | undefined,
  changedAt: number | undefined,
  roles: readonly string[],
): number | undefined {
  if (expiry === undefined || changedAt === undefined) return undefined
  if (expiry.exceptRoles?.some((role) => roles.includes(role))) return undefined
  return changedAt + expiry.maximumAgeDays * 86_400
}
