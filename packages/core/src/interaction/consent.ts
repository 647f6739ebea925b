/**
 * What an application asks a person for, whether that was decided before, and what a posted choice gives. OpenID Connect Core 1.0 sections 5.4 and 5.5.
 * Attributes come from three places: the application's registration, the request's `claims`, and the scopes.
 */
import type { RequestedClaim } from '../application.ts'
import type { Consent } from '../consent.ts'

export type Wish = {
  readonly scopes: readonly string[]
  /** From the registration and from the request's `claims`. */
  readonly declared: readonly RequestedClaim[]
  /** What the scopes stand for. */
  readonly scopeClaims: readonly string[]
  /** Names of the person's attributes that have a value. */
  readonly present: ReadonlySet<string>
}

export type OfferedClaim = {
  readonly name: string
  readonly mandatory: boolean /** Ticked, since it was allowed before. */
  readonly allowed: boolean
}

export type Offer = {
  readonly scopes: readonly string[]
  readonly claims: readonly OfferedClaim[]
  /** The person chooses among attributes; else what the scopes stand for goes with them, all or nothing. */
  readonly oneByOne: boolean
  /** Given with the scopes, but without a value now: not worth a line, and not worth another question once there is one. */
  readonly unseen: readonly string[]
}

export type Choice = { readonly scopes: readonly string[]; readonly claims: readonly string[]; readonly declined: readonly string[] }

/** These say something about another claim, and go with it. */
const COMPANIONS: Readonly<Record<string, string>> = { email: 'email_verified', phone_number: 'phone_number_verified' }
const COMPANION_NAMES: ReadonlySet<string> = new Set(Object.values(COMPANIONS))
/** Of the record, not of the person: part of a profile that is given whole, and not worth a line of its own. */
const OF_THE_RECORD = 'updated_at'
/** Part of every answer; nobody is asked. */
const ALWAYS: ReadonlySet<string> = new Set(['sub', 'auth_time', 'acr', 'amr'])

export function offerOf(wish: Wish, known: Consent | undefined): Offer {
  const declared = declaredClaims(wish.declared)
  const ofScopes = wish.scopeClaims.filter((name) => !declared.has(name) && isAskedFor(name) && name !== OF_THE_RECORD)
  // Who declares nothing gets what its scopes stand for, all or nothing, as the standard has it. Who declares what it needs leaves the rest to the person.
  const allOrNothing = declared.size === 0
  const seen = ofScopes.filter((name) => wish.present.has(name))
  const claims = [
    ...[...declared].map(([name, essential]) => ({ name, mandatory: essential })),
    ...seen.map((name) => ({ name, mandatory: allOrNothing })),
  ]
  return {
    scopes: [...new Set(wish.scopes)],
    claims: claims.map((claim) => ({ ...claim, allowed: known?.claims.includes(claim.name) ?? false })),
    oneByOne: !allOrNothing,
    unseen: allOrNothing
      ? wish.scopeClaims.filter((name) => name === OF_THE_RECORD || (ofScopes.includes(name) && !wish.present.has(name)))
      : [],
  }
}

/** Does the offer hold anything that the person has not decided on? */
export function isNew(offer: Offer, known: Consent | undefined): boolean {
  if (known === undefined) return true
  const decided = new Set([...known.claims, ...known.declined])
  return (
    offer.scopes.some((scope) => !known.scopes.includes(scope)) ||
    offer.claims.some(({ name, mandatory }) => (mandatory ? !known.claims.includes(name) : !decided.has(name)))
  )
}

/** What a posted choice gives. Mandatory ones are always in it; what was not offered never is. */
export function chooseFrom(offer: Offer, posted: readonly string[]): Choice {
  const allowed = offer.claims.filter(({ name, mandatory }) => mandatory || posted.includes(name)).map(({ name }) => name)
  const declined = offer.claims.map(({ name }) => name).filter((name) => !allowed.includes(name))
  return { scopes: offer.scopes, claims: [...new Set([...allowed, ...offer.unseen])], declined }
}

/** What a known consent gives to this request: never more than it asks for, never more than was allowed. */
export function chooseKnown(offer: Offer, known: Consent): Choice {
  const names = [...offer.claims.map(({ name }) => name), ...offer.unseen]
  return { scopes: offer.scopes, claims: names.filter((name) => known.claims.includes(name)), declined: [] }
}

/** For an application of the house's own: everything that it asks for. */
export function chooseAll(offer: Offer): Choice {
  return { scopes: offer.scopes, claims: [...offer.claims.map(({ name }) => name), ...offer.unseen], declined: [] }
}

/** The names with those that go with them, as they are released. */
export function withCompanions(claims: readonly string[]): string[] {
  const companions = claims.map((name) => COMPANIONS[name]).filter((name) => name !== undefined)
  return [...new Set([...claims, ...companions])]
}

/** Once each; asked for twice, the stronger wish counts. */
function declaredClaims(declared: readonly RequestedClaim[]): Map<string, boolean> {
  const found = new Map<string, boolean>()
  for (const { name, essential } of declared) if (isAskedFor(name)) found.set(name, essential || found.get(name) === true)
  return found
}

function isAskedFor(name: string): boolean {
  return !COMPANION_NAMES.has(name) && !ALWAYS.has(name)
}
