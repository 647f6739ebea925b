/** A parsed and checked authorization request: RFC 6749 section 4.1.1, OpenID Connect Core 1.0 section 3.1.2.1. Its application and redirect URI are verified. */
import type { RequestedClaim } from './application.ts'
import type { SaidClaims } from './claims.ts'
import type { ClientId, UserId } from './ids.ts'

export type Prompt = 'none' | 'login' | 'consent' | 'select_account' | 'create'

export type AuthorizationRequest = {
  readonly clientId: ClientId
  readonly redirectUri: string
  readonly responseType: 'code'
  readonly responseMode: 'query' | 'form_post'
  readonly scopes: readonly string[]
  readonly state?: string
  readonly nonce?: string
  /** S256, RFC 7636 section 4.2. */
  readonly codeChallenge?: string
  readonly prompt: readonly Prompt[]
  /** Seconds. */
  readonly maxAge?: number
  readonly loginHint?: string
  readonly uiLocales: readonly string[]
  /** OpenID Connect Core 1.0 sections 3.1.2.1 and 5.5.1.1, in the order of preference. */
  readonly acrValues: readonly string[]
  /** One of them must be reached. */
  readonly acrEssential?: true
  /** OpenID Connect Core 1.0 section 5.5. */
  readonly claims: { readonly idToken: readonly RequestedClaim[]; readonly userinfo: readonly RequestedClaim[] }
  /** Subject of a verified `id_token_hint`. */
  readonly hintedUserId?: UserId
}

/** What the person and the house agreed to give for a request: what the code carries. Times in seconds since the epoch. */
export type AuthorizationGrant = {
  readonly userId: UserId
  readonly sessionId: `ses_${string}`
  readonly authTime: number
  readonly amr: readonly string[]
  readonly acr: string
  readonly securityEpoch: number
  /** The person's when they were asked, or were found to have agreed. */
  readonly consentEpoch: number
  readonly scopes: readonly string[]
  /** Claim names allowed. */
  readonly claims: readonly string[]
  /** What an adaptive script said in place of the record. */
  readonly saidClaims?: SaidClaims | undefined
  /** The person proved in this very interaction who they are: the session's event is the audit record of the act. */
  readonly firstOfSignIn: boolean
  readonly sessionExpiresAt: number
}
