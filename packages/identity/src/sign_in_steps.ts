/** What the steps of a sign-in still need of a person: gathers what `core/interaction/composition.ts` compares, and reads no more than the steps ask for. */
import type { Application } from '@gatehouse/core/application.ts'
import { type Credential, isUsable } from '@gatehouse/core/credential.ts'
import { type FactorKind, firstThings, type ProvenFactor, SECOND_FACTORS, thingOf } from '@gatehouse/core/factor.ts'
import { type Circumstances, type Composing, type Composition, compose, type Wanted } from '@gatehouse/core/interaction/composition.ts'
import type { Interaction, InteractionTarget, PasswordFacts } from '@gatehouse/core/interaction/interaction.ts'
import type { JudgedRisk } from '@gatehouse/core/interaction/risk_needs.ts'
import { networkOf } from '@gatehouse/core/network_delay.ts'
import type { Place } from '@gatehouse/core/place.ts'
import type { RiskPolicy, RiskyOutcome } from '@gatehouse/core/risk/risk_policy.ts'
import type { Session } from '@gatehouse/core/session.ts'
import type { SignInStep, StepCondition } from '@gatehouse/core/sign_in_policy.ts'
import { passkeyPolicyOf, signInPolicyOf } from '@gatehouse/core/tenant.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { KnownBrowser } from './known_browser.ts'
import { passkeyHost } from './passkeys/host.ts'
import { placeOf } from './place.ts'
import { rememberedKinds } from './remembered_browser.ts'
import type { Seen } from './risk.ts'
import type { SignInApproval } from './sign_in_approval.ts'

export type SignInSoFar = {
  readonly user: User
  readonly proven: readonly ProvenFactor[]
  readonly target: InteractionTarget
  readonly application: Application | undefined
  /** Opened when it matters. */
  readonly knownBrowser: () => Promise<KnownBrowser | undefined>
  /** Instead of what the request and its application ask for: what an adaptive script does. */
  readonly wanted?: Wanted
  /** What risk asks besides. */
  readonly risk: RiskSoFar
}

export type RiskSoFar = {
  /** The session that is looked at, where nobody says who they are in this sign-in. */
  readonly session: Session | undefined
  /** Further factors of before (seconds since the epoch) say nothing of this sign-in. */
  readonly since: number
  readonly checked: PasswordFacts | undefined
  /** The person has said who they are in this very request. */
  readonly provenNow: boolean
  /** Has somebody of the house let it pass? Asked where it matters. */
  readonly isApproved: (seen: Seen) => Promise<SignInApproval | undefined>
}

/** `seen`: of whoever says who they are here, where the tenant looks at risk. */
export type SignInSteps = {
  readonly composition: Composition
  readonly credentials: readonly Credential[]
  readonly seen: Seen | undefined
  /** By which the sign-in passes: to be used up with it. */
  readonly approval: SignInApproval | undefined
}

export async function considerSteps(ctx: TenantContext, so: SignInSoFar): Promise<SignInSteps> {
  const wanted = so.wanted ?? wantedBy(ctx, so.target, so.application)
  const kinds = so.user.factors ?? []
  const { circumstances, seen, approval } = await circumstancesOf(ctx, wanted.steps, so)
  // As if everything of these kinds could be asked for: whoever needs nothing then, needs nothing.
  const possibly: Composing = {
    ...wanted,
    proven: so.proven,
    enrolled: kinds.map((kind, index) => ({ id: `crd_${index}`, kind, createdAt: 0 })),
    circumstances,
  }
  const composition = compose(possibly)
  if (composition.kind !== 'prove') {
    await tellOnce(ctx, so, seen, composition)
    return { composition, credentials: [], seen, approval }
  }
  const credentials = usable(ctx, await ctx.stores.credentials.list(so.user.id), so.proven)
  const remembered = await rememberedKinds(ctx, await so.knownBrowser(), so.user, credentials)
  const composed = compose({ ...possibly, enrolled: credentials, circumstances: { ...circumstances, remembered } })
  await tellOnce(ctx, so, seen, composed)
  return { composition: composed, credentials, seen, approval }
}

/** What the request, its application and its tenant ask for. */
export function wantedBy(ctx: TenantContext, target: InteractionTarget, application: Application | undefined): Wanted {
  const { steps, levels } = signInPolicyOf(ctx.tenant)
  if (target.kind === 'own') return { steps, levels, acrValues: [], acrEssential: false, sure: target.maxAge !== undefined }
  const { acrValues, acrEssential = false } = target.request
  return { steps: application?.gatehouse_sign_in?.steps ?? steps, levels, acrValues, acrEssential, sure: false }
}

/** May a sign-in, to this application or to My Account, begin with this? `narrowed`: what a script has left of it. */
export function acceptsFirst(
  ctx: TenantContext,
  application: Application | undefined,
  kind: FactorKind,
  narrowed?: readonly FactorKind[],
): boolean {
  if (narrowed) return narrowed.includes(kind)
  const { steps } = application?.gatehouse_sign_in ?? signInPolicyOf(ctx.tenant)
  return steps[0]?.anyOf.includes(kind) ?? false
}

/** Of the kinds that a person has, those that the tenant takes. */
export function askedOf<K extends FactorKind>(ctx: TenantContext, kinds: readonly K[] = []): K[] {
  const { certificates } = ctx.tenant.policies
  return kinds.filter((kind) => (kind === 'passkey' ? passkeyPolicyOf(ctx.tenant).allowed : kind !== 'x509' || certificates !== undefined))
}

/** What can be set up in the midst of a sign-in at this address. */
export function enrollableHere(ctx: TenantContext): readonly FactorKind[] {
  const may = { passkey: passkeyHost(ctx) !== undefined, x509: takesCertificates(ctx) }
  return SECOND_FACTORS.filter((kind) => (kind === 'passkey' || kind === 'x509' ? may[kind] : true))
}

/** Client certificates are taken here, and there is a host to show them at. */
export function takesCertificates({ tenant, certificateOrigin }: Pick<TenantContext, 'tenant' | 'certificateOrigin'>): boolean {
  return tenant.policies.certificates !== undefined && certificateOrigin !== undefined
}

/** Of what a policy names, that which a page may offer to whoever has shown nothing yet. */
export function offeredOf(ctx: TenantContext, kinds: readonly FactorKind[]): readonly FactorKind[] {
  return kinds.includes('x509') && !takesCertificates(ctx) ? kinds.filter((kind) => kind !== 'x509') : kinds
}

export type FirstStep = {
  /** What the sign-in page offers to whoever has proven nothing yet. */
  readonly kinds: readonly FactorKind[]
  /** What it takes: also what only a level that was asked for begins with. */
  readonly accepted: readonly FactorKind[]
  /** The name is asked for before anything else. */
  readonly nameFirst: boolean
}

/** Of the policy, the request and the script alone: whoever is named, it is the same. */
export function firstStepOf(
  ctx: TenantContext,
  { target, narrowed }: Pick<Interaction, 'target' | 'narrowed'>,
  application: Application | undefined,
): FirstStep {
  const policy = signInPolicyOf(ctx.tenant)
  const { steps, identifierFirst = false } = (target.kind === 'authorization' && application?.gatehouse_sign_in) || policy
  if (narrowed) {
    const taken = offeredOf(ctx, narrowed)
    return { kinds: taken, accepted: taken, nameFirst: identifierFirst || !taken.includes('password') }
  }
  const kinds = steps[0]?.anyOf ?? []
  const { acrValues, acrEssential = false } = target.kind === 'authorization' ? target.request : { acrValues: [] }
  const asked = acrValues.flatMap((acr) => policy.levels.find((level) => level.acr === acr)?.steps.slice(0, 1) ?? [])
  const both = acrEssential ? kinds.filter((kind) => asked[0]?.includes(kind)) : []
  return {
    kinds: offeredOf(ctx, both.length > 0 ? both : kinds),
    accepted: offeredOf(ctx, [...new Set([...kinds, ...asked.flat()])]),
    nameFirst: identifierFirst || !kinds.includes('password'),
  }
}

/** Recovery codes stand in for a factor that somebody has beside what said who they are, and are none by themselves. */
export function usable(ctx: TenantContext, credentials: readonly Credential[], proven: readonly ProvenFactor[] = []): Credential[] {
  // One that works at another host only is asked for all the same: the password alone is not enough here either.
  const asked = askedOf(
    ctx,
    credentials.map(({ kind }) => kind),
  )
  const works = (credential: Credential) => isUsable(credential) && asked.includes(credential.kind)
  const first = firstThings(proven)
  const hasFactor = credentials.some(({ kind }) => SECOND_FACTORS.includes(kind) && !first.has(thingOf(kind)))
  return credentials.filter(
    (credential) => works(credential) && (hasFactor || (credential.kind !== 'recovery_code' && credential.kind !== 'push')),
  )
}

async function circumstancesOf(
  ctx: TenantContext,
  steps: readonly SignInStep[],
  so: SignInSoFar,
): Promise<{ readonly circumstances: Circumstances } & Pick<SignInSteps, 'seen' | 'approval'>> {
  const { user, knownBrowser } = so
  const { risk } = ctx.tenant.policies
  const asks = (...names: readonly (keyof StepCondition)[]) => steps.some(({ when }) => names.some((name) => when?.[name] !== undefined))
  const looksAtRisk = risk !== undefined && !(so.risk.session && isWhereItWas(ctx, so.risk.session))
  const browser = looksAtRisk || asks('browser') ? await knownBrowser() : undefined
  const place = looksAtRisk || asks('countries', 'outsideCountries') ? await placeOf(ctx) : undefined
  const judging = looksAtRisk ? (judged.get(so.risk) ?? judgeHere(ctx, risk, so, place, browser)) : undefined
  if (judging) judged.set(so.risk, judging)
  const seen = await judging
  const here = risk && seen ? await judgedHere(risk, so, seen) : undefined
  const circumstances: Circumstances = {
    roles: await rolesFor(ctx, user, steps),
    ip: ctx.actor.ip,
    browser: browser?.people.some(({ userId }) => userId === user.id) ? 'known' : 'new',
    remembered: [],
    country: place?.country,
    now: ctx.clock.now(),
    risk: risk && (here?.judged ?? UNMOVED),
    enrollable: enrollableHere(ctx),
  }
  return { circumstances, seen, approval: here?.approval }
}

/** A session in the network that it was proven in. */
const UNMOVED: JudgedRisk = { level: 'low', action: 'allow', withoutFactor: 'allow', here: false, since: 0, approved: false }

/** Once in a request, however often its steps are considered. */
const judged = new WeakMap<RiskSoFar, Promise<Seen>>()

/** Loaded where a tenant looks at risk: the plain sign-in starts without it. */
async function judgeHere(
  ctx: TenantContext,
  policy: RiskPolicy,
  { user, risk: { checked, provenNow } }: SignInSoFar,
  place: Place | undefined,
  knownBrowser: KnownBrowser | undefined,
): Promise<Seen> {
  const { judge } = await import('./risk.ts')
  return judge(ctx, policy, { user, place, knownBrowser, checked, provenNow })
}

const told = new WeakSet<RiskSoFar>()

/** Each time that somebody says who they are, once, however often their steps are considered. */
async function tellOnce(ctx: TenantContext, so: SignInSoFar, seen: Seen | undefined, { kind }: Composition): Promise<void> {
  if (!so.risk.provenNow || seen === undefined || seen.risk.level === 'low' || told.has(so.risk)) return
  told.add(so.risk)
  const { tellRisky } = await import('./risk.ts')
  await tellRisky(ctx, so.user, seen, { clientId: so.application?.client_id, outcome: OUTCOMES[kind] })
}

/** What became of a risky sign-in, as far as it was known when the person said who they are. */
const OUTCOMES: Readonly<Record<Composition['kind'], RiskyOutcome>> = {
  complete: 'let_through',
  identify: 'asked_for_more',
  prove: 'asked_for_more',
  enrol: 'asked_for_more',
  approve: 'waits_for_approval',
  denied: 'denied',
  refused: 'denied',
  unreachable: 'denied',
}

async function judgedHere(
  { withoutFactor }: RiskPolicy,
  { risk }: SignInSoFar,
  seen: Seen,
): Promise<{ readonly approval: SignInApproval | undefined; readonly judged: JudgedRisk }> {
  const { level, action } = seen.risk
  const mayWait = action === 'approval' || (action === 'step_up' && withoutFactor === 'approval')
  const approval = mayWait ? await risk.isApproved(seen) : undefined
  return {
    approval,
    judged: { level, action, withoutFactor, here: risk.session === undefined, since: risk.since, approved: approval !== undefined },
  }
}

function isWhereItWas({ actor }: Pick<TenantContext, 'actor'>, session: Pick<Session, 'ip'>): boolean {
  return networkOf(session.ip) === networkOf(actor.ip)
}

/** Names of the roles that count for these steps. One that does not exist holds for everybody: a slip of the pen asks for too much rather than too little. */
export async function rolesFor(ctx: TenantContext, user: User, steps: readonly SignInStep[]): Promise<string[]> {
  const named = new Set(steps.flatMap(({ when }) => when?.roles ?? []))
  if (named.size === 0) return []
  const roles = (await ctx.configuration.listRoles()).filter(({ name }) => named.has(name))
  const held = roles.filter(({ id }) => user.roles.includes(id)).map(({ name }) => name)
  return [...held, ...[...named].filter((name) => !roles.some((role) => role.name === name))]
}
