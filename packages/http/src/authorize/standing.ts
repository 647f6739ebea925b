/** Where an interaction stands: who the person is, what they decided, and therefore what comes next. Reads no more than the next step needs. */
import { scriptFor } from '@gatehouse/core/adaptive_script.ts'
import type { Application } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { addFactor, identifiedAt } from '@gatehouse/core/factor.ts'
import { INTERACTION_SECONDS, type Interaction, type InteractionTarget } from '@gatehouse/core/interaction/interaction.ts'
import { type Facts, nextStep, type Step } from '@gatehouse/core/interaction/next_step.ts'
import { factorsOf } from '@gatehouse/core/session.ts'
import { signInPolicyOf } from '@gatehouse/core/tenant.ts'
import type { User } from '@gatehouse/core/user.ts'
import { type BrowserSession, findBrowserSession } from '@gatehouse/identity/browser_session.ts'
import { type ConsentState, considerConsent } from '@gatehouse/identity/consent_step.ts'
import { nowSeconds } from '@gatehouse/identity/interaction.ts'
import { openKnownBrowser } from '@gatehouse/identity/known_browser.ts'
import { passwordChangeOf } from '@gatehouse/identity/password_due.ts'
import { considerSteps, type RiskSoFar, type SignInSteps } from '@gatehouse/identity/sign_in_steps.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { readApprovalCookie, readKnownBrowserCookie, readSessionCookie } from '../cookies.ts'
import type { HouseContext } from '../house.ts'
import type { Known, Scripted, ScriptInput } from './scripted.ts'

export type Standing = {
  readonly interaction: Interaction
  readonly step: Step
  /** Of an authorization request. */
  readonly application: Application | undefined
  /** Whoever is signed in at this browser. */
  readonly current: BrowserSession | undefined
  /** Whom the answer is about. */
  readonly user: User | undefined
  /** What the sign-in's steps need of that person. */
  readonly steps: SignInSteps | undefined
  readonly consent: ConsentState | undefined
  /** What was proven came back in a cookie, which may come twice; else the password came with this very request. */
  readonly proofCameBack: boolean
  /** Where the adaptive script stands, if the sign-in follows one. */
  readonly scripted?: Scripted
}

/** `provenNow`: who gave the password in this very request, as they were read for it. `input`: what this request brings to the adaptive script. */
export async function standingOf(c: HouseContext, interaction: Interaction, provenNow?: User, input?: ScriptInput): Promise<Standing> {
  const { here } = c.env
  const { target } = interaction
  const application = target.kind === 'authorization' ? await loadApplication(here, target.request.clientId) : undefined
  const current = await findBrowserSession(here, readSessionCookie(c))
  const known = await findKnown(here, interaction, current, provenNow)
  const user = known?.user
  const knownBrowser = () => openKnownBrowser(here, readKnownBrowserCookie(c))
  const risk: RiskSoFar = {
    session: known?.here ? undefined : current?.session,
    // What was proven in this interaction only.
    since: interaction.expiresAt - INTERACTION_SECONDS,
    checked: known?.here ? interaction.proof?.checked : undefined,
    provenNow: provenNow !== undefined,
    async isApproved(seen) {
      const { findApproval } = await import('@gatehouse/identity/sign_in_approval.ts')
      const approval = user && (await findApproval(here, readApprovalCookie(c), user, seen))
      return approval?.state === 'approved' ? approval : undefined
    },
  }
  const asked: Facts = {
    ...wishesOf(here, target),
    ...(known ? { user: { userId: known.user.id, authTime: known.authTime, here: known.here } } : {}),
    factors: 'complete',
    passwordChange: known && (await passwordChangeOf(here, known.user, known.factors, interaction.proof)),
    consent: 'unneeded',
    now: nowSeconds(here),
  }
  const script = scriptFor(signInPolicyOf(here.tenant), application)
  const scripted =
    script === undefined
      ? undefined
      : await (await import('./scripted.ts')).followScriptOf(c, {
          script,
          asked,
          interaction,
          application,
          known,
          current,
          knownBrowser,
          risk,
          input,
        })
  const steps = scripted
    ? scripted.steps
    : known && (await considerSteps(here, { user: known.user, proven: known.factors, target, application, knownBrowser, risk }))
  const facts: Facts = { ...asked, ...scripted?.facts, factors: steps?.composition.kind ?? 'complete' }
  const step = nextStep(facts)
  const standing = {
    ...{ interaction, step, application, current, user, steps, consent: undefined, proofCameBack: provenNow === undefined },
    ...(scripted ? { scripted } : {}),
  }
  if (step.kind !== 'respond' || target.kind !== 'authorization' || application === undefined || user === undefined) return standing
  const consent = await considerConsent(here, application, target.request, user, scripted?.saidClaims)
  return { ...standing, consent, step: nextStep({ ...facts, consent: consent.kind }) }
}

/** A step was tried in vain. Undefined where no script hears of it. */
export async function scriptAfterFailure(c: HouseContext, interaction: Interaction, userName: string): Promise<Standing | undefined> {
  const { here } = c.env
  const { target } = interaction
  const application = target.kind === 'authorization' ? await here.configuration.findApplication(target.request.clientId) : undefined
  const script = scriptFor(signInPolicyOf(here.tenant), application)
  if (script === undefined || !/onFail|require/.test(script)) return undefined
  return standingOf(c, interaction, undefined, { kind: 'failed', userName })
}

async function loadApplication(here: TenantContext, clientId: string): Promise<Application> {
  const application = await here.configuration.findApplication(clientId)
  if (!application?.active) throw new IamError('unauthorized_client', 'this application is switched off')
  return application
}

/**
 * Who identified themselves here, if they may still sign in: the cookie proves what was, the record says what is. Else whoever is signed in at this browser,
 * with what the same person added here.
 */
async function findKnown(
  here: TenantContext,
  { proof }: Interaction,
  current: BrowserSession | undefined,
  provenNow: User | undefined,
): Promise<Known | undefined> {
  const authTime = proof && identifiedAt(proof.factors)
  if (proof && authTime !== undefined) {
    const user = provenNow ?? (await here.stores.users.find(proof.userId))
    if (user?.active && user.securityEpoch === proof.securityEpoch) return { user, authTime, here: true, factors: proof.factors }
  }
  if (current === undefined) return undefined
  const { user, session } = current
  const added = proof?.userId === user.id && proof.securityEpoch === user.securityEpoch && authTime === undefined ? proof.factors : []
  return { user, authTime: session.authTime, here: false, factors: added.reduce(addFactor, [...factorsOf(session)]) }
}

/** Where people do not create accounts themselves, `prompt=create` is a sign-in like any other (Initiating User Registration 1.0 section 4). */
function wishesOf(here: TenantContext, target: InteractionTarget): Pick<Facts, 'prompt' | 'maxAge' | 'hintedUserId'> {
  if (target.kind === 'own') return { prompt: [], ...(target.maxAge === undefined ? {} : { maxAge: target.maxAge }) }
  const { prompt, maxAge, hintedUserId } = target.request
  return {
    prompt: here.tenant.policies.selfRegistration ? prompt : prompt.filter((one) => one !== 'create'),
    ...(maxAge === undefined ? {} : { maxAge }),
    ...(hintedUserId === undefined ? {} : { hintedUserId }),
  }
}
