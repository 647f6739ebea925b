/**
 * The refresh_token grant: RFC 6749 section 6, rotated as RFC 9700 section 4.14.2 has it. One conditional write moves the authorization to the next
 * generation; whoever presents a former one has a copy, and the authorization ends. A confidential application, which proves itself each time, may present
 * the last one again for some seconds and gets the same successor: its answer may have been lost, or two of its processes may have asked at once.
 */
import { type Application, isConfidential } from '@gatehouse/core/application.ts'
import type { Authorization } from '@gatehouse/core/authorization.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { type Parameters, requireParameter } from '@gatehouse/core/parameters.ts'
import { checkScope, parseScope } from '@gatehouse/core/scope.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { REFRESH_GRACE_SECONDS } from '../lifetimes.ts'
import { findLiveGrant, type LiveGrant } from '../live_grant.ts'
import { permissionsOfUser, withoutUnheldPermissions } from '../permissions.ts'
import { type IssuedRefreshToken, makeRefreshToken, type RefreshToken, readRefreshToken } from '../refresh_token.ts'
import { nowSeconds } from '../signing_keys.ts'
import { actingApplication } from './acting_application.ts'
import { type TokenResponse, userTokens } from './token_response.ts'

/** The application is authenticated. */
export async function refreshTokens(ctx: TenantContext, application: Application, parameters: Parameters): Promise<TokenResponse> {
  const presented = await readRefreshToken(ctx, requireParameter(parameters, 'refresh_token'))
  if (!presented) throw invalidToken()
  const grant = await loadGrant(ctx, application, presented)
  const scopes = await narrowScopes(ctx, grant, parameters.get('scope'))
  const successor = await makeRefreshToken(ctx, grant.authorization, presented.generation + 1)
  const authorization = await advance(ctx, application, grant, presented, successor)
  // OpenID Connect Core 1.0 section 12.2: a nonce belongs to the sign-in, and this is none. None is stored.
  return userTokens(ctx, application, { authorization, user: grant.user }, scopes, successor.token)
}

function invalidToken(): IamError {
  return new IamError(
    'invalid_grant',
    'the refresh token is not valid: it may have expired, been used, been revoked, or belong to another application',
  )
}

async function loadGrant(ctx: TenantContext, application: Application, presented: RefreshToken): Promise<LiveGrant> {
  const grant = await findLiveGrant(ctx, presented.userId, presented.authorizationId)
  if (grant?.authorization.clientId !== application.client_id) throw invalidToken()
  return grant
}

/** Section 6: not more than was granted; the refresh token itself keeps what it has. Permissions that the person has lost since are gone. */
async function narrowScopes(ctx: TenantContext, { authorization, user }: LiveGrant, scope: string | undefined): Promise<string[]> {
  const asked = scope === undefined ? authorization.scopes : parseScope(scope)
  checkScope(asked, authorization.scopes)
  return withoutUnheldPermissions(ctx, asked, await permissionsOfUser(ctx, user))
}

/** The authorization in the successor's generation, whoever moved it there. */
async function advance(
  ctx: TenantContext,
  application: Application,
  { authorization, user }: LiveGrant,
  presented: RefreshToken,
  successor: IssuedRefreshToken,
): Promise<Authorization> {
  if (isCurrent(authorization, presented)) {
    const rotated = await rotate(ctx, authorization, user, successor)
    if (rotated) return rotated
    // Somebody else rotated it, or ended it, since it was read.
    const now = await ctx.stores.authorizations.find(authorization.userId, authorization.id)
    if (now?.status === 'active' && mayRepeat(ctx, application, now, presented)) return now
    return refuseReuse(ctx, now ?? authorization)
  }
  if (mayRepeat(ctx, application, authorization, presented)) return authorization
  return refuseReuse(ctx, authorization)
}

async function rotate(
  ctx: TenantContext,
  authorization: Authorization,
  user: User,
  { hash }: IssuedRefreshToken,
): Promise<Authorization | undefined> {
  const slides = authorization.scopes.includes('offline_access')
  const next = {
    refreshHash: hash,
    expiresAt: slides
      ? Math.max(authorization.expiresAt, nowSeconds(ctx) + ctx.tenant.policies.refreshTokenSeconds)
      : authorization.expiresAt,
    ...(authorization.securityEpoch === user.securityEpoch ? {} : { securityEpoch: user.securityEpoch }),
  }
  return ctx.stores.authorizations.rotate(authorization, next, actingApplication(ctx))
}

/** That the token is genuine was found out before, in constant time; the stored hashes only say which one it is. */
function isCurrent(authorization: Authorization, presented: RefreshToken): boolean {
  return presented.generation === authorization.generation && presented.hash === authorization.refreshHash
}

function mayRepeat(ctx: TenantContext, application: Application, authorization: Authorization, presented: RefreshToken): boolean {
  return (
    isConfidential(application) &&
    presented.generation === authorization.generation - 1 &&
    presented.hash === authorization.previousRefreshHash &&
    nowSeconds(ctx) - (authorization.rotatedAt ?? 0) < REFRESH_GRACE_SECONDS
  )
}

async function refuseReuse(ctx: TenantContext, authorization: Authorization): Promise<never> {
  await ctx.stores.authorizations.revoke(authorization, 'replayed', actingApplication(ctx))
  throw invalidToken()
}
