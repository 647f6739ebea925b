/**
 * The one place that says what a sign-in needs next: OpenID Connect Core 1.0 section 3.1.2.3. Steps only add facts and come back
 * here, never to one another. A new step (second factor, missing profile data, terms) is a row.
 */
import type { Prompt } from '../authorization_request.ts'
import type { UserId } from '../ids.ts'

/** Who the person was found to be, and when they proved it. Times in seconds since the epoch. */
export type ProvenUser = {
  readonly userId: UserId
  readonly authTime: number /** In this very interaction, not by an older session. */
  readonly here: boolean
}

export type Facts = {
  readonly prompt: readonly Prompt[]
  readonly maxAge?: number
  /** Whom the application expects (`id_token_hint`). */
  readonly hintedUserId?: UserId
  readonly user?: ProvenUser
  /** `due`: the application asks for something that the person has not decided on; `given`: decided in this interaction. */
  readonly consent: 'unneeded' | 'known' | 'due' | 'given'
  readonly now: number
}

export type InteractiveStep = 'signup' | 'login' | 'consent'

export type Step =
  | { readonly kind: InteractiveStep }
  | { readonly kind: 'respond' }
  | { readonly kind: 'error'; readonly code: 'login_required' | 'consent_required' | 'interaction_required'; readonly description: string }

/** First due row wins. `silent`: the answer to `prompt=none` where the row is due. */
const STEPS: readonly { readonly step: InteractiveStep; readonly due: (facts: Facts) => boolean; readonly silent: Step }[] = [
  {
    step: 'signup',
    due: ({ prompt, user }) => prompt.includes('create') && !user?.here,
    silent: { kind: 'error', code: 'interaction_required', description: 'an account can only be created by the person' },
  },
  { step: 'login', due: needsLogin, silent: { kind: 'error', code: 'login_required', description: 'the person has to sign in' } },
  { step: 'consent', due: needsConsent, silent: { kind: 'error', code: 'consent_required', description: 'the person has to agree' } },
]

export function nextStep(facts: Facts): Step {
  // Section 3.1.2.1, id_token_hint: who signed in is not whom the application asked for, and asking again would not change it.
  if (facts.user?.here && isAnother(facts)) {
    return { kind: 'error', code: 'login_required', description: 'another person than the one of id_token_hint signed in' }
  }
  const row = STEPS.find(({ due }) => due(facts))
  if (row === undefined) return { kind: 'respond' }
  return facts.prompt.includes('none') ? row.silent : { kind: row.step }
}

function needsLogin(facts: Facts): boolean {
  const { user, prompt, maxAge, now } = facts
  if (user === undefined) return true
  if (user.here) return false
  if (prompt.includes('login') || prompt.includes('select_account') || isAnother(facts)) return true
  // max_age=0 is prompt=login, even within the second of the last proof.
  return maxAge !== undefined && (maxAge === 0 || now - user.authTime > maxAge)
}

function needsConsent({ consent, prompt }: Facts): boolean {
  return consent === 'due' || (prompt.includes('consent') && consent !== 'given' && consent !== 'unneeded')
}

function isAnother({ hintedUserId, user }: Facts): boolean {
  return hintedUserId !== undefined && user !== undefined && user.userId !== hintedUserId
}
