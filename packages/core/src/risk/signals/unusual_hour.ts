/** An hour of the day at which this person does not sign in: neither at it nor beside it, of enough sign-ins to speak of a habit. */
import { HOURS, hourOf } from '../history.ts'
import { SILENT, type Signal } from '../signal.ts'

const ENOUGH = 20
/** Who signs in at all hours has no usual ones. */
const MOST_USUAL_HOURS = 18

export const unusualHour: Signal = ({ at, history }) => {
  const hours = history?.hours ?? []
  const total = hours.reduce((sum, count) => sum + count, 0)
  if (total < ENOUGH || hours.filter((count) => count > 0).length > MOST_USUAL_HOURS) return SILENT
  const hour = hourOf(at)
  const near = [-1, 0, 1].some((step) => (hours[(hour + step + HOURS) % HOURS] ?? 0) > 0)
  return near ? SILENT : { strength: 1, seen: { hour } }
}
