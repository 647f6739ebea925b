/** UserInfo: OpenID Connect Core 1.0 section 5.3. Exactly the attributes that the person allowed, as they are now. */
import { type ClaimValue, claimsOf } from '@gatehouse/core/claims.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { ClientId } from '@gatehouse/core/ids.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { loadLiveToken } from './bearer.ts'
import { roleNamesOf } from './permissions.ts'

export type Userinfo = { readonly clientId: ClientId; readonly claims: Readonly<Record<string, ClaimValue>> }

export async function loadUserinfo(ctx: TenantContext, accessToken: string): Promise<Userinfo> {
  const { token, grant } = await loadLiveToken(ctx, accessToken)
  if (!grant || !token.scopes.includes('openid'))
    throw new IamError('insufficient_scope', 'userinfo needs an access token with the scope openid')
  const { authorization, user } = grant
  const roles = authorization.claims.includes('roles') ? await roleNamesOf(ctx, user) : []
  const source = { user, roles, said: authorization.saidClaims }
  return { clientId: token.clientId, claims: { ...claimsOf(source, authorization.claims), sub: user.id } }
}
