/**
 * How people sign in, as data: steps, each a choice among factors, for a tenant and, where it differs, for an application; and the levels (`acr`) that
 * proofs reach, for the tenant, so that a session means the same to all its applications.
 */

import { ACR_MULTI_FACTOR, ACR_PASSWORD } from './authentication_context.ts'
import { FACTOR_KINDS, FACTORS, type FactorKind, matchSteps } from './factor.ts'
import type { RiskLevel } from './risk/risk_policy.ts'
import type { Scripting } from './scripting.ts'
import type { TimeWindow } from './time_window.ts'

/** All that are named must hold; none named: always. */
export type StepCondition = {
  /** The person holds one of these roles, by name. */
  readonly roles?: readonly string[]
  /** The request comes from one of these networks (CIDR); with `outside`, from none of them. */
  readonly networks?: readonly string[]
  readonly outside?: readonly string[]
  /** `new`: the person has not signed in from this browser before. */
  readonly browser?: 'new' | 'known'
  /** ISO 3166-1 alpha-2: the request comes from one of these; with `outsideCountries`, from none of them. A place that nobody knows is both in and outside of all. */
  readonly countries?: readonly string[]
  readonly outsideCountries?: readonly string[]
  readonly time?: TimeWindow
  /** The risk is at least this. Where the tenant does not look at risk, it holds. */
  readonly risk?: Exclude<RiskLevel, 'low'>
}

export type SignInStep = {
  /** One of these proves the step. */
  readonly anyOf: readonly FactorKind[]
  readonly when?: StepCondition
  /** What happens to a person who has none of them. Means nothing in the first step, which says who it is. */
  readonly ifNotEnrolled: 'enrol' | 'skip' | 'refuse'
  /** A browser in which the person asked to be remembered passes. */
  readonly rememberable: boolean
}

export type SignInSteps = {
  readonly steps: readonly SignInStep[]
  /** The page asks for the name alone, and then shows what the first step allows. So it does in any case where that has no password. */
  readonly identifierFirst?: boolean
}

/** A level is reached when each of its steps was proven by a factor of its own. */
export type AcrLevel = { readonly acr: string; readonly steps: readonly (readonly FactorKind[])[] }

export type SignInPolicy = SignInSteps & {
  /** Weakest first. */
  readonly levels: readonly AcrLevel[]
  /** How long a browser is remembered; 0: it is not offered. */
  readonly rememberBrowserSeconds: number
  /** An adaptive script that says which steps are due; of applications that have neither steps nor a script of their own. */
  readonly script?: string
  readonly scripting?: Scripting
}

export const FIRST_STEP: readonly FactorKind[] = ['password', 'passkey']
export const SECOND_STEP: readonly FactorKind[] = ['passkey', 'totp', 'email_otp', 'sms_otp', 'push', 'recovery_code']

/** A password; then, of those who enrolled a second factor, that. Or a passkey, which is both. */
export const DEFAULT_SIGN_IN: SignInPolicy = {
  steps: [
    { anyOf: FIRST_STEP, ifNotEnrolled: 'skip', rememberable: false },
    { anyOf: SECOND_STEP, ifNotEnrolled: 'skip', rememberable: true },
  ],
  levels: [
    { acr: ACR_PASSWORD, steps: [FIRST_STEP] },
    { acr: ACR_MULTI_FACTOR, steps: [FIRST_STEP, SECOND_STEP] },
  ],
  rememberBrowserSeconds: 30 * 86_400,
}

/** As the house's default is where a tenant takes client certificates: they stand wherever it has passkeys. */
export function withCertificates({ steps, levels, ...rest }: SignInPolicy): SignInPolicy {
  const withThem = (kinds: readonly FactorKind[]): readonly FactorKind[] => (kinds.includes('passkey') ? [...kinds, 'x509'] : kinds)
  return {
    ...rest,
    steps: steps.map((step) => ({ ...step, anyOf: withThem(step.anyOf) })),
    levels: levels.map((level) => ({ ...level, steps: level.steps.map(withThem) })),
  }
}

/** What is wrong with steps that are well formed one by one: JSON pointer and sentence. */
export type PolicyProblem = { readonly path: readonly (string | number)[]; readonly message: string }

export function findStepProblems({ steps }: SignInSteps): PolicyProblem[] {
  return [...findWrongKinds({ steps }), ...findNothingLeft(steps)]
}

/** One proof counts for one step. Of conditional steps each is looked at alone: two may never be due together. */
function findNothingLeft(steps: readonly SignInStep[]): PolicyProblem[] {
  const always = (at: number) =>
    steps.slice(0, at).filter(({ when, ifNotEnrolled }, place) => place === 0 || (!when && ifNotEnrolled !== 'skip'))
  return steps.flatMap((step, index): PolicyProblem[] => {
    if (index === 0 || step.ifNotEnrolled === 'skip') return []
    const lists = [...always(index), step].map(({ anyOf }) => anyOf)
    return canEachBeProven(lists) ? [] : [{ path: ['steps', index, 'anyOf'], message: NOTHING_LEFT }]
  })
}

const NOTHING_LEFT = 'the steps before have taken what could prove this one: each proof counts for one step, and a mailbox is one thing'

function canEachBeProven(lists: readonly (readonly FactorKind[])[]): boolean {
  const all = FACTOR_KINDS.map((kind) => ({ kind, at: 0, userVerified: true as const }))
  return matchSteps(lists, all).every(Boolean)
}

function findWrongKinds({ steps }: Pick<SignInSteps, 'steps'>): PolicyProblem[] {
  return steps.flatMap(({ anyOf, when, ifNotEnrolled, rememberable }, index): PolicyProblem[] => {
    const at = (...path: readonly (string | number)[]) => ['steps', index, ...path]
    if (index === 0)
      return [
        ...anyOf.flatMap((kind, place) =>
          FACTORS[kind].identifies
            ? []
            : [{ path: at('anyOf', place), message: `${kind} does not say who somebody is; it cannot come first` }],
        ),
        ...(when === undefined ? [] : [{ path: at('when'), message: 'the first step is always due' }]),
        ...(rememberable ? [{ path: at('rememberable'), message: 'a remembered browser does not say who somebody is' }] : []),
      ]
    return [
      ...anyOf.flatMap((kind, place) =>
        FACTORS[kind].further ? [] : [{ path: at('anyOf', place), message: `${kind} stands in the first step only` }],
      ),
      ...(ifNotEnrolled === 'enrol' && !anyOf.some((kind) => FACTORS[kind].enrolledOnTheWay)
        ? [{ path: at('ifNotEnrolled'), message: `none of ${anyOf.join(', ')} can be enrolled on the way` }]
        : []),
    ]
  })
}

export function findLevelProblems(levels: readonly AcrLevel[]): PolicyProblem[] {
  return levels.flatMap(({ acr, steps }, index): PolicyProblem[] => {
    const first = levels.findIndex((level) => level.acr === acr)
    const nameless = steps[0]?.find((kind) => !FACTORS[kind].identifies)
    const late = steps.slice(1).map((step) => step.find((kind) => !FACTORS[kind].further))
    const beyond = steps.findIndex((_, place) => !canEachBeProven(steps.slice(0, place + 1)))
    return [
      ...(beyond === -1 ? [] : [{ path: ['levels', index, 'steps', beyond], message: NOTHING_LEFT }]),
      ...(first < index ? [{ path: ['levels', index, 'acr'], message: `${acr} stands twice` }] : []),
      ...(nameless === undefined
        ? []
        : [{ path: ['levels', index, 'steps', 0], message: `${nameless} does not say who somebody is; it cannot come first` }]),
      ...late.flatMap((kind, place) =>
        kind === undefined ? [] : [{ path: ['levels', index, 'steps', place + 1], message: `${kind} stands in the first step only` }],
      ),
    ]
  })
}

export function acrValuesOf({ levels }: Pick<SignInPolicy, 'levels'>): string[] {
  return levels.map(({ acr }) => acr)
}
