/** What the risk of a sign-in asks for: nothing, a further factor, somebody's word, or that it ends. */
import type { RiskAction, RiskLevel, RiskPolicy } from '../risk/risk_policy.ts'

export type JudgedRisk = {
  readonly level: RiskLevel
  readonly action: RiskAction
  readonly withoutFactor: RiskPolicy['withoutFactor']
  /** The person says who they are in this sign-in; else it is an older session that is looked at. */
  readonly here: boolean
  /** A further factor that was proven before (seconds since the epoch) says nothing of this sign-in. */
  readonly since: number
  /** Somebody of the house let it pass. */
  readonly approved: boolean
}

/** `cleared`: the doubt is gone, so that what is asked besides may go on. */
export type RiskNeeds = { readonly kind: 'nothing' | 'step_up' | 'approve' | 'identify' | 'refused'; readonly cleared: boolean }

/** `stepUp`: how it stands with the further factor, as if it were asked for. */
export function riskNeeds(risk: JudgedRisk, stepUp: string | undefined): RiskNeeds {
  if (risk.action !== 'step_up') return NEEDS[risk.action](risk)
  if (stepUp === 'proven') return { kind: 'step_up', cleared: true }
  if (stepUp !== 'skipped') return { kind: 'step_up', cleared: false }
  const { kind, cleared } = NEEDS[risk.withoutFactor](risk)
  // Let through as they are, and no further: who has nothing to prove enrols nothing now.
  return { kind, cleared: cleared && risk.withoutFactor !== 'allow' }
}

const NEEDS: Readonly<Record<Exclude<RiskAction, 'step_up'>, (risk: JudgedRisk) => RiskNeeds>> = {
  allow: () => ({ kind: 'nothing', cleared: true }),
  // Somebody lets a sign-in pass, not a session that was found.
  approval: ({ approved, here }) =>
    approved ? { kind: 'nothing', cleared: true } : { kind: here ? 'approve' : 'identify', cleared: false },
  deny: () => ({ kind: 'refused', cleared: false }),
}
