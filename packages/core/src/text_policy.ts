/**
 * May a text message go out? Text messages cost money per country, and strangers can cause them: who "pumps" them to numbers that earn for him is held by
 * the list of countries, by limits per number and per range of neighbouring numbers, and by limits for the whole.
 */
import { countryOfNumber } from './calling_codes.ts'

export type Quota = { readonly hour: number; readonly day: number }

export type TextPolicy = {
  /** ISO 3166-1 alpha-2. Absent: every country that the house allows. Never more than the house allows. */
  readonly countries?: readonly string[]
  readonly perNumber: Quota
  /** Numbers that share their first nine digits, as those do which somebody rents to be written to. */
  readonly perRange: Quota
  readonly perCountry: Quota
  readonly perTenant: Quota
}

export const DEFAULT_TEXT_POLICY: TextPolicy = {
  perNumber: { hour: 10, day: 30 },
  perRange: { hour: 40, day: 120 },
  perCountry: { hour: 100, day: 500 },
  perTenant: { hour: 200, day: 1000 },
}

/** What the house allows at most, whatever a tenant says. */
export type TextCountries = readonly string[] | 'every'

export type TextRefusal = 'no_number' | 'country_not_allowed' | `too_many_per_${'number' | 'range' | 'country' | 'tenant'}`

/** `who`: what the count is of. */
export type TextCount = { readonly refusal: TextRefusal; readonly who: string; readonly limit: number; readonly windowSeconds: number }

/** Counted are the places to be taken, all or none of them. */
export type TextDecision =
  | { readonly kind: 'refused'; readonly because: TextRefusal }
  | { readonly kind: 'counted'; readonly counts: readonly TextCount[] }

const WINDOWS = { hour: 3600, day: 86_400 } as const
/** `+` and nine digits. */
const RANGE_CHARACTERS = 10

export function decideText(number: string, policy: TextPolicy, house: TextCountries): TextDecision {
  const country = countryOfNumber(number)
  if (country === undefined) return { kind: 'refused', because: 'no_number' }
  if (house !== 'every' && !house.includes(country)) return { kind: 'refused', because: 'country_not_allowed' }
  if (policy.countries && !policy.countries.includes(country)) return { kind: 'refused', because: 'country_not_allowed' }
  const counts = [
    ...countsOf('too_many_per_number', number, policy.perNumber),
    ...countsOf('too_many_per_range', number.slice(0, RANGE_CHARACTERS), policy.perRange),
    ...countsOf('too_many_per_country', country, policy.perCountry),
    ...countsOf('too_many_per_tenant', '', policy.perTenant),
  ]
  const none = counts.find(({ limit }) => limit === 0)
  return none ? { kind: 'refused', because: none.refusal } : { kind: 'counted', counts }
}

function countsOf(refusal: TextRefusal, who: string, quota: Quota): TextCount[] {
  return (['hour', 'day'] as const).map((span) => ({ refusal, who, limit: quota[span], windowSeconds: WINDOWS[span] }))
}
