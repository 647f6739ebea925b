/** Where a request came from, as far as its address says: a hint, never a proof. Country ISO 3166-1 alpha-2, region the part of ISO 3166-2 after it, degrees WGS 84. */

export type Place = {
  readonly country: string
  readonly region?: string
  /** In English or in the language of the place, as the source has it. */
  readonly city?: string
  readonly latitude?: number
  readonly longitude?: number
  /** IANA. */
  readonly timeZone?: string
  /** Of the network's operator (RFC 6793). */
  readonly asn?: number
}

/** What is kept and told of a place. */
export type ShownPlace = Pick<Place, 'country' | 'city'>

/** It stands on a session, whose item is to stay below 1 KB. */
const LONGEST_CITY = 32

/** Of words by somebody else: what does not read as a place is none, and a part that does not read is left out. */
export function parsePlace(said: Readonly<Partial<Record<keyof Place, unknown>>>): Place | undefined {
  const country = text(said.country, /^[A-Za-z]{2}$/)?.toUpperCase()
  // ZZ, XX and T1 (Tor) are nobody's.
  if (country === undefined || country === 'ZZ' || country === 'XX') return undefined
  const region = text(said.region, /^[A-Za-z0-9]{1,3}$/)
  const city = text(said.city, /^[^\p{C}<>]{1,200}$/u)?.slice(0, LONGEST_CITY)
  const latitude = degrees(said.latitude, 90)
  const longitude = degrees(said.longitude, 180)
  const timeZone = text(said.timeZone, /^[A-Za-z0-9_+/-]{1,50}$/)
  const asn = number(said.asn)
  return {
    country,
    ...(region === undefined ? {} : { region }),
    ...(city === undefined ? {} : { city }),
    ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(asn !== undefined && Number.isInteger(asn) && asn > 0 ? { asn } : {}),
  }
}

export function shownPlaceOf(place: Place | undefined): ShownPlace | undefined {
  if (place === undefined) return undefined
  const { country, city } = place
  return city === undefined ? { country } : { country, city }
}

/** `Freiburg, Germany`, in words of the locale. */
export function placeName({ country, city }: ShownPlace, locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country
  return city === undefined ? name : `${city}, ${name}`
}

function text(said: unknown, pattern: RegExp): string | undefined {
  const trimmed = typeof said === 'string' ? said.trim() : ''
  return pattern.test(trimmed) ? trimmed : undefined
}

function degrees(said: unknown, most: number): number | undefined {
  const value = number(said)
  return value !== undefined && Math.abs(value) <= most ? value : undefined
}

function number(said: unknown): number | undefined {
  const value = typeof said === 'string' && /^-?\d{1,10}(?:\.\d{1,10})?$/.test(said) ? Number(said) : said
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
