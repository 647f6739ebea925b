/** What the steps of a sign-in still need of a person: gathers what `core/interaction/composition.ts` compares, and reads no more than the steps ask for. */
import type { Application } from '@gatehouse/core/application.ts'
import { type Credential, isUsable } from '@gatehouse/core/credential.ts'
import { type FactorKind, firstThings, type ProvenFactor, SECOND_FACTORS, thingOf } from '@gatehouse/core/factor.ts'
import { type Circumstances, type Composing, type Composition, compose, type Wanted } from '@gatehouse/core/interaction/composition.ts'
import type { InteractionTarget } from '@gatehouse/core/interaction/interaction.ts'
import type { SignInStep } from '@gatehouse/core/sign_in_policy.ts'
import { passkeyPolicyOf, signInPolicyOf } from '@gatehouse/core/tenant.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { KnownBrowser } from './known_browser.ts'
import { isRemembered } from './remembered_browser.ts'

export type SignInSoFar = {
  readonly user: User
  readonly proven: readonly ProvenFactor[]
  readonly target: InteractionTarget
  readonly application: Application | undefined
  /** Opened when it matters. */
  readonly knownBrowser: () => Promise<KnownBrowser | undefined>
  /** Instead of what the request and its application ask for: what an adaptive script does. */
  readonly wanted?: Wanted
}

export type SignInSteps = { readonly composition: Composition; readonly credentials: readonly Credential[] }

export async function considerSteps(ctx: TenantContext, so: SignInSoFar): Promise<SignInSteps> {
  const wanted = so.wanted ?? wantedBy(ctx, so.target, so.application)
  const kinds = so.user.factors ?? []
  // As if everything of these kinds could be asked for: whoever needs nothing then, needs nothing.
  const possibly: Composing = {
    ...wanted,
    proven: so.proven,
    enrolled: kinds.map((kind, index) => ({ id: `crd_${index}`, kind, createdAt: 0 })),
    circumstances: await circumstancesOf(ctx, wanted.steps, so),
  }
  const composition = compose(possibly)
  if (composition.kind !== 'prove') return { composition, credentials: [] }
  const credentials = usable(ctx, await ctx.stores.credentials.list(so.user.id), so.proven)
  const remembered = await isRemembered(ctx, await so.knownBrowser(), so.user, credentials)
  const circumstances = { ...possibly.circumstances, remembered }
  return { composition: compose({ ...possibly, enrolled: credentials, circumstances }), credentials }
}

/** What the request, its application and its tenant ask for. */
export function wantedBy(ctx: TenantContext, target: InteractionTarget, application: Application | undefined): Wanted {
  const { steps, levels } = signInPolicyOf(ctx.tenant)
  if (target.kind === 'own') return { steps, levels, acrValues: [], acrEssential: false, sure: target.maxAge !== undefined }
  const { acrValues, acrEssential = false } = target.request
  return { steps: application?.gatehouse_sign_in?.steps ?? steps, levels, acrValues, acrEssential, sure: false }
}

/** May a sign-in, to this application or to My Account, begin with this? */
export function acceptsFirst(ctx: TenantContext, application: Application | undefined, kind: FactorKind): boolean {
  const { steps } = application?.gatehouse_sign_in ?? signInPolicyOf(ctx.tenant)
  return steps[0]?.anyOf.includes(kind) ?? false
}

/** Of the kinds that a person has, those that the tenant takes. */
export function askedOf<K extends FactorKind>(ctx: TenantContext, kinds: readonly K[] = []): K[] {
  return kinds.filter((kind) => kind !== 'passkey' || passkeyPolicyOf(ctx.tenant).allowed)
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
  return credentials.filter((credential) => works(credential) && (hasFactor || credential.kind !== 'recovery_code'))
}

async function circumstancesOf(
  ctx: TenantContext,
  steps: readonly SignInStep[],
  { user, knownBrowser }: SignInSoFar,
): Promise<Circumstances> {
  const browser = steps.some(({ when }) => when?.browser !== undefined) ? await knownBrowser() : undefined
  return {
    roles: await rolesFor(ctx, user, steps),
    ip: ctx.actor.ip,
    browser: browser?.people.some(({ userId }) => userId === user.id) ? 'known' : 'new',
    remembered: false,
  }
}

/** Names of the roles that count for these steps. One that does not exist holds for everybody: a slip of the pen asks for too much rather than too little. */
export async function rolesFor(ctx: TenantContext, user: User, steps: readonly SignInStep[]): Promise<string[]> {
  const named = new Set(steps.flatMap(({ when }) => when?.roles ?? []))
  if (named.size === 0) return []
  const roles = (await ctx.configuration.listRoles()).filter(({ name }) => named.has(name))
  const held = roles.filter(({ id }) => user.roles.includes(id)).map(({ name }) => name)
  return [...held, ...[...named].filter((name) => !roles.some((role) => role.name === name))]
}
