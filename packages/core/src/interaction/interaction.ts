/** One request to sign in on its way: what is asked, and what was proven and allowed so far. It remembers successes only; what failed or was spent is stored elsewhere. */
import type { AuthorizationRequest } from '../authorization_request.ts'
import type { FactorKind, ProvenFactor } from '../factor.ts'
import type { CredentialId, InteractionId, UserId } from '../ids.ts'

export const INTERACTION_SECONDS = 600

/** Where the person goes at the end: back to the application that asked, or to a page of our own. */
export type InteractionTarget =
  | { readonly kind: 'authorization'; readonly request: AuthorizationRequest }
  /** `path` is below the issuer. `maxAge` in seconds: how fresh the proof must be. */
  | { readonly kind: 'own'; readonly path: string; readonly maxAge?: number }

/** What the person proved in this interaction, each after it was checked and spent. Without a factor that identifies it only adds to their session at this browser. */
export type Proof = {
  readonly userId: UserId
  readonly securityEpoch: number
  readonly factors: readonly ProvenFactor[]
  /** The person asks to be remembered in this browser, for what they proved with these credentials. */
  readonly remember?: readonly CredentialId[]
  /** The password grows old soon, and the person changes it another time. */
  readonly keepsPassword?: true
  /** What was seen of the password, where the tenant looks at risk. */
  readonly checked?: PasswordFacts
}

export type PasswordFacts = { readonly failedTries: number; readonly breached: boolean }

export type Interaction = {
  readonly id: InteractionId
  readonly issuer: string
  readonly target: InteractionTarget
  /** Seconds since the epoch. */
  readonly expiresAt: number
  /** The user name that was given on a page that asks for it first; nobody has looked whether somebody has it. */
  readonly named?: string
  readonly proof?: Proof
  /** What the sign-in page offers and takes, where an adaptive script has narrowed its first step. What was proven is judged at the end, whatever stands here. */
  readonly narrowed?: readonly FactorKind[]
}

/** Our own pages that one may be sent to after signing in. Everything else would be an open redirect. */
const OWN_PATH = /^\/(?:account|approvals)(?:\/[A-Za-z0-9._~%-]+)*\/?(?:\?[A-Za-z0-9._~%=&-]*)?$/

export const MY_ACCOUNT = '/account'

/** The path when it is one of our own pages, else My Account. */
export function ownPath(path: string | undefined): string {
  if (path === undefined || !OWN_PATH.test(path)) return MY_ACCOUNT
  return path.split(/[/?]/).some((part) => /^(?:\.|%2e)+$/i.test(part)) ? MY_ACCOUNT : path
}

export function isOpen(interaction: Interaction, nowSeconds: number): boolean {
  return interaction.expiresAt > nowSeconds
}
