/** What a tenant makes of risk: how much each signal weighs, where medium and high begin, and what is done then. Absent from a tenant's policies: risk is not looked at. */
import type { SignalKind } from './signal.ts'

export type RiskLevel = 'low' | 'medium' | 'high'

/** `step_up`: prove a second factor that one has. `approval`: somebody of the house decides. */
export type RiskAction = 'allow' | 'step_up' | 'approval' | 'deny'

/** What became of a risky sign-in at the moment when the person said who they are. */
export const RISKY_OUTCOMES = ['let_through', 'asked_for_more', 'waits_for_approval', 'denied'] as const
export type RiskyOutcome = (typeof RISKY_OUTCOMES)[number]

export type RiskPolicy = {
  /** 0 to 100 each; 0: not looked at. */
  readonly weights: Readonly<Record<SignalKind, number>>
  /** From this sum on. */
  readonly levels: { readonly medium: number; readonly high: number }
  readonly actions: { readonly medium: RiskAction; readonly high: RiskAction }
  /** What is done with a person who is to step up and has nothing to prove. */
  readonly withoutFactor: Exclude<RiskAction, 'step_up'>
  readonly kilometresPerHour: number
  /** Networks that speak against whoever comes from them. */
  readonly addresses: readonly string[]
  /** A list of such networks, a line each, fetched when it is asked for and kept for an hour. */
  readonly addressesUrl?: string
  /** For so long may a person sign in after it was approved. */
  readonly approvalSeconds: number
  /** From this level on the person is told by mail what was seen. Absent, in what was stored before there was a choice: never. */
  readonly mail?: 'never' | Exclude<RiskLevel, 'low'>
}

export const DEFAULT_RISK: RiskPolicy = {
  weights: {
    new_device: 20,
    new_country: 30,
    impossible_travel: 40,
    listed_address: 50,
    unusual_hour: 10,
    failed_tries: 15,
    breached_password: 25,
    network_velocity: 30,
  },
  levels: { medium: 40, high: 80 },
  actions: { medium: 'step_up', high: 'deny' },
  withoutFactor: 'deny',
  kilometresPerHour: 900,
  addresses: [],
  approvalSeconds: 3600,
  mail: 'high',
}

export const RISK_LEVELS: readonly RiskLevel[] = ['low', 'medium', 'high']

export function isAtLeast(level: RiskLevel, least: RiskLevel): boolean {
  return RISK_LEVELS.indexOf(level) >= RISK_LEVELS.indexOf(least)
}
