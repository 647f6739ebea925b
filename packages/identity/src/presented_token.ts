/**
 * A token that an application presents at introspection or revocation. Its form says of which kind it is, so `token_type_hint` (RFC 7009 section 2.1) is not
 * needed, and a wrong one does no harm.
 */
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { type AccessToken, readAccessToken } from './access_token.ts'
import { type RefreshToken, readRefreshToken } from './refresh_token.ts'

export type PresentedToken =
  | { readonly kind: 'access_token'; readonly token: AccessToken }
  | { readonly kind: 'refresh_token'; readonly token: RefreshToken }

/** Undefined for what was not issued at this issuer, or is an access token that has expired. */
export async function readPresentedToken(ctx: TenantContext, text: string): Promise<PresentedToken | undefined> {
  const refresh = await readRefreshToken(ctx, text)
  if (refresh) return { kind: 'refresh_token', token: refresh }
  const access = await readAccessToken(ctx, text)
  return access && { kind: 'access_token', token: access }
}
