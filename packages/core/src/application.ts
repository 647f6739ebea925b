/**
 * An application (OAuth client), in the words of RFC 7591 section 2, OpenID Connect Dynamic Client Registration 1.0 section 2 and
 * OpenID Connect Back-Channel Logout 1.0 section 2.2. Ours are prefixed `gatehouse_`.
 */
import type { ClientId } from './ids.ts'
import type { SignInSteps } from './sign_in_policy.ts'

/** Characters of a `client_id`. What is longer names nobody, and is neither looked up nor remembered. */
export const LONGEST_CLIENT_ID = 128

export type TokenEndpointAuthMethod = 'client_secret_basic' | 'client_secret_post' | 'none'
export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials'
export type IdTokenAlgorithm = 'RS256' | 'ES256'

/** An attribute that the application asks for at sign-in, by its claim name (OpenID Connect Core 1.0 section 5.1). */
export type RequestedClaim = { readonly name: string; readonly essential: boolean }

export type Application = {
  readonly client_id: ClientId
  readonly client_name: string
  readonly application_type: 'web' | 'native'
  readonly redirect_uris: readonly string[]
  readonly post_logout_redirect_uris: readonly string[]
  readonly grant_types: readonly GrantType[]
  readonly response_types: readonly 'code'[]
  readonly token_endpoint_auth_method: TokenEndpointAuthMethod
  /** Space separated: the scopes that it may ask for. */
  readonly scope: string
  readonly id_token_signed_response_alg: IdTokenAlgorithm
  readonly backchannel_logout_uri?: string
  readonly backchannel_logout_session_required?: boolean
  readonly default_max_age?: number
  readonly require_auth_time?: boolean
  readonly client_uri?: string
  readonly logo_uri?: string
  readonly policy_uri?: string
  readonly tos_uri?: string
  readonly initiate_login_uri?: string
  readonly contacts?: readonly string[]
  /** PKCE is required unless a confidential application is registered without it. */
  readonly gatehouse_require_pkce: boolean
  /** A first-party application asks nobody for consent (the house's own CLI, an operator's own portal). */
  readonly gatehouse_skip_consent: boolean
  /** Why it asks for attributes, in plain words, shown on the consent page. */
  readonly gatehouse_purpose?: string
  /** Attributes that it asks for beyond `claims`; `essential` ones are mandatory on the consent page. */
  readonly gatehouse_claims: readonly RequestedClaim[]
  /** `jwt` (RFC 9068) or `opaque`. */
  readonly gatehouse_access_token_format: 'jwt' | 'opaque'
  /** Role names that the application itself holds (client_credentials tokens carry their permissions as scopes). */
  readonly gatehouse_roles: readonly string[]
  /** The tenant's own domain whose issuer it belongs to; absent: it belongs to the issuer that the house gives the tenant. It is nobody at any other. */
  readonly gatehouse_domain?: string
  /** How people sign in to it, instead of the tenant's steps. */
  readonly gatehouse_sign_in?: SignInSteps
  /** An adaptive script that says which of the steps are due (`adaptive_script.ts`). */
  readonly gatehouse_adaptive_script?: string
  readonly active: boolean
  /** ISO 8601. */
  readonly createdAt: string
  readonly version: number
}

export function isConfidential(application: Pick<Application, 'token_endpoint_auth_method'>): boolean {
  return application.token_endpoint_auth_method !== 'none'
}
