/** What a person's record says under each claim name: OpenID Connect Core 1.0 section 5.1. One row per claim. */
import { primaryEmail, primaryPhoneNumber, shownName, type User } from './user.ts'

export type ClaimValue = string | number | boolean | readonly string[]
export type ClaimsSource = { readonly user: User /** Names of the person's roles. */; readonly roles: readonly string[] }

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

/** Only what was allowed, and only what is there: an absent attribute is left out, never null. */
export function claimsOf(source: ClaimsSource, names: readonly string[]): Record<string, ClaimValue> {
  const claims: Record<string, ClaimValue> = {}
  for (const name of names) {
    const value = Object.hasOwn(CLAIMS, name) ? CLAIMS[name]?.(source) : undefined
    if (value !== undefined) claims[name] = value
  }
  return claims
}
