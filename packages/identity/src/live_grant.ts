/** Does what a token was issued on still stand? Asked by introspection, userinfo, refresh and our own APIs, each time, from the store. */
import type { Authorization } from '@gatehouse/core/authorization.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { AccessToken } from './access_token.ts'
import { nowSeconds } from './signing_keys.ts'

export type LiveToken = {
  readonly token: AccessToken
  /** Absent where the application acts for itself. */
  readonly grant?: { readonly authorization: Authorization; readonly user: User }
}

/** Undefined: revoked, logged out, consent withdrawn, person or application suspended. `consistent`: the person's record, too, as it is now. */
export async function findLiveToken(
  ctx: TenantContext,
  token: AccessToken,
  options: { consistent?: boolean } = {},
): Promise<LiveToken | undefined> {
  const { subject } = token
  if (subject.kind === 'application') return (await isStanding(ctx, token)) ? { token } : undefined
  if (!(await isOfActiveApplication(ctx, token))) return undefined
  const [authorization, user] = await Promise.all([
    ctx.stores.authorizations.find(subject.userId, subject.authorizationId),
    ctx.stores.users.find(subject.userId, options),
  ])
  if (!authorization || !user || authorization.clientId !== token.clientId || !(await isLive(ctx, authorization, user))) return undefined
  return { token, grant: { authorization, user } }
}

/** The same by one item, the authorization: who is suspended or has a new password has their authorizations marked by `relay`, a moment later. */
export async function isStanding(ctx: TenantContext, token: AccessToken): Promise<boolean> {
  if (!(await isOfActiveApplication(ctx, token))) return false
  const { subject } = token
  if (subject.kind === 'application') return !(await ctx.stores.used.isUsed('jti', token.id))
  const authorization = await ctx.stores.authorizations.find(subject.userId, subject.authorizationId)
  return authorization !== undefined && authorization.clientId === token.clientId && isActive(ctx, authorization)
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

async function isOfActiveApplication(ctx: TenantContext, token: AccessToken): Promise<boolean> {
  const application = await ctx.configuration.findApplication(token.clientId)
  return application?.active === true
}
