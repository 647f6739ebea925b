/**
 * Token revocation: RFC 7009, and the other ways in which authorizations end. An authorization ends as a whole: its refresh token, and its access tokens at
 * our own endpoints at once, elsewhere within their life.
 */
import type { Application } from '@gatehouse/core/application.ts'
import type { Authorization } from '@gatehouse/core/authorization.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { SessionId, UserId } from '@gatehouse/core/ids.ts'
import { type Parameters, requireParameter } from '@gatehouse/core/parameters.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { isLive } from './live_grant.ts'
import { readPresentedToken } from './presented_token.ts'

/** The application is authenticated. A token that is none, or has ended, is success (section 2.2). */
export async function revokeToken(ctx: TenantContext, application: Application, parameters: Parameters): Promise<void> {
  const presented = await readPresentedToken(ctx, requireParameter(parameters, 'token'))
  if (!presented) return
  if (presented.kind === 'refresh_token') {
    await revokeAuthorization(
      ctx,
      application,
      await ctx.stores.authorizations.find(presented.token.userId, presented.token.authorizationId),
    )
    return
  }
  const { clientId, subject, id, expiresAt } = presented.token
  if (clientId !== application.client_id) throw notItsToken()
  // Nothing stands behind an application's own token: its id is marked until it expires.
  if (subject.kind === 'application') await ctx.stores.used.consume('jti', id, expiresAt)
  else await revokeAuthorization(ctx, application, await ctx.stores.authorizations.find(subject.userId, subject.authorizationId))
}

/**
 * A session ended. After the person's own logout, what they granted with `offline_access` goes on (OpenID Connect Back-Channel Logout 1.0 section 2.7); a
 * session that was ended from elsewhere may be a stranger's, so nothing of it does.
 */
export async function revokeBySession(
  ctx: TenantContext,
  userId: UserId,
  sessionId: SessionId,
  because: 'logout' | 'session_ended',
): Promise<void> {
  const authorizations = await ctx.stores.authorizations.list(userId, { sessionId })
  const ending = because === 'logout' ? authorizations.filter((one) => !one.scopes.includes('offline_access')) : authorizations
  await revokeAll(ctx, ending, because)
}

/** For `relay`: withdrawing revokes at once; this finishes what a crash cut off. What was granted anew since, stays, however late the event comes. */
export async function revokeAfterConsentWithdrawn(ctx: TenantContext, { userId, clientId, at }: HouseEvent): Promise<void> {
  if (userId === undefined || clientId === undefined) return
  const authorizations = await ctx.stores.authorizations.list(userId, { clientId })
  const withdrawn = authorizations.filter((one) => one.redeemedAt * 1000 <= at)
  await revokeAll(ctx, withdrawn, 'consent_withdrawn')
}

/** For `relay`, in the same way: also for sessions that ended without a word to this room. */
export async function revokeAfterSessionEnded(ctx: TenantContext, event: HouseEvent): Promise<void> {
  if (event.userId === undefined || event.sessionId === undefined) return
  await revokeBySession(ctx, event.userId, event.sessionId, event.data?.because === 'logout' ? 'logout' : 'session_ended')
}

/** For `relay`, when a person was suspended or has a new password: marks what does not stand any more, as things are now. */
export async function revokeAfterUserChanged(ctx: TenantContext, { userId }: HouseEvent): Promise<void> {
  const user = userId === undefined ? undefined : await ctx.stores.users.find(userId, { consistent: true })
  // Who was removed took the authorizations along.
  if (!user) return
  const authorizations = await ctx.stores.authorizations.list(user.id)
  const living = await Promise.all(
    authorizations.map((authorization) => isLive({ ...ctx, issuer: authorization.issuer }, authorization, user)),
  )
  const outlived = authorizations.filter((_, index) => !living[index])
  await revokeAll(ctx, outlived, 'suspended')
}

async function revokeAll(
  ctx: TenantContext,
  authorizations: readonly Authorization[],
  because: 'consent_withdrawn' | 'logout' | 'session_ended' | 'suspended',
): Promise<void> {
  await Promise.all(authorizations.map((authorization) => ctx.stores.authorizations.revoke(authorization, because, ctx.actor)))
}

async function revokeAuthorization(ctx: TenantContext, application: Application, authorization: Authorization | undefined): Promise<void> {
  if (!authorization) return
  if (authorization.clientId !== application.client_id) throw notItsToken()
  await ctx.stores.authorizations.revoke(authorization, 'revoked', { ...ctx.actor, clientId: application.client_id })
}

/** Section 2.1: the request is refused and the application told. */
function notItsToken(): IamError {
  return new IamError('unauthorized_client', 'the token was issued to another application')
}
