/** ID tokens: OpenID Connect Core 1.0 sections 2 and 3.1.3.6. Attributes come from userinfo (section 5.4) but for those that the `claims` parameter asked for here. */
import { hash } from 'node:crypto'
import type { Application } from '@gatehouse/core/application.ts'
import type { Authorization } from '@gatehouse/core/authorization.ts'
import { claimsOf } from '@gatehouse/core/claims.ts'
import { type ClientId, isId, type SessionId, type UserId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { ID_TOKEN_SECONDS } from './lifetimes.ts'
import { roleNamesOf } from './permissions.ts'
import { signJwt, verifyJwt } from './sign_jwt.ts'
import { nowSeconds } from './signing_keys.ts'

export async function issueIdToken(
  ctx: TenantContext,
  application: Application,
  grant: { readonly authorization: Authorization; readonly user: User },
  accessToken: string,
): Promise<string> {
  const { authorization, user } = grant
  const now = nowSeconds(ctx)
  const names = (authorization.idTokenClaims ?? []).filter((name) => authorization.claims.includes(name))
  const attributes =
    names.length === 0 ? {} : claimsOf({ user, roles: await roleNamesOf(ctx, user), said: authorization.saidClaims }, names)
  return signJwt(ctx, application.id_token_signed_response_alg, 'JWT', {
    ...attributes,
    iss: ctx.issuer,
    sub: authorization.userId,
    aud: application.client_id,
    iat: now,
    exp: now + ID_TOKEN_SECONDS,
    auth_time: authorization.authTime,
    acr: authorization.acr,
    amr: authorization.amr,
    sid: authorization.sessionId,
    at_hash: leftHalfHash(accessToken),
    // JSON leaves an undefined nonce out.
    nonce: authorization.nonce,
  })
}

export type IdTokenHint = { readonly userId: UserId; readonly clientId: ClientId; readonly sessionId: SessionId }

/** An ID token of this issuer as a hint: it may have expired (OpenID Connect RP-Initiated Logout 1.0 section 2, Core 1.0 section 3.1.2.2). */
export async function readIdTokenHint(ctx: TenantContext, hint: string): Promise<IdTokenHint | undefined> {
  const claims = await verifyJwt(ctx, hint, 'JWT')
  if (!claims || claims.iss !== ctx.issuer) return undefined
  const { sub, aud, sid } = claims
  return isId('usr', sub) && typeof aud === 'string' && isId('ses', sid) ? { userId: sub, clientId: aud, sessionId: sid } : undefined
}

/** `at_hash`: RS256 and ES256 both hash with SHA-256. */
function leftHalfHash(accessToken: string): string {
  return hash('sha256', accessToken, 'buffer').subarray(0, 16).toString('base64url')
}
