/**
 * What a sign-in still needs of a person, by comparing steps with what was proven. It knows no factor by name, and it is the place where whatever decides
 * (a condition, a level that was asked for) becomes a step.
 */
import {
  addFactor,
  FACTORS,
  type FactorKind,
  firstProof,
  furtherProof,
  identifiedAt,
  isFirst,
  matchSteps,
  type ProvenFactor,
} from '../factor.ts'
import type { CredentialId } from '../ids.ts'
import { isInNetwork } from '../network.ts'
import { isAtLeast } from '../risk/risk_policy.ts'
import type { AcrLevel, SignInStep, StepCondition } from '../sign_in_policy.ts'
import { isInWindow } from '../time_window.ts'
import { type JudgedRisk, riskNeeds } from './risk_needs.ts'

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
  /** Kinds of what the person asked to be remembered for in this browser, and still is. */
  readonly remembered: readonly FactorKind[]
  /** ISO 3166-1 alpha-2, where it was asked for and is known. */
  readonly country?: string | undefined
  /** Milliseconds since the epoch, where a step asks for it. */
  readonly now?: number
  /** Where the tenant looks at risk. */
  readonly risk?: JudgedRisk | undefined
  /** What can be set up here on the way; left out: whatever its kind allows. */
  readonly enrollable?: readonly FactorKind[]
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
  | { readonly kind: 'identify'; readonly kinds: readonly FactorKind[] }
  /** Last used first. */
  | { readonly kind: 'prove'; readonly choices: readonly EnrolledFactor[]; readonly rememberable: boolean }
  | { readonly kind: 'enrol'; readonly kinds: readonly FactorKind[] }
  /** Somebody of the house has to let this sign-in pass. */
  | { readonly kind: 'approve' }
  /** `unreachable`: the level that must be reached. `denied`: for its risk. */
  | { readonly kind: 'refused' | 'unreachable' | 'denied' }

/** One step of the way, and why it is as it is. */
export type WayStep = {
  readonly anyOf: readonly FactorKind[]
  /** `enrolment`: before another factor is added. */
  readonly from: 'policy' | 'acr' | 'my_account' | 'risk' | 'enrolment'
  readonly outcome: 'proven' | 'remembered' | 'not_due' | 'skipped' | Missing
  /** The condition that does not hold, where `not_due`. */
  readonly because?: keyof StepCondition
}

type Missing = 'identify' | 'prove' | 'enrol' | 'approve' | 'refused'
type From = WayStep['from']

/** What the first step that is missing needs. */
const NEEDS: Readonly<Record<Missing, (walked: Walked) => Composition>> = {
  identify: ({ step }) => ({ kind: 'identify', kinds: step.anyOf.filter((kind) => FACTORS[kind].identifies) }),
  prove: ({ step, way, choices }) => ({ kind: 'prove', choices, rememberable: way.from === 'policy' && step.rememberable }),
  enrol: ({ step }) => ({ kind: 'enrol', kinds: step.anyOf }),
  approve: () => ({ kind: 'approve' }),
  refused: ({ way }) => ({ kind: REFUSED[way.from] }),
}

const REFUSED = { policy: 'refused', my_account: 'refused', acr: 'unreachable', risk: 'denied', enrolment: 'refused' } as const

export function compose(composing: Composing): Composition {
  const first = walk(composing).find(({ way }) => isMissing(way.outcome))
  return first !== undefined && isMissing(first.way.outcome) ? NEEDS[first.way.outcome](first) : { kind: 'complete' }
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

type Walked = { readonly step: SignInStep; readonly way: WayStep; readonly choices: readonly EnrolledFactor[] }

function walk(composing: Composing): Walked[] {
  const asked = provingFirst(composing, [
    ...walkSteps(composing, composing.steps, 'policy'),
    ...walkSteps(composing, askedSteps(composing), 'acr'),
    // Beside whatever said who it is, which is no second factor.
    ...(composing.sure ? walkSteps(composing, [ANY_FIRST, SURE], 'my_account').slice(1) : []),
  ])
  const { risk } = composing.circumstances
  return risk === undefined ? [...asked] : withRisk(composing, risk, asked)
}

/** Whoever has a second factor proves one before they add another: else a stranger with the password alone would add their own, and have both. */
function provingFirst(composing: Composing, asked: readonly Walked[]): readonly Walked[] {
  const enrolling = asked.findIndex(({ way }) => way.outcome === 'enrol')
  if (enrolling === -1) return asked
  const own = walkSteps(composing, [ANY_FIRST, SURE], 'enrolment').slice(1)
  return [...asked.slice(0, enrolling), ...own.filter(({ way }) => way.outcome === 'prove'), ...asked.slice(enrolling)]
}

/** What is denied is denied first. Nobody enrols a factor while it is in doubt whether they are who they say. */
function withRisk(composing: Composing, risk: JudgedRisk, asked: readonly Walked[]): Walked[] {
  const [stepUp] = walkSteps(
    { ...composing, proven: composing.proven.filter((one) => isFirst(one) || one.at >= risk.since) },
    [ANY_FIRST, SURE],
    'risk',
  ).slice(1)
  const needs = riskNeeds(risk, stepUp?.way.outcome)
  const walkedAs = (outcome: WayStep['outcome'], step: SignInStep): Walked => ({
    step,
    choices: [],
    way: { anyOf: step.anyOf, from: 'risk', outcome },
  })
  if (needs.kind === 'refused') return [walkedAs('refused', UNREACHABLE), ...asked]
  const own = needs.kind === 'nothing' ? [] : needs.kind === 'step_up' ? (stepUp ? [stepUp] : []) : [walkedAs(needs.kind, ANY_FIRST)]
  const isOpen = own.some(({ way }) => isMissing(way.outcome))
  const enrolling = asked.findIndex(({ way }) => way.outcome === 'enrol')
  if (enrolling === -1 || needs.cleared) return [...asked, ...own]
  const before = asked.slice(0, enrolling)
  const rest = asked
    .slice(enrolling)
    .map((one) => (one.way.outcome === 'enrol' ? { ...one, way: { ...one.way, from: 'risk' as const, outcome: 'refused' as const } } : one))
  return isOpen ? [...before, ...own, ...asked.slice(enrolling)] : [...before, ...rest, ...own]
}

function walkSteps(composing: Composing, steps: readonly SignInStep[], from: From): Walked[] {
  const { proven, circumstances } = composing
  const passing = steps.map((step) => passOf(step, from, circumstances))
  // A step that asks for nothing takes no proof away from those that do.
  const lists = steps.map(({ anyOf }, index) => (passing[index] === undefined ? anyOf : []))
  const matched = matchSteps(lists, proven)
  return steps.map((step, index) => {
    const choices = passing[index] !== undefined || matched[index] ? [] : choicesOf(lists, index, composing)
    const { outcome, ...rest } = passing[index] ?? {
      outcome: matched[index] ? ('proven' as const) : outcomeOf(step, index, choices, proven),
    }
    const walked: Walked = { step, choices, way: { anyOf: step.anyOf, from, outcome, ...rest } }
    return outcome === 'enrol' ? byEnrolling(walked, lists, index, composing) : walked
  })
}

type Pass = Pick<WayStep, 'because'> & { readonly outcome: 'not_due' | 'remembered' }

/** Why nothing is asked in this step, whatever was proven. */
function passOf(step: SignInStep, from: From, circumstances: Circumstances): Pass | undefined {
  const because = findUnmet(step.when, circumstances)
  if (because !== undefined) return { outcome: 'not_due', because }
  // For what was proven here once: a remembered mailbox is no passkey, whatever another application took it for.
  const isRemembered = from === 'policy' && step.rememberable && step.anyOf.some((kind) => circumstances.remembered.includes(kind))
  return isRemembered ? { outcome: 'remembered' } : undefined
}

function outcomeOf(
  step: SignInStep,
  index: number,
  choices: readonly EnrolledFactor[],
  proven: readonly ProvenFactor[],
): 'identify' | 'prove' | 'enrol' | 'skipped' | 'refused' {
  if (choices.length > 0 && identifiedAt(proven) !== undefined) return 'prove'
  if (step.anyOf.length > 0 && (index === 0 || step.anyOf.every((kind) => !FACTORS[kind].further))) return 'identify'
  return choices.length > 0 ? 'prove' : NOT_ENROLLED[step.ifNotEnrolled]
}

/**
 * What is set up has to prove the step: a mailbox that said who the person is does not count twice, however often it is enrolled. Where nothing would, another
 * way of saying who they are may; else there is none.
 */
function byEnrolling(
  walked: Walked,
  lists: readonly (readonly FactorKind[])[],
  index: number,
  { proven, circumstances }: Composing,
): Walked {
  const { enrollable } = circumstances
  const proves = (added: ProvenFactor) => matchSteps(lists, addFactor(proven, added))[index]
  const kinds = walked.step.anyOf.filter(
    (kind) =>
      FACTORS[kind].enrolledOnTheWay && (enrollable?.includes(kind) ?? true) && proves(furtherProof({ kind, userVerified: true }, 0)),
  )
  if (kinds.length > 0) return { ...walked, step: { ...walked.step, anyOf: kinds } }
  const beginnings = (lists[0] ?? []).filter(
    (kind) => FACTORS[kind].identifies && !proven.some((one) => one.kind === kind) && proves(firstProof(kind, 0)),
  )
  const outcome = beginnings.length > 0 ? 'identify' : 'refused'
  return { ...walked, step: { ...walked.step, anyOf: beginnings }, way: { ...walked.way, outcome } }
}

function isMissing(outcome: WayStep['outcome']): outcome is Missing {
  return Object.hasOwn(NEEDS, outcome)
}

const NOT_ENROLLED = { enrol: 'enrol', skip: 'skipped', refuse: 'refused' } as const

const anyWhich = (may: (kind: FactorKind) => boolean): SignInStep => ({
  anyOf: (Object.keys(FACTORS) as FactorKind[]).filter(may),
  ifNotEnrolled: 'skip',
  rememberable: false,
})

const ANY_FIRST = anyWhich((kind) => FACTORS[kind].identifies)
const SURE = anyWhich((kind) => FACTORS[kind].further)

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

/** Of what the person has, that by which this step would be proven, and not another that has a proof of the same thing. */
function choicesOf(
  steps: readonly (readonly FactorKind[])[],
  index: number,
  { proven, enrolled }: Pick<Composing, 'proven' | 'enrolled'>,
): EnrolledFactor[] {
  const anyOf = steps[index] ?? []
  const rank = (one: EnrolledFactor) => one.lastUsedAt ?? 0
  const order = ({ kind }: EnrolledFactor) => (anyOf.includes(kind) ? anyOf.indexOf(kind) : anyOf.length)
  const helps = (kind: FactorKind) => FACTORS[kind].further && matchSteps(steps, [...proven, { kind, at: 0 }])[index]
  const helping = new Set([...new Set(enrolled.map(({ kind }) => kind))].filter(helps))
  return enrolled
    .filter(({ kind }) => helping.has(kind))
    .sort((a, b) => rank(b) - rank(a) || order(a) - order(b) || b.createdAt - a.createdAt)
}

function isEachProven(steps: readonly (readonly FactorKind[])[], proven: readonly ProvenFactor[]): boolean {
  return matchSteps(steps, proven).every(Boolean)
}

type Held = (condition: StepCondition, circumstances: Circumstances) => boolean

const CONDITIONS: Readonly<Record<keyof StepCondition, Held>> = {
  roles: ({ roles = [] }, has) => roles.some((role) => has.roles.includes(role)),
  networks: ({ networks = [] }, { ip }) => networks.some((network) => isInNetwork(ip, network)),
  outside: ({ outside = [] }, { ip }) => !outside.some((network) => isInNetwork(ip, network)),
  browser: ({ browser }, is) => browser === is.browser,
  countries: ({ countries = [] }, { country }) => country === undefined || countries.includes(country),
  outsideCountries: ({ outsideCountries = [] }, { country }) => country === undefined || !outsideCountries.includes(country),
  time: ({ time }, { now }) => time === undefined || now === undefined || isInWindow(time, now),
  risk: ({ risk = 'medium' }, { risk: judged }) => judged === undefined || isAtLeast(judged.level, risk),
}

/** The first condition that does not hold. */
function findUnmet(condition: StepCondition | undefined, circumstances: Circumstances): keyof StepCondition | undefined {
  if (condition === undefined) return undefined
  const named = (Object.keys(CONDITIONS) as (keyof StepCondition)[]).filter((name) => condition[name] !== undefined)
  return named.find((name) => !CONDITIONS[name](condition, circumstances))
}
