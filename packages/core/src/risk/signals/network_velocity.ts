/** Many people with new devices come from one network within the hour: a list of stolen passwords is being tried. An office is full of devices that are known. */
import { SILENT, type Signal } from '../signal.ts'

const USUAL = 3
const CERTAIN = 10

export const networkVelocity: Signal = ({ newcomers }) =>
  newcomers <= USUAL ? SILENT : { strength: Math.min(1, (newcomers - USUAL) / (CERTAIN - USUAL)), seen: { people: newcomers } }
