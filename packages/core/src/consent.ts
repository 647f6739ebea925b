/** What a person allowed an application: scopes and attributes, for a purpose, since when. */
import type { ClientId, UserId } from './ids.ts'

export type Consent = {
  readonly userId: UserId
  readonly clientId: ClientId
  readonly clientName: string
  readonly scopes: readonly string[]
  /** Claim names allowed. */
  readonly claims: readonly string[]
  /** Claim names that were offered and not allowed: they are not asked for again until the application asks for something new. */
  readonly declined: readonly string[]
  readonly purpose?: string
  /** Seconds since the epoch. */
  readonly grantedAt: number
  readonly updatedAt: number
  readonly version: number
}
