/** What an application's request asks of this person, and whether they decided on it before. */
import { type Application, isConfidential } from '@gatehouse/core/application.ts'
import type { AuthorizationRequest } from '@gatehouse/core/authorization_request.ts'
import { CLAIMS, type ClaimValue, claimsOf, type SaidClaims } from '@gatehouse/core/claims.ts'
import type { Consent } from '@gatehouse/core/consent.ts'
import { isNew, type Offer, offerOf } from '@gatehouse/core/interaction/consent.ts'
import { claimsOfScopes } from '@gatehouse/core/scope.ts'
import type { User } from '@gatehouse/core/user.ts'
import { findConsent } from '@gatehouse/privacy/consents.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export type ConsentState = {
  readonly kind: 'unneeded' | 'known' | 'due'
  readonly offer: Offer
  readonly known: Consent | undefined
  /** The person's attributes by claim name, to be shown. */
  readonly values: Readonly<Record<string, ClaimValue>>
}

export async function considerConsent(
  ctx: TenantContext,
  application: Application,
  request: AuthorizationRequest,
  user: User,
  said?: SaidClaims,
): Promise<ConsentState> {
  const values = claimsOf({ user, roles: await roleNames(ctx, user), said }, Object.keys(CLAIMS))
  const known = application.gatehouse_skip_consent ? undefined : await findConsent(ctx, user.id, application.client_id)
  const offer = offerOf(
    {
      scopes: request.scopes,
      declared: [...application.gatehouse_claims, ...request.claims.idToken, ...request.claims.userinfo].filter(({ name }) =>
        Object.hasOwn(CLAIMS, name),
      ),
      scopeClaims: claimsOfScopes(request.scopes),
      present: new Set(Object.keys(values)),
    },
    known,
  )
  if (application.gatehouse_skip_consent) return { kind: 'unneeded', offer, known, values }
  const asks = isNew(offer, known) || mayBeAnother(application, request.redirectUri)
  return { kind: asks ? 'due' : 'known', offer, known, values }
}

/**
 * RFC 8252 section 8.6, RFC 6749 section 10.2: any other program of the device can take a private scheme or a loopback port, and has no secret to lack. Who it
 * is, only the person can say, each time; what they allowed before is ticked.
 */
function mayBeAnother(application: Application, redirectUri: string): boolean {
  return application.application_type === 'native' && !isConfidential(application) && !redirectUri.startsWith('https:')
}

async function roleNames(ctx: TenantContext, user: User): Promise<string[]> {
  if (user.roles.length === 0) return []
  const roles = await ctx.configuration.listRoles()
  return roles.filter(({ id }) => user.roles.includes(id)).map(({ name }) => name)
}
