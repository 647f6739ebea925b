/**
 * The risk of a request before anybody says who they are: the signals that need no person, by the same weights. Those that compare with habits are asked about whoever
 * used this browser last, never about the name that is typed, so the answer is the same for every name.
 */
import { SUSPICIOUS_CROWD_FAILURES, SUSPICIOUS_NETWORK_FAILURES } from '../network_delay.ts'
import type { RiskFacts } from './signal.ts'
import { CERTAIN } from './signals/failed_tries.ts'

export type RequestFacts = Omit<RiskFacts, 'failedTries' | 'breachedPassword'> & {
  /** Of the network, over all names, within the hour. */
  readonly networkFailures: number
  /** Very many people share the network. */
  readonly crowd: boolean
}

export function factsOfRequest({ networkFailures, crowd, ...rest }: RequestFacts): RiskFacts {
  const suspicious = crowd ? SUSPICIOUS_CROWD_FAILURES : SUSPICIOUS_NETWORK_FAILURES
  // A network that is suspicious weighs as much as a person whose password was certainly guessed at.
  return { ...rest, failedTries: Math.floor((networkFailures * CERTAIN) / suspicious), breachedPassword: false }
}
