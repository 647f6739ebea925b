/** Asks what an interaction needs next and leads there: to one of our pages, or back to whoever asked. */
import type { AuthorizationRequest } from '@gatehouse/core/authorization_request.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { type FactorKind, identifiedAt } from '@gatehouse/core/factor.ts'
import { type Choice, chooseAll, chooseKnown } from '@gatehouse/core/interaction/consent.ts'
import type { Interaction, InteractionTarget } from '@gatehouse/core/interaction/interaction.ts'
import type { InteractiveStep } from '@gatehouse/core/interaction/next_step.ts'
import type { User } from '@gatehouse/core/user.ts'
import { codeResponse, errorResponse } from '@gatehouse/identity/authorization_response.ts'
import type { ConsentState } from '@gatehouse/identity/consent_step.ts'
import { finishInteraction, grantOf } from '@gatehouse/identity/finish.ts'
import { beginInteraction, sessionIdOf } from '@gatehouse/identity/interaction.ts'
import { isKnownHere, openKnownBrowser, rememberUser } from '@gatehouse/identity/known_browser.ts'
import { rememberBrowser } from '@gatehouse/identity/remembered_browser.ts'
import { grantConsent } from '@gatehouse/privacy/consents.ts'
import { clearInteractionCookie, readKnownBrowserCookie, setKnownBrowserCookie, setSessionCookie } from '../cookies.ts'
import type { HouseContext } from '../house.ts'
import { letIn } from '../own_pages.ts'
import { keepInteraction } from './interaction_of.ts'
import { sendResponse } from './send_response.ts'
import { type Standing, standingOf } from './standing.ts'

/** What the consent page led to, when that is where the person comes from. */
export type Decision = { readonly kind: 'allow'; readonly choice: Choice } | { readonly kind: 'deny' }

const PAGES: Readonly<Record<InteractiveStep, string>> = {
  signup: '/signup',
  prompt: '/prompt',
  login: '/login',
  factor: '/mfa',
  enrolment: '/mfa/enrol',
  approval: '/login/approval',
  denied: '/login/denied',
  password: '/password',
  consent: '/consent',
}

/** For a request that has just come: an authorization request, or one of our own pages that needs somebody signed in. */
export function advance(c: HouseContext, target: InteractionTarget): Promise<Response> {
  return proceed(c, beginInteraction(c.env.here, target))
}

export async function proceed(c: HouseContext, interaction: Interaction, provenNow?: User): Promise<Response> {
  return follow(c, await standingOf(c, interaction, provenNow))
}

export async function follow(c: HouseContext, standing: Standing): Promise<Response> {
  const { interaction, step } = standing
  const { target } = interaction
  if (step.kind === 'respond') return respond(c, standing)
  if (step.kind === 'error') {
    const error = new IamError(step.code, step.description)
    if (target.kind === 'own') throw error
    return giveUp(c, standing, target.request, error)
  }
  await keepInteraction(c, interaction)
  return c.redirect(`${c.env.here.basePath}${PAGES[step.kind]}?interaction=${interaction.id}`, 303)
}

/** The interaction ends, and the application is told why. */
export function giveUp(
  c: HouseContext,
  { interaction, scripted }: Standing,
  request: AuthorizationRequest,
  error: IamError,
): Promise<Response> {
  clearInteractionCookie(c, interaction.id)
  return sendResponse(c, errorResponse(c.env.here, request, error, scripted?.errorUri))
}

/** Nothing is missing any more. The person is signed in also when they refuse the application: they proved who they are. */
export async function respond(c: HouseContext, standing: Standing, decision?: Decision): Promise<Response> {
  const { interaction, user, current, application, consent, proofCameBack, steps } = standing
  const { here } = c.env
  const { target } = interaction
  if (user === undefined) throw new IamError('unauthenticated', 'nobody is signed in')
  const known = await openKnownBrowser(here, readKnownBrowserCookie(c))
  if (steps?.approval && interaction.proof) {
    const { useApproval } = await import('@gatehouse/identity/sign_in_approval.ts')
    if (!(await useApproval(here, steps.approval))) throw new IamError('gone', 'this approval was used before; sign in again')
  }
  const finished = await finishInteraction(here, interaction, user, current, proofCameBack, !isKnownHere(known, user.id), steps?.seen)
  if (finished.cookie !== undefined) {
    setSessionCookie(c, finished.cookie)
    const remembered = interaction.proof?.remember && (await rememberBrowser(here, user, known, interaction.proof.remember))
    const person = {
      userId: user.id,
      latest: sessionIdOf(here, interaction.id),
      ...wayOf(interaction),
      ...(remembered ? { remembered } : {}),
    }
    const remembering = await rememberUser(here, known, person)
    setKnownBrowserCookie(c, remembering)
    if (steps?.seen) {
      const { rememberSighting } = await import('@gatehouse/identity/risk.ts')
      await rememberSighting(here, user, steps.seen, await openKnownBrowser(here, remembering))
    }
  }
  clearInteractionCookie(c, interaction.id)
  if (target.kind === 'own') {
    await letIn(here, finished.session)
    return c.redirect(`${here.basePath}${target.path}`, 303)
  }
  if (decision?.kind === 'deny')
    return sendResponse(c, errorResponse(here, target.request, new IamError('access_denied', 'the person did not agree')))
  // After the interaction was finished, which it can be once: an old form does not bring back a consent that was withdrawn.
  if (decision && application) await grantConsent(here, user.id, application, decision.choice, consent?.known)
  const choice = decision?.choice ?? standingChoice(consent)
  const acrValues = [...(standing.scripted?.selectedAcr ?? []), ...target.request.acrValues]
  return sendResponse(
    c,
    await codeResponse(here, target.request, grantOf(here, finished, user, choice, acrValues, standing.scripted?.saidClaims)),
  )
}

/** A step-up says nothing of how the person begins. */
function wayOf({ proof }: Interaction): { way?: FactorKind | undefined } {
  if (proof === undefined || identifiedAt(proof.factors) === undefined) return {}
  return { way: proof.factors.find(({ first, kind }) => first || kind === 'magic_link')?.kind }
}

function standingChoice(consent: ConsentState | undefined): Choice {
  if (consent?.kind === 'unneeded') return chooseAll(consent.offer)
  if (consent?.kind === 'known' && consent.known) return chooseKnown(consent.offer, consent.known)
  throw new IamError('consent_required', 'the person has to agree')
}
