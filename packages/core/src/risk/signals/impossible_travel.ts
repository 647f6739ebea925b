/** Nobody gets from the place of the last sign-in to this one in that time. Needs degrees: a country is too large to be a place on a journey. */

import { kilometresBetween, type Position } from '../great_circle.ts'
import type { SeenPlace } from '../history.ts'
import { SILENT, type Signal } from '../signal.ts'

/** Addresses are placed no better than this, and a phone's network ends in another town. */
const BLUR_KILOMETRES = 250
/** Two sign-ins of one minute are not two of no time. */
const SHORTEST_HOURS = 1 / 60

export const impossibleTravel: Signal = ({ at, place, history, kilometresPerHour }) => {
  const here = positionOf(place)
  const last = [...(history?.places ?? [])].sort((a, b) => b.at - a.at).find((one) => positionOf(one) !== undefined)
  const there = positionOf(last)
  if (here === undefined || there === undefined || last === undefined) return SILENT
  const kilometres = kilometresBetween(there, here)
  const hours = Math.max(SHORTEST_HOURS, (at - last.at) / 3600)
  if (kilometres <= BLUR_KILOMETRES || kilometres / hours <= kilometresPerHour) return SILENT
  return {
    strength: 1,
    seen: { kilometres: Math.round(kilometres), minutes: Math.max(0, Math.round((at - last.at) / 60)), from: last.country },
  }
}

function positionOf(place: Pick<SeenPlace, 'latitude' | 'longitude'> | undefined): Position | undefined {
  if (place?.latitude === undefined || place.longitude === undefined) return undefined
  return { latitude: place.latitude, longitude: place.longitude }
}
