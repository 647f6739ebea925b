/** What a signal is asked, and what it answers: how much it speaks against this sign-in, from 0 (nothing, or nothing known) to 1, and what it saw. */
import type { Place } from '../place.ts'
import type { RiskHistory } from './history.ts'

export type SignalKind =
  | 'new_device'
  | 'new_country'
  | 'impossible_travel'
  | 'listed_address'
  | 'unusual_hour'
  | 'failed_tries'
  | 'breached_password'
  | 'network_velocity'

export type RiskFacts = {
  /** Seconds since the epoch. */
  readonly at: number
  readonly place: Place | undefined
  /** `known`: a cookie of ours says that this person has signed in with it. */
  readonly device: { readonly id: string | undefined; readonly name: string; readonly known: boolean }
  /** Undefined: nothing was ever remembered of this person. */
  readonly history: RiskHistory | undefined
  /** The address stands on a list of the tenant's. */
  readonly listed: boolean
  /** Of this person's password since the last success, before this one; apart for a browser that they have used before. */
  readonly failedTries: number
  readonly breachedPassword: boolean
  /** People who came to this network with a device that is new to them, within the hour; this one included. */
  readonly newcomers: number
  /** Faster is no journey. */
  readonly kilometresPerHour: number
}

/** `seen`: what is told of it, such as kilometres; no personal data. */
export type Strength = { readonly strength: number; readonly seen?: Readonly<Record<string, string | number>> }

export type Signal = (facts: RiskFacts) => Strength

export const SILENT: Strength = { strength: 0 }
