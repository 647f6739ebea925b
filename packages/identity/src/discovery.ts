/** Metadata: OpenID Connect Discovery 1.0 section 3, RFC 8414 section 2. It names what is there and nothing else. JWKS: RFC 7517 section 5. */
import { CLAIMS } from '@gatehouse/core/claims.ts'
import { PERSONAL_SCOPES } from '@gatehouse/core/scope.ts'
import { acrValuesOf } from '@gatehouse/core/sign_in_policy.ts'
import { signInPolicyOf } from '@gatehouse/core/tenant.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { GRANT_TYPES } from './grants/grants.ts'
import { isPublished, nowSeconds } from './signing_keys.ts'

const SECRET_METHODS = ['client_secret_basic', 'client_secret_post']
const PROTOCOL_CLAIMS = ['sub', 'iss', 'aud', 'exp', 'iat', 'auth_time', 'acr', 'amr', 'nonce', 'sid', 'at_hash']

export function metadataOf(ctx: Pick<TenantContext, 'issuer' | 'tenant'>): Readonly<Record<string, unknown>> {
  const { issuer } = ctx
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    token_endpoint: `${issuer}/oauth2/token`,
    userinfo_endpoint: `${issuer}/oauth2/userinfo`,
    jwks_uri: `${issuer}/oauth2/jwks`,
    introspection_endpoint: `${issuer}/oauth2/introspect`,
    revocation_endpoint: `${issuer}/oauth2/revoke`,
    end_session_endpoint: `${issuer}/oauth2/logout`,
    scopes_supported: [...PERSONAL_SCOPES],
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'form_post'],
    grant_types_supported: GRANT_TYPES,
    acr_values_supported: acrValuesOf(signInPolicyOf(ctx.tenant)),
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256'],
    token_endpoint_auth_methods_supported: [...SECRET_METHODS, 'none'],
    introspection_endpoint_auth_methods_supported: SECRET_METHODS,
    revocation_endpoint_auth_methods_supported: [...SECRET_METHODS, 'none'],
    claim_types_supported: ['normal'],
    claims_supported: [...PROTOCOL_CLAIMS, ...Object.keys(CLAIMS)],
    claims_parameter_supported: true,
    request_parameter_supported: false,
    // True is the default of the standard.
    request_uri_parameter_supported: false,
    ui_locales_supported: ctx.tenant.locales,
    prompt_values_supported: ['none', 'login', 'consent', 'select_account', 'create'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  }
}

/** Those that sign, those that are about to, and those whose last token has not ended. */
export async function jwksOf(ctx: TenantContext): Promise<{ readonly keys: readonly unknown[] }> {
  const keys = await ctx.configuration.listSigningKeys()
  const now = nowSeconds(ctx)
  return { keys: keys.filter((key) => isPublished(key, now)).map((key) => JSON.parse(key.publicJwk)) }
}
