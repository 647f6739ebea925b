/** What a person's record says under each claim name: OpenID Connect Core 1.0 section 5.1. One row per claim. */
import { primaryEmail, primaryPhoneNumber, shownName, type User } from './user.ts'

export type ClaimValue = string | number | boolean | readonly string[]
export type ClaimsSource = {
  readonly user: User
  /** Names of the person's roles. */
  readonly roles: readonly string[]
  readonly said?: SaidClaims | undefined
}
/** By claim name, what an adaptive script said in place of the record, for what comes of its sign-in alone. */
export type SaidClaims = Readonly<Record<string, string>>

export const CLAIMS: Readonly<Record<string, (source: ClaimsSource) => ClaimValue | undefined>> = {
  name: ({ user }) => shownName(user),
  given_name: ({ user }) => user.name.givenName,
  family_name: ({ user }) => user.name.familyName,
  middle_name: ({ user }) => user.name.middleName,
  nickname: ({ user }) => user.nickName,
  preferred_username: ({ user }) => user.userName,
  profile: ({ user }) => user.profileUrl,
  locale: ({ user }) => user.locale,
  zoneinfo: ({ user }) => user.timezone,
  updated_at: ({ user }) => Math.floor(Date.parse(user.updatedAt) / 1000),
  email: ({ user }) => primaryEmail(user)?.value,
  email_verified: ({ user }) => primaryEmail(user)?.verified,
  phone_number: ({ user }) => primaryPhoneNumber(user)?.value,
  phone_number_verified: ({ user }) => primaryPhoneNumber(user)?.verified,
  roles: ({ roles }) => roles,
}

/** What a script may say: what people call themselves. Who somebody is, where they are reached and what they may do, only the record says. */
export const SAYABLE: ReadonlySet<string> = new Set([
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'profile',
  'locale',
  'zoneinfo',
])

/** Only what was allowed, and only what is there: an absent attribute is left out, never null. */
export function claimsOf(source: ClaimsSource, names: readonly string[]): Record<string, ClaimValue> {
  const claims: Record<string, ClaimValue> = {}
  for (const name of names) {
    const value = saidOf(source, name) ?? (Object.hasOwn(CLAIMS, name) ? CLAIMS[name]?.(source) : undefined)
    if (value !== undefined) claims[name] = value
  }
  return claims
}

function saidOf({ said }: ClaimsSource, name: string): string | undefined {
  return said !== undefined && SAYABLE.has(name) && Object.hasOwn(said, name) ? said[name] : undefined
}
