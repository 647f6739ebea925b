/** What is remembered of where, when and with what somebody signs in: little, bounded, and written after a success only. Times in seconds since the epoch. */
import type { Place } from '../place.ts'

export type SeenPlace = Pick<Place, 'country' | 'latitude' | 'longitude'> & { readonly at: number }
/** `name`: browser and system in a word each. */
export type SeenDevice = { readonly id: string; readonly name: string; readonly at: number }

export type RiskHistory = {
  /** Latest first. */
  readonly places: readonly SeenPlace[]
  readonly devices: readonly SeenDevice[]
  /** How many sign-ins began in each hour of the day, UTC: 24 counts. */
  readonly hours: readonly number[]
}

/** One success. `place` where it is known. */
export type Sighting = { readonly at: number; readonly place: Place | undefined; readonly device: Pick<SeenDevice, 'id' | 'name'> }

const MOST_PLACES = 6
const MOST_DEVICES = 8
/** Old habits fade: at so many sign-ins all counts are halved. */
const MOST_COUNTED = 200
export const HOURS = 24

export const NO_HISTORY: RiskHistory = { places: [], devices: [], hours: Array.from({ length: HOURS }, () => 0) }

export function withSighting(history: RiskHistory, { at, place, device }: Sighting): RiskHistory {
  const hour = hourOf(at)
  const counted = history.hours.map((count, index) => count + Number(index === hour))
  const full = counted.reduce((sum, count) => sum + count, 0) > MOST_COUNTED
  return {
    places:
      place === undefined
        ? history.places
        : [seen(place, at), ...history.places.filter((one) => !isSame(one, place))].slice(0, MOST_PLACES),
    devices: [{ ...device, at }, ...history.devices.filter(({ id }) => id !== device.id)].slice(0, MOST_DEVICES),
    hours: full ? counted.map((count) => Math.floor(count / 2)) : counted,
  }
}

export function hourOf(at: number): number {
  return Math.floor(at / 3600) % HOURS
}

function seen({ country, latitude, longitude }: Place, at: number): SeenPlace {
  return {
    country,
    at,
    ...(latitude === undefined || longitude === undefined ? {} : { latitude: tenth(latitude), longitude: tenth(longitude) }),
  }
}

/** Eleven kilometres: near enough for a journey, and no address. */
function tenth(degrees: number): number {
  return Math.round(degrees * 10) / 10
}

/** One place for each country: the latest. */
function isSame(one: SeenPlace, place: Place): boolean {
  return one.country === place.country
}
