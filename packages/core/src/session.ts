/** A browser signed in at our issuer. */
import type { ProvenFactor } from './factor.ts'
import type { ClientId, SessionId, UserId } from './ids.ts'
import type { ShownPlace } from './place.ts'
import type { RiskLevel } from './risk/risk_policy.ts'
import type { SignalKind } from './risk/signal.ts'

export type Session = {
  readonly id: SessionId
  readonly userId: UserId
  readonly issuer: string
  /** Seconds since the epoch at which the person last proved who they are (OpenID Connect Core 1.0 section 2, `auth_time`). */
  readonly authTime: number
  /** RFC 8176. */
  readonly amr: readonly string[]
  readonly acr: string
  /** Absent: a password, at `authTime`, and nothing else. */
  readonly factors?: readonly ProvenFactor[]
  readonly securityEpoch: number
  readonly status: 'active' | 'ended'
  /** Seconds since the epoch. */
  readonly createdAt: number
  readonly expiresAt: number
  readonly userAgent: string
  readonly ip: string
  /** Where the person was, if it was known when they last proved who they are. */
  readonly place?: ShownPlace
  /** Where the tenant looks at risk: what was seen when they last did, and what it came to. */
  readonly risk?: SessionRisk
  /** The application whose request the person signed in for; absent for My Account. */
  readonly clientId?: ClientId
  /** The version of the tenant's adaptive script that let it into My Account, where there is one. */
  readonly letInBy?: string
}

export type SessionRisk = { readonly level: RiskLevel; readonly score: number; readonly signals: readonly SignalKind[] }

export function factorsOf({ factors, authTime }: Pick<Session, 'factors' | 'authTime'>): readonly ProvenFactor[] {
  return factors ?? [{ kind: 'password', at: authTime }]
}
