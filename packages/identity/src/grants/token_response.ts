/** The token response: RFC 6749 section 5.1, OpenID Connect Core 1.0 section 3.1.3.3. */
import type { Application } from '@gatehouse/core/application.ts'
import type { Authorization } from '@gatehouse/core/authorization.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { issueUserAccessToken } from '../access_token.ts'
import { issueIdToken } from '../id_token.ts'

export type TokenResponse = {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly scope: string
  readonly refresh_token?: string
  readonly id_token?: string
}

/** The tokens of a person's grant. `scopes` may be narrower than what was granted. */
export async function userTokens(
  ctx: TenantContext,
  application: Application,
  grant: { readonly authorization: Authorization; readonly user: User },
  scopes: readonly string[],
  refreshToken: string | undefined,
): Promise<TokenResponse> {
  const { token, expiresIn } = await issueUserAccessToken(ctx, application, grant.authorization, scopes)
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: expiresIn,
    scope: scopes.join(' '),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    ...(scopes.includes('openid') ? { id_token: await issueIdToken(ctx, application, grant, token) } : {}),
  }
}
