/** Where an interaction stands: who the person is, what they decided, and therefore what comes next. Reads no more than the next step needs. */
import type { Application } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { Interaction, InteractionTarget } from '@gatehouse/core/interaction/interaction.ts'
import { type Facts, nextStep, type ProvenUser, type Step } from '@gatehouse/core/interaction/next_step.ts'
import type { User } from '@gatehouse/core/user.ts'
import { type BrowserSession, findBrowserSession } from '@gatehouse/identity/browser_session.ts'
import { type ConsentState, considerConsent } from '@gatehouse/identity/consent_step.ts'
import { nowSeconds } from '@gatehouse/identity/interaction.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { readSessionCookie } from '../cookies.ts'
import type { HouseContext } from '../house.ts'

export type Standing = {
  readonly interaction: Interaction
  readonly step: Step
  /** Of an authorization request. */
  readonly application: Application | undefined
  /** Whoever is signed in at this browser. */
  readonly current: BrowserSession | undefined
  /** Whom the answer is about. */
  readonly user: User | undefined
  readonly consent: ConsentState | undefined
  /** The proof came back in a cookie, which may come twice; else the password came with this very request. */
  readonly proofCameBack: boolean
}

/** `provenNow`: who gave the password in this very request, as they were read for it. */
export async function standingOf(c: HouseContext, interaction: Interaction, provenNow?: User): Promise<Standing> {
  const { here } = c.env
  const { target } = interaction
  const application = target.kind === 'authorization' ? await loadApplication(here, target.request.clientId) : undefined
  const current = await findBrowserSession(here, readSessionCookie(c))
  const proven = provenNow ?? (await findProven(here, interaction))
  const user = proven ?? current?.user
  const facts: Facts = {
    ...wishesOf(here, target),
    ...provenFact(interaction, proven, current),
    consent: 'unneeded',
    now: nowSeconds(here),
  }
  const step = nextStep(facts)
  const proofCameBack = provenNow === undefined && proven !== undefined
  const standing = { interaction, step, application, current, user, consent: undefined, proofCameBack }
  if (step.kind !== 'respond' || target.kind !== 'authorization' || application === undefined || user === undefined) return standing
  const consent = await considerConsent(here, application, target.request, user)
  return { ...standing, consent, step: nextStep({ ...facts, consent: consent.kind }) }
}

async function loadApplication(here: TenantContext, clientId: string): Promise<Application> {
  const application = await here.configuration.findApplication(clientId)
  if (!application?.active) throw new IamError('unauthorized_client', 'this application is switched off')
  return application
}

/** Who gave the password here, if they may still sign in: the cookie proves what was, the record says what is. */
async function findProven(here: TenantContext, { proof }: Interaction): Promise<User | undefined> {
  if (proof === undefined) return undefined
  const user = await here.stores.users.find(proof.userId)
  return user?.active && user.securityEpoch === proof.securityEpoch ? user : undefined
}

function provenFact(interaction: Interaction, proven: User | undefined, current: BrowserSession | undefined): { user?: ProvenUser } {
  if (proven && interaction.proof) return { user: { userId: proven.id, authTime: interaction.proof.authTime, here: true } }
  return current ? { user: { userId: current.user.id, authTime: current.session.authTime, here: false } } : {}
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
