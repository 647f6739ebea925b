/** What one code became: the grant of an application for a user in a session, and its refresh tokens (design: the authorization item). */
import type { SaidClaims } from './claims.ts'
import type { AuthorizationId, ClientId, SessionId, UserId } from './ids.ts'

export type AuthorizationStatus = 'active' | 'revoked'

export type Authorization = {
  readonly id: AuthorizationId
  readonly userId: UserId
  readonly clientId: ClientId
  readonly issuer: string
  readonly sessionId: SessionId
  readonly scopes: readonly string[]
  /** Claims that the person allowed, by name. */
  readonly claims: readonly string[]
  /** Those of them that the application asked for in the ID token, too (OpenID Connect Core 1.0 section 5.5). */
  readonly idTokenClaims?: readonly string[]
  /** What an adaptive script of that sign-in said in place of the person's record, of claims that were allowed. */
  readonly saidClaims?: SaidClaims
  readonly nonce?: string
  readonly acr: string
  readonly amr: readonly string[]
  /** Seconds since the epoch, like all times here. */
  readonly authTime: number
  readonly securityEpoch: number
  readonly status: AuthorizationStatus
  readonly revokedBecause?: string
  readonly redeemedAt: number
  readonly expiresAt: number
  /** 0 where no refresh token was issued. */
  readonly generation: number
  readonly refreshHash?: string
  readonly previousRefreshHash?: string
  readonly rotatedAt?: number
}
