/** Somebody guessed at this person's password before it was right. A slip of the finger is none. */
import { SILENT, type Signal } from '../signal.ts'

export const SLIPS = 2
export const CERTAIN = 5

export const failedTries: Signal = ({ failedTries: count }) =>
  count <= SLIPS ? SILENT : { strength: Math.min(1, (count - SLIPS) / (CERTAIN - SLIPS)), seen: { tries: count } }
