/** The calls that move a sign-in on: what a script may wait for, and how it may end. */
import { authenticatorOf, factorOfAuthenticator, stepAsAsked } from '@gatehouse/core/adaptive_script.ts'
import type { FactorKind, ProvenFactor } from '@gatehouse/core/factor.ts'
import type { SignInStep } from '@gatehouse/core/sign_in_policy.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import type { JournalAnswer } from '@gatehouse/store/adaptive_journal.ts'
import { type Arguments, ScriptMistake } from './arguments.ts'
import type { StepAnswer } from './host_function.ts'

export const FLOW = ['executeStep', 'provenSoFar', 'prompt', 'fail', 'sendError', 'finished'] as const
export type FlowName = (typeof FLOW)[number]

export function isFlow(name: string): name is FlowName {
  return FLOW.some((one) => one === name)
}

export type AskedStep = {
  readonly number: number
  readonly step: SignInStep
  /** To be proven anew: other proofs than these. */
  readonly since: readonly ProvenFactor[] | undefined
  readonly hearsOfFailure: boolean
  /** What the sign-in page is filled in with. */
  readonly username: string | undefined
}

export function askedStepOf(args: Arguments, policy: readonly SignInStep[]): AskedStep {
  const number = args.number('step')
  const configured = policy[number - 1]
  if (configured === undefined) throw new ScriptMistake(`executeStep: there is no step ${number}; the sign-in has ${policy.length}`)
  const since = args.has('since') ? args.list('since').map(provenOf) : undefined
  const step = stepAsAsked(configured, args.has('options') ? factorsOf(args.list('options')) : undefined, since !== undefined)
  if (step === undefined)
    throw new ScriptMistake(`executeStep: none of the options is one of step ${number}, which has ${configured.anyOf.join(', ')}`)
  return { number, step, since, hearsOfFailure: args.flag('hearsOfFailure'), username: usernameOf(args) }
}

function factorsOf(options: readonly Arguments[]): FactorKind[] {
  return options.flatMap((option) => factorOfAuthenticator(option.maybeText('authenticator') ?? option.maybeText('idp') ?? '') ?? [])
}

/** WSO2: parameters for all authenticators of a step, or for the password form alone. */
function usernameOf(args: Arguments): string | undefined {
  if (!args.has('params')) return undefined
  const params = args.inner('params')
  return params.inner('common').maybeText('username') ?? params.inner('local').inner('BasicAuthenticator').maybeText('username')
}

function provenOf(args: Arguments): ProvenFactor {
  const kind = factorOfAuthenticator(args.text('kind'))
  if (kind === undefined) throw new ScriptMistake(`executeStep: there is no factor ${args.text('kind')}`)
  return { kind, at: args.number('at') }
}

/** Proofs that were not there when the step was asked for. */
export function provenAfter(proven: readonly ProvenFactor[], since: readonly ProvenFactor[]): ProvenFactor[] {
  return proven.filter(({ kind, at }) => !since.some((before) => before.kind === kind && before.at >= at))
}

export function successOf(asked: AskedStep, user: { id: `usr_${string}`; userName: string }, proven: readonly ProvenFactor[]): StepAnswer {
  const { number, step } = asked
  const by = proven.filter(({ kind }) => step.anyOf.includes(kind)).sort((a, b) => b.at - a.at)[0]?.kind ?? step.anyOf[0] ?? 'password'
  return {
    outcome: 'success',
    step: number,
    user: { id: user.id, userName: user.userName },
    authenticator: authenticatorOf(by),
    anyOf: step.anyOf,
    rememberable: step.rememberable,
    forced: asked.since !== undefined,
  }
}

/** The steps that the script was told to be passed, each as it was asked for last: what a proof must hold for the script's decisions to stand. */
export function passedSteps(answers: readonly JournalAnswer[]): { readonly steps: SignInStep[]; readonly subjects: ReadonlySet<string> } {
  const passed = new Map<number, SignInStep>()
  const subjects = new Set<string>()
  for (const { name, value } of answers) {
    const answer = name === 'executeStep' ? stepAnswerOf(value) : undefined
    if (answer?.outcome !== 'success') continue
    subjects.add(answer.user.id)
    passed.set(answer.step, { anyOf: answer.anyOf, ifNotEnrolled: 'refuse', rememberable: answer.rememberable })
  }
  return { steps: [...passed].sort(([a], [b]) => a - b).map(([, step]) => step), subjects }
}

/** Only the driver answers `executeStep`, so the shape is known. */
export function stepAnswerOf(value: Value): StepAnswer {
  return value as unknown as StepAnswer
}

export function wordsOfFlow(name: FlowName, args: Arguments, value: Value): string | undefined {
  if (name === 'prompt') return `the form "${args.text('template').slice(0, 60)}" was filled in`
  if (name !== 'executeStep') return undefined
  const answer = stepAnswerOf(value)
  return answer.outcome === 'success' ? `step ${answer.step} was passed with ${answer.authenticator}` : `step ${answer.step} failed`
}
