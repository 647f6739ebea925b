/** The way that a person would go through a sign-in, step by step, and why: for whoever writes a policy. Each choice is taken as its first. */
import { amrOf, FACTORS, type FactorKind, firstProof, furtherProof, type Proven } from '../factor.ts'
import { type Composing, type Composition, compose, reachedLevel, type WayStep, wayOf } from './composition.ts'

export type DryRunAsk = { readonly ask: 'identify' | 'prove' | 'enrol'; readonly choices: readonly FactorKind[] }

export type DryRun = {
  /** In the order in which the person would meet them. */
  readonly asks: readonly DryRunAsk[]
  /** `no_way_in`: the person has nothing of what the first step asks for, no proven address for one. */
  readonly outcome: 'signed_in' | 'waits_for_approval' | 'access_denied' | 'unmet_authentication_requirements' | 'no_way_in'
  readonly acr: string | undefined
  readonly amr: readonly string[]
  /** Each step as it stands at the end, with the condition that does not hold. */
  readonly way: readonly WayStep[]
}

const OUTCOMES: Readonly<Partial<Record<Composition['kind'], DryRun['outcome']>>> = {
  complete: 'signed_in',
  approve: 'waits_for_approval',
  refused: 'access_denied',
  denied: 'access_denied',
}

/** More asks than steps there can be: each brings a proof. */
const LONGEST = 20

/** `canBegin`: does the person have what it takes to be identified by this? `makesSure`: would its device make sure of its user? */
export function dryRun(
  start: Composing,
  canBegin: (kind: FactorKind) => boolean = () => true,
  makesSure: (kind: FactorKind) => boolean = () => true,
): DryRun {
  const asks: DryRunAsk[] = []
  let composing = start
  for (;;) {
    const next = askOf(composing, canBegin)
    const [first] = next?.choices ?? []
    if (next === undefined || asks.length === LONGEST) break
    asks.push(next)
    if (first === undefined) break
    const proof = next.ask === 'identify' ? firstProof(asUsual(first, makesSure), 0) : furtherProof(asUsual(first, makesSure), 0)
    composing = { ...composing, proven: [...composing.proven, proof] }
  }
  const { kind } = compose(composing)
  const isOutside = kind === 'identify' && composing.proven.length === 0
  return {
    asks,
    outcome: isOutside ? 'no_way_in' : (OUTCOMES[kind] ?? 'unmet_authentication_requirements'),
    acr: reachedLevel(composing.levels, composing.proven, composing.acrValues),
    amr: amrOf(composing.proven),
    way: wayOf(composing),
  }
}

/** What a proof of this kind is in most cases: of a device that made sure of its user, where it can. */
function asUsual(kind: FactorKind, makesSure: (kind: FactorKind) => boolean): Proven {
  return FACTORS[kind].verified === undefined || !makesSure(kind) ? kind : { kind, userVerified: true }
}

function askOf(composing: Composing, canBegin: (kind: FactorKind) => boolean): DryRunAsk | undefined {
  const composition = compose(composing)
  if (composition.kind === 'identify') {
    const has = (kind: FactorKind) => composing.enrolled.some((one) => one.kind === kind)
    return { ask: 'identify', choices: composition.kinds.filter((kind) => canBegin(kind) && (!FACTORS[kind].ownOnly || has(kind))) }
  }
  if (composition.kind === 'prove') return { ask: 'prove', choices: [...new Set(composition.choices.map(({ kind }) => kind))] }
  if (composition.kind === 'enrol') return { ask: 'enrol', choices: composition.kinds }
  return undefined
}
