/** Does what a token was issued on still stand? Asked by introspection, userinfo, refresh and our own APIs, each time, from the store. */
import type { Authorization } from '@gatehouse/core/authorization.ts'
import type { AuthorizationId, UserId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { AccessToken } from './access_token.ts'
import { nowSeconds } from './signing_keys.ts'

export type LiveGrant = { readonly authorization: Authorization; readonly user: User }
export type LiveToken = {
  readonly token: AccessToken
  /** Absent where the application acts for itself. */
  readonly grant?: LiveGrant
}

/** Undefined: revoked, logged out, consent withdrawn, person or application suspended. Both items as they are now: two read units. */
export async function findLiveToken(ctx: TenantContext, token: AccessToken): Promise<LiveToken | undefined> {
  const application = await ctx.configuration.findApplication(token.clientId)
  if (!application?.active) return undefined
  const { subject } = token
  if (subject.kind === 'application') return (await ctx.stores.used.isUsed('jti', token.id)) ? undefined : { token }
  const grant = await findLiveGrant(ctx, subject.userId, subject.authorizationId)
  return grant?.authorization.clientId === token.clientId ? { token, grant } : undefined
}

/** The same of a refresh token's grant; whose it is, and of which generation, is the caller's to compare. */
export async function findLiveGrant(ctx: TenantContext, userId: UserId, id: AuthorizationId): Promise<LiveGrant | undefined> {
  const [authorization, user] = await Promise.all([
    ctx.stores.authorizations.find(userId, id),
    ctx.stores.users.find(userId, { consistent: true }),
  ])
  return authorization && user && (await isLive(ctx, authorization, user)) ? { authorization, user } : undefined
}

export async function isLive(ctx: TenantContext, authorization: Authorization, user: User): Promise<boolean> {
  if (!isActive(ctx, authorization) || !user.active) return false
  if (authorization.securityEpoch === user.securityEpoch) return true
  // The password was changed since. The browser in which the person did that goes on, and what was granted in it; everything else ends.
  const session = await ctx.stores.sessions.findLive(authorization.userId, authorization.sessionId)
  return session !== undefined && session.securityEpoch === user.securityEpoch
}

function isActive(ctx: TenantContext, authorization: Authorization): boolean {
  return authorization.status === 'active' && authorization.issuer === ctx.issuer && authorization.expiresAt > nowSeconds(ctx)
}
