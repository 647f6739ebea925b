/** A country that this person has not signed in from. Where nothing is remembered, or the place is not known, there is nothing to compare. */
import { SILENT, type Signal } from '../signal.ts'

export const newCountry: Signal = ({ place, history }) => {
  if (place === undefined || history === undefined || history.places.length === 0) return SILENT
  if (history.places.some(({ country }) => country === place.country)) return SILENT
  return { strength: 1, seen: { country: place.country } }
}
