/**
 * The one place that says what a sign-in needs next: OpenID Connect Core 1.0 section 3.1.2.3. Steps only add facts and come back
 * here, never to one another. A new step (missing profile data, terms) is a row.
 */
import type { Prompt } from '../authorization_request.ts'
import type { ErrorCode } from '../error.ts'
import { SURE_SECONDS } from '../factor_change.ts'
import type { UserId } from '../ids.ts'
import type { Composition } from './composition.ts'

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
  /** What the steps of the sign-in still need of this person (`composition.ts`); `complete` where nobody is known yet. */
  readonly factors: Composition['kind']
  /** Why the person must set a new password before they go on. */
  readonly passwordChange?: PasswordChange | undefined
  /** `due`: the application asks for something that the person has not decided on; `given`: decided in this interaction. */
  readonly consent: 'unneeded' | 'known' | 'due' | 'given'
  readonly now: number
  /** An adaptive script shows something of its own: a form, or that it ended in an error. */
  readonly script?: 'prompt' | 'error'
  /** An adaptive script refuses. */
  readonly refusal?: { readonly code: ErrorCode; readonly description: string }
}

/** `near`: it need not be yet, and may be put off. */
export type PasswordChange = 'forced' | 'breached' | 'expired' | 'near'

export type InteractiveStep = 'signup' | 'prompt' | 'login' | 'factor' | 'enrolment' | 'approval' | 'denied' | 'password' | 'consent'

type ErrorStep = { readonly kind: 'error'; readonly code: ErrorCode; readonly description: string }
export type Step = { readonly kind: InteractiveStep } | { readonly kind: 'respond' } | ErrorStep

/** First due row wins. `silent`: the answer to `prompt=none` where the row is due; a row without a page answers so in any case. */
const STEPS: readonly {
  readonly step: InteractiveStep | undefined
  readonly due: (facts: Facts) => boolean
  readonly silent: ErrorStep
}[] = [
  {
    step: 'signup',
    due: ({ prompt, user }) => prompt.includes('create') && !user?.here,
    silent: { kind: 'error', code: 'interaction_required', description: 'an account can only be created by the person' },
  },
  {
    // Before the person is known: a script may ask first.
    step: 'prompt',
    due: ({ script }) => script === 'prompt',
    silent: { kind: 'error', code: 'interaction_required', description: 'the sign-in has a question to the person' },
  },
  {
    step: 'prompt',
    due: ({ script }) => script === 'error',
    silent: { kind: 'error', code: 'access_denied', description: 'the sign-in ended in an error' },
  },
  { step: 'login', due: needsLogin, silent: { kind: 'error', code: 'login_required', description: 'the person has to sign in' } },
  {
    step: 'factor',
    due: ({ factors }) => factors === 'prove',
    silent: { kind: 'error', code: 'login_required', description: 'the person has to prove a further factor' },
  },
  {
    step: 'enrolment',
    due: ({ factors }) => factors === 'enrol',
    silent: { kind: 'error', code: 'interaction_required', description: 'the person has to enrol a further factor' },
  },
  {
    step: 'approval',
    due: ({ factors }) => factors === 'approve',
    silent: { kind: 'error', code: 'interaction_required', description: 'somebody has to let this sign-in pass' },
  },
  {
    // What was seen is not told: whoever has the password only would learn what to change.
    step: 'denied',
    due: ({ factors }) => factors === 'denied',
    silent: { kind: 'error', code: 'access_denied', description: 'this sign-in was not let through' },
  },
  {
    step: undefined,
    due: ({ factors }) => factors === 'refused',
    silent: { kind: 'error', code: 'access_denied', description: 'the person lacks a factor that the sign-in policy asks for' },
  },
  {
    // OpenID Connect Core 1.0 section 5.5.1.1: an essential acr that is not reached is a failed sign-in.
    step: undefined,
    due: ({ factors }) => factors === 'unreachable',
    silent: { kind: 'error', code: 'unmet_authentication_requirements', description: 'none of the essential acr values can be reached' },
  },
  {
    step: 'password',
    // What can wait, waits where nothing may be shown.
    due: (facts) => needsPassword(facts) || (facts.passwordChange === 'near' && !facts.prompt.includes('none')),
    silent: { kind: 'error', code: 'interaction_required', description: 'the person has to set a new password' },
  },
  { step: 'consent', due: needsConsent, silent: { kind: 'error', code: 'consent_required', description: 'the person has to agree' } },
]

export function nextStep(facts: Facts): Step {
  // Section 3.1.2.1, id_token_hint: who signed in is not whom the application asked for, and asking again would not change it.
  if (facts.user?.here && isAnother(facts)) {
    return { kind: 'error', code: 'login_required', description: 'another person than the one of id_token_hint signed in' }
  }
  if (facts.refusal !== undefined) return { kind: 'error', ...facts.refusal }
  const row = STEPS.find(({ due }) => due(facts))
  if (row === undefined) return { kind: 'respond' }
  return row.step === undefined || facts.prompt.includes('none') ? row.silent : { kind: row.step }
}

function needsLogin(facts: Facts): boolean {
  const { user, prompt, maxAge, now } = facts
  if (user === undefined || facts.factors === 'identify') return true
  if (user.here) return false
  // Whoever finds a browser signed in must not add a factor, or set a password, of their own.
  if ((facts.factors === 'enrol' || needsPassword(facts)) && now - user.authTime > SURE_SECONDS) return true
  if (prompt.includes('login') || prompt.includes('select_account') || isAnother(facts)) return true
  // max_age=0 is prompt=login, even within the second of the last proof.
  return maxAge !== undefined && (maxAge === 0 || now - user.authTime > maxAge)
}

function needsPassword({ passwordChange }: Facts): boolean {
  return passwordChange !== undefined && passwordChange !== 'near'
}

function needsConsent({ consent, prompt }: Facts): boolean {
  return consent === 'due' || (prompt.includes('consent') && consent !== 'given' && consent !== 'unneeded')
}

function isAnother({ hintedUserId, user }: Facts): boolean {
  return hintedUserId !== undefined && user !== undefined && user.userId !== hintedUserId
}
