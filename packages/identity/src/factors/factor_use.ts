/** What a factor's file gives: how a code of it is checked and spent, and, where it must be sent first, how. */
import type { CertificateProblem } from '@gatehouse/core/certificate_policy.ts'
import type { Credential } from '@gatehouse/core/credential.ts'
import type { Proven } from '@gatehouse/core/factor.ts'
import type { ClientId, CredentialId, SessionId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export type SendOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** No more codes for this challenge. */
  | { readonly kind: 'enough' }

/** `used`: right, but somebody was faster. `expired`: there is no code that is good, or no try left for it. `pending`, `denied`: what the person decides elsewhere. */
export type CodeOutcome = 'right' | 'wrong' | 'used' | 'expired'
export type CheckOutcome = CodeOutcome | 'pending' | 'denied'

/** `wrong`, where it may be said what with: a fact of what the person holds. `said`: what others said of it, for the audit record. */
export type WrongOutcome = { readonly kind: 'wrong'; readonly because: CertificateProblem; readonly said?: string }

/** `right`, where more is to be said of it than its kind: what it proved, and by which of the person's credentials of this kind. */
export type RightOutcome = { readonly kind: 'right'; readonly proven: Proven; readonly credential: CredentialId }

export type Use<C extends Credential> = {
  readonly user: User
  readonly credential: C
  /** The id of the interaction: a code that was sent for another is not good here. */
  readonly boundTo: string
  /** The id of a browser that the person has used before: its tries and its messages are counted apart. */
  readonly knownBrowser?: string
  readonly clientId?: ClientId
  readonly locale?: string
  /** The session that the sign-in leads to, and the one of its browser. */
  readonly sessions?: readonly SessionId[]
}

export type FactorUse<C extends Credential> = {
  /** Checks and spends: `right` once. The caller has reserved the person's try. */
  check(ctx: TenantContext, use: Use<C>, text: string): Promise<CheckOutcome | RightOutcome | WrongOutcome>
  /** For what must be sent before it can be typed. */
  send?(ctx: TenantContext, use: Use<C>): Promise<SendOutcome>
  /** Whoever has the page knows nothing that could be tried: no try is counted. */
  readonly nothingToGuess?: true
  isSent?(ctx: TenantContext, use: Use<C>): Promise<boolean>
}
