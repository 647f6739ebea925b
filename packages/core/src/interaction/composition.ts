/**
 * What a sign-in still needs of a person, by comparing steps with what was proven. It knows no factor by name, and it is the place where whatever decides
 * (a condition, a level that was asked for) becomes a step.
 */
import { FACTORS, type FactorKind, type ProvenFactor } from '../factor.ts'
import type { CredentialId } from '../ids.ts'
import { isInNetwork } from '../network.ts'
import type { AcrLevel, SignInStep, StepCondition } from '../sign_in_policy.ts'

/** Something that the person could prove now. */
export type EnrolledFactor = {
  readonly id: CredentialId
  readonly kind: FactorKind
  readonly createdAt: number
  readonly lastUsedAt?: number
}

/** What conditions may ask. */
export type Circumstances = {
  /** Names. */
  readonly roles: readonly string[]
  readonly ip: string | undefined
  readonly browser: 'new' | 'known'
  /** The person asked to be remembered in this browser, and still is. */
  readonly remembered: boolean
}

export type Wanted = {
  readonly steps: readonly SignInStep[]
  readonly levels: readonly AcrLevel[]
  /** `acr_values`, in the order of preference. */
  readonly acrValues: readonly string[]
  /** One of them must be reached: an essential `acr`. */
  readonly acrEssential: boolean
  /** My Account asks to be sure: a second factor of those who have one, whatever the policy says and the browser is remembered for. */
  readonly sure: boolean
}

export type Composing = Wanted & {
  readonly proven: readonly ProvenFactor[]
  readonly enrolled: readonly EnrolledFactor[]
  readonly circumstances: Circumstances
}

export type Composition =
  | { readonly kind: 'complete' }
  /** By the sign-in page: what was proven does not say who it is in a way that is accepted here. */
  | { readonly kind: 'identify' }
  /** Last used first. */
  | { readonly kind: 'prove'; readonly choices: readonly EnrolledFactor[]; readonly rememberable: boolean }
  | { readonly kind: 'enrol'; readonly kinds: readonly FactorKind[] }
  /** `unreachable`: the level that must be reached. */
  | { readonly kind: 'refused' | 'unreachable' }

/** One step of the way, and why it is as it is. */
export type WayStep = {
  readonly anyOf: readonly FactorKind[]
  readonly from: 'policy' | 'acr' | 'my_account'
  readonly outcome: 'proven' | 'remembered' | 'not_due' | 'skipped' | Missing
  /** The condition that does not hold, where `not_due`. */
  readonly because?: keyof StepCondition
}

type Missing = 'identify' | 'prove' | 'enrol' | 'refused'
type From = WayStep['from']

/** What the first step that is missing needs. */
const NEEDS: Readonly<Record<Missing, (composing: Composing, step: SignInStep, from: From) => Composition>> = {
  identify: () => ({ kind: 'identify' }),
  prove: ({ enrolled }, step, from) => ({
    kind: 'prove',
    choices: choicesOf(step, enrolled),
    rememberable: from === 'policy' && step.rememberable,
  }),
  enrol: (_, { anyOf }) => ({ kind: 'enrol', kinds: anyOf.filter((kind) => FACTORS[kind].enrolledOnTheWay) }),
  refused: (_, __, from) => ({ kind: from === 'acr' ? 'unreachable' : 'refused' }),
}

export function compose(composing: Composing): Composition {
  for (const { step, way } of walk(composing)) if (isMissing(way.outcome)) return NEEDS[way.outcome](composing, step, way.from)
  return { kind: 'complete' }
}

/** The whole way, for a dry run. */
export function wayOf(composing: Composing): WayStep[] {
  return walk(composing).map(({ way }) => way)
}

/** The strongest level that was reached; of the levels asked for, the first in their order, if any was. */
export function reachedLevel(
  levels: readonly AcrLevel[],
  proven: readonly ProvenFactor[],
  asked: readonly string[] = [],
): string | undefined {
  const reached = levels.filter(({ steps }) => isEachProven(steps, proven)).map(({ acr }) => acr)
  return asked.find((acr) => reached.includes(acr)) ?? reached.at(-1)
}

function walk(composing: Composing): { readonly step: SignInStep; readonly way: WayStep }[] {
  return [
    ...walkSteps(composing, composing.steps, 'policy'),
    ...walkSteps(composing, askedSteps(composing), 'acr'),
    ...walkSteps(composing, composing.sure ? [SURE] : [], 'my_account'),
  ]
}

function walkSteps(composing: Composing, steps: readonly SignInStep[], from: From) {
  const matched = matchSteps(
    steps.map(({ anyOf }) => anyOf),
    composing.proven,
  )
  return steps.map((step, index) => {
    const because = findUnmet(step.when, composing.circumstances)
    const outcome = because !== undefined ? 'not_due' : matched[index] ? 'proven' : outcomeOf(step, from, composing)
    return { step, way: { anyOf: step.anyOf, from, outcome, ...(because === undefined ? {} : { because }) } satisfies WayStep }
  })
}

function outcomeOf(step: SignInStep, from: From, { enrolled, circumstances }: Composing): WayStep['outcome'] {
  if (from === 'policy' && step.rememberable && circumstances.remembered) return 'remembered'
  if (step.anyOf.length > 0 && step.anyOf.every((kind) => FACTORS[kind].identifies)) return 'identify'
  if (choicesOf(step, enrolled).length > 0) return 'prove'
  return NOT_ENROLLED[step.ifNotEnrolled]
}

function isMissing(outcome: WayStep['outcome']): outcome is Missing {
  return Object.hasOwn(NEEDS, outcome)
}

const NOT_ENROLLED = { enrol: 'enrol', skip: 'skipped', refuse: 'refused' } as const

const SURE: SignInStep = {
  anyOf: (Object.keys(FACTORS) as FactorKind[]).filter((kind) => !FACTORS[kind].identifies),
  ifNotEnrolled: 'skip',
  rememberable: false,
}

/**
 * The steps of the level that is aimed at: the first in the order of preference that was reached, or can be with what the person has; where one is
 * essential, also one that can be reached by enrolling.
 */
function askedSteps({ acrValues, acrEssential, levels, proven, enrolled }: Composing): readonly SignInStep[] {
  const asked = acrValues.flatMap((acr) => levels.find((level) => level.acr === acr) ?? [])
  const steps = asked.map((level) => level.steps.map((anyOf): SignInStep => ({ anyOf, ifNotEnrolled: 'skip', rememberable: false })))
  const has = (anyOf: readonly FactorKind[]) => enrolled.some(({ kind }) => anyOf.includes(kind))
  const reachable = steps.find((level) => {
    const matched = matchSteps(
      level.map(({ anyOf }) => anyOf),
      proven,
    )
    return level.every(({ anyOf }, index) => matched[index] || has(anyOf))
  })
  if (reachable !== undefined || !acrEssential) return reachable ?? []
  const byEnrolling = steps.find((level) =>
    level.slice(1).every(({ anyOf }) => has(anyOf) || anyOf.some((kind) => FACTORS[kind].enrolledOnTheWay)),
  )
  const must = (level: readonly SignInStep[], ifNotEnrolled: 'enrol' | 'refuse') => level.map((step) => ({ ...step, ifNotEnrolled }))
  if (byEnrolling !== undefined) return must(byEnrolling, 'enrol')
  return must(steps[0] ?? [UNREACHABLE], 'refuse')
}

/** None of the essential levels is one of the tenant's. */
const UNREACHABLE: SignInStep = { anyOf: [], ifNotEnrolled: 'refuse', rememberable: false }

function choicesOf({ anyOf }: Pick<SignInStep, 'anyOf'>, enrolled: readonly EnrolledFactor[]): EnrolledFactor[] {
  const rank = (one: EnrolledFactor) => one.lastUsedAt ?? 0
  return enrolled
    .filter(({ kind }) => anyOf.includes(kind))
    .sort((a, b) => rank(b) - rank(a) || anyOf.indexOf(a.kind) - anyOf.indexOf(b.kind) || b.createdAt - a.createdAt)
}

function isEachProven(steps: readonly (readonly FactorKind[])[], proven: readonly ProvenFactor[]): boolean {
  return matchSteps(steps, proven).every(Boolean)
}

/** Which steps have a proven factor of their own: each factor counts for one step, as many steps as possible from the first on. */
function matchSteps(steps: readonly (readonly FactorKind[])[], proven: readonly ProvenFactor[]): boolean[] {
  const holder = new Map<FactorKind, number>()
  const place = (step: number, tried: Set<FactorKind>): boolean => {
    for (const kind of steps[step] ?? []) {
      if (tried.has(kind) || !proven.some((one) => one.kind === kind)) continue
      tried.add(kind)
      const other = holder.get(kind)
      if (other === undefined || place(other, tried)) {
        holder.set(kind, step)
        return true
      }
    }
    return false
  }
  return steps.map((_, step) => place(step, new Set()))
}

type Held = (condition: StepCondition, circumstances: Circumstances) => boolean

const CONDITIONS: Readonly<Record<keyof StepCondition, Held>> = {
  roles: ({ roles = [] }, has) => roles.some((role) => has.roles.includes(role)),
  networks: ({ networks = [] }, { ip }) => networks.some((network) => isInNetwork(ip, network)),
  outside: ({ outside = [] }, { ip }) => !outside.some((network) => isInNetwork(ip, network)),
  browser: ({ browser }, is) => browser === is.browser,
}

/** The first condition that does not hold. */
function findUnmet(condition: StepCondition | undefined, circumstances: Circumstances): keyof StepCondition | undefined {
  if (condition === undefined) return undefined
  const named = (Object.keys(CONDITIONS) as (keyof StepCondition)[]).filter((name) => condition[name] !== undefined)
  return named.find((name) => !CONDITIONS[name](condition, circumstances))
}
