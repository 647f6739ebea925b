/** The sum: what each signal says, by its weight, and the level that it comes to. */
import type { RiskAction, RiskLevel, RiskPolicy } from './risk_policy.ts'
import type { RiskFacts, Signal, SignalKind, Strength } from './signal.ts'
import { breachedPassword } from './signals/breached_password.ts'
import { failedTries } from './signals/failed_tries.ts'
import { impossibleTravel } from './signals/impossible_travel.ts'
import { listedAddress } from './signals/listed_address.ts'
import { networkVelocity } from './signals/network_velocity.ts'
import { newCountry } from './signals/new_country.ts'
import { newDevice } from './signals/new_device.ts'
import { unusualHour } from './signals/unusual_hour.ts'

// biome-ignore format: a table
export const SIGNALS: Readonly<Record<SignalKind, Signal>> = {
  new_device:        newDevice,
  new_country:       newCountry,
  impossible_travel: impossibleTravel,
  listed_address:    listedAddress,
  unusual_hour:      unusualHour,
  failed_tries:      failedTries,
  breached_password: breachedPassword,
  network_velocity:  networkVelocity,
}

export const SIGNAL_KINDS = Object.keys(SIGNALS) as readonly SignalKind[]

/** What one signal added to the sum. */
export type Reason = { readonly signal: SignalKind; readonly points: number } & Pick<Strength, 'seen'>

export type Risk = {
  readonly level: RiskLevel
  readonly score: number
  readonly action: RiskAction
  /** The heaviest first; those that added nothing are left out. */
  readonly reasons: readonly Reason[]
}

export function assess(facts: RiskFacts, policy: RiskPolicy): Risk {
  const reasons = SIGNAL_KINDS.flatMap((signal): Reason[] => {
    const weight = policy.weights[signal]
    if (weight === 0) return []
    const { strength, seen } = SIGNALS[signal](facts)
    const points = Math.round(weight * strength)
    return points === 0 ? [] : [{ signal, points, ...(seen === undefined ? {} : { seen }) }]
  }).sort((a, b) => b.points - a.points)
  const score = reasons.reduce((sum, { points }) => sum + points, 0)
  const level = levelOf(score, policy)
  return { level, score, action: level === 'low' ? 'allow' : policy.actions[level], reasons }
}

export function levelOf(score: number, { levels }: Pick<RiskPolicy, 'levels'>): RiskLevel {
  if (score >= levels.high) return 'high'
  return score >= levels.medium ? 'medium' : 'low'
}
