/** The password is right, and one of those that everybody tries. */
import { SILENT, type Signal } from '../signal.ts'

export const breachedPassword: Signal = ({ breachedPassword: known }) => (known ? { strength: 1 } : SILENT)
