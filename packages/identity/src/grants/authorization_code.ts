/** The authorization_code grant: RFC 6749 section 4.1.3, RFC 7636 section 4.5, OpenID Connect Core 1.0 section 3.1.3. */
import { hash } from 'node:crypto'
import type { Application } from '@gatehouse/core/application.ts'
import type { Authorization } from '@gatehouse/core/authorization.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { type Parameters, requireParameter } from '@gatehouse/core/parameters.ts'
import { checkCodeVerifier, checkPkce } from '@gatehouse/core/pkce.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { type AuthorizationCode, openAuthorizationCode } from '../authorization_code.ts'
import { CODE_REPLAY_GRACE_SECONDS } from '../lifetimes.ts'
import { permissionsOfUser, withoutUnheldPermissions } from '../permissions.ts'
import { makeRefreshToken } from '../refresh_token.ts'
import { nowSeconds } from '../signing_keys.ts'
import { actingApplication } from './acting_application.ts'
import { type TokenResponse, userTokens } from './token_response.ts'

/** The application is authenticated. */
export async function redeemAuthorizationCode(
  ctx: TenantContext,
  application: Application,
  parameters: Parameters,
): Promise<TokenResponse> {
  const code = await openAuthorizationCode(ctx, requireParameter(parameters, 'code'))
  if (!code || code.clientId !== application.client_id) throw invalidCode()
  checkRedirectUri(code, parameters)
  checkVerifier(code, parameters)
  // From here on it is the right application with the right proof: whoever else has the code, has it from there.
  if (code.expiresAt <= nowSeconds(ctx)) {
    const redeemed = await ctx.stores.authorizations.find(code.userId, code.authorizationId)
    if (redeemed) await endReplayed(ctx, redeemed)
    throw invalidCode()
  }
  const user = await loadUser(ctx, code)
  const scopes = await withoutUnheldPermissions(ctx, code.scopes, await permissionsOfUser(ctx, user))
  const refresh = application.grant_types.includes('refresh_token')
    ? await makeRefreshToken(ctx, { userId: code.userId, id: code.authorizationId }, 1)
    : undefined
  const authorization = authorizationOf(ctx, code, scopes, refresh?.hash)
  const redeemed = await ctx.stores.authorizations.redeem(authorization, actingApplication(ctx), code.firstOfSignIn)
  if (!redeemed.won) {
    await endReplayed(ctx, redeemed.existing)
    throw invalidCode()
  }
  await checkSession(ctx, authorization)
  return userTokens(ctx, application, { authorization, user }, scopes, refresh?.token)
}

function invalidCode(): IamError {
  return new IamError(
    'invalid_grant',
    'the authorization code is not valid: it may have expired, been used, or belong to another application',
  )
}

function checkRedirectUri(code: AuthorizationCode, parameters: Parameters): void {
  if (requireParameter(parameters, 'redirect_uri') !== code.redirectUri)
    throw new IamError('invalid_grant', 'redirect_uri differs from that of the authorization request')
}

function checkVerifier(code: AuthorizationCode, parameters: Parameters): void {
  const verifier = parameters.get('code_verifier')
  checkCodeVerifier(verifier)
  checkPkce(code.codeChallenge, verifier === undefined ? undefined : hash('sha256', verifier, 'base64url'))
}

/** The person as they are now: a suspension, a new password or a withdrawn consent since the code was issued ends it. */
async function loadUser(ctx: TenantContext, code: AuthorizationCode): Promise<User> {
  const user = await ctx.stores.users.find(code.userId)
  if (!user?.active) throw invalidCode()
  if (user.securityEpoch !== code.securityEpoch || (user.consentEpoch ?? 0) !== code.consentEpoch) throw invalidCode()
  return user
}

/**
 * A logout ends the session first and then marks the authorizations that it finds; a redemption writes its authorization first and then looks at the session.
 * However the two meet, one of them sees the other, so no authorization outlives its session unseen.
 */
async function checkSession(ctx: TenantContext, authorization: Authorization): Promise<void> {
  const session = await ctx.stores.sessions.findLive(authorization.userId, authorization.sessionId)
  if (session?.issuer === ctx.issuer) return
  await ctx.stores.authorizations.revoke(authorization, 'session_ended', actingApplication(ctx))
  throw invalidCode()
}

function authorizationOf(
  ctx: TenantContext,
  code: AuthorizationCode,
  scopes: readonly string[],
  refreshHash: string | undefined,
): Authorization {
  const now = nowSeconds(ctx)
  const offline = refreshHash !== undefined && scopes.includes('offline_access')
  return {
    id: code.authorizationId,
    userId: code.userId,
    clientId: code.clientId,
    issuer: ctx.issuer,
    sessionId: code.sessionId,
    scopes,
    claims: code.claims,
    ...(code.idTokenClaims.length === 0 ? {} : { idTokenClaims: code.idTokenClaims }),
    ...(code.saidClaims === undefined ? {} : { saidClaims: code.saidClaims }),
    ...(code.nonce === undefined ? {} : { nonce: code.nonce }),
    acr: code.acr,
    amr: code.amr,
    authTime: code.authTime,
    securityEpoch: code.securityEpoch,
    status: 'active',
    redeemedAt: now,
    // It lives as long as the session, so that logout finds the applications to tell; with offline_access longer.
    expiresAt: offline ? Math.max(code.sessionExpiresAt, now + ctx.tenant.policies.refreshTokenSeconds) : code.sessionExpiresAt,
    generation: refreshHash === undefined ? 0 : 1,
    ...(refreshHash === undefined ? {} : { refreshHash }),
  }
}

/** RFC 6749 section 4.1.2, RFC 9700 section 4.5: a second use ends what the first one got, but for a retry within seconds. */
async function endReplayed(ctx: TenantContext, redeemed: Authorization): Promise<void> {
  if (nowSeconds(ctx) - redeemed.redeemedAt < CODE_REPLAY_GRACE_SECONDS) return
  await ctx.stores.authorizations.revoke(redeemed, 'replayed', actingApplication(ctx))
}
