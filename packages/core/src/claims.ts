/** What a person's record says under each claim name: OpenID Connect Core 1.0 section 5.1. One row per claim. */
import type { Application, RequestedClaim } from './application.ts'
import type { AuthorizationRequest } from './authorization_request.ts'
import { claimsOfScopes } from './scope.ts'
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

/**
 * Everything that a request asks about a person: by scope, by the `claims` parameter and by the application's registration, each claim once.
 * One that is essential anywhere is essential. What nobody here can answer is left out.
 */
export function requestedClaims(
  application: Pick<Application, 'gatehouse_claims'>,
  request: Pick<AuthorizationRequest, 'scopes' | 'claims'>,
): RequestedClaim[] {
  const byScope = claimsOfScopes(request.scopes).map((name) => ({ name, essential: false }))
  const essential = new Map<string, boolean>()
  for (const claim of [...byScope, ...application.gatehouse_claims, ...request.claims.userinfo, ...request.claims.idToken]) {
    if (Object.hasOwn(CLAIMS, claim.name)) essential.set(claim.name, claim.essential || essential.get(claim.name) === true)
  }
  return [...essential].map(([name, isEssential]) => ({ name, essential: isEssential }))
}
