/** Where a tenant's people are looked up who were not brought in yet: the old system's own hook, asked at the first sign-in (docs/migration.md). */

/** What of a person the old system may call otherwise: our word -> the path of its value in the answer's `user`, with dots. */
export const MIGRATION_ATTRIBUTES = [
  'displayName',
  'nickName',
  'profileUrl',
  'locale',
  'timezone',
  'name.givenName',
  'name.familyName',
  'name.middleName',
  'name.formatted',
  'emails',
  'emailVerified',
  'phoneNumbers',
  'phoneNumberVerified',
  'groups',
  'roles',
] as const

export type MigrationAttribute = (typeof MIGRATION_ATTRIBUTES)[number]

export type MigrationPolicy = {
  readonly url: string
  /** By `KeyVault`. */
  readonly sealedSecret: string
  /** Tells secrets apart without telling any. */
  readonly secretId: string
  readonly timeoutMilliseconds: number
  /** ISO 8601; nobody is asked for from then on. */
  readonly until: string
  readonly attributes: Readonly<Partial<Record<MigrationAttribute, string>>>
  /** By name: what the old system may give; the rest of what it says is left out. */
  readonly groups: readonly string[]
  readonly roles: readonly string[]
}

export function isMigrating(policy: MigrationPolicy | undefined, now: number): policy is MigrationPolicy {
  return policy !== undefined && now < Date.parse(policy.until)
}
