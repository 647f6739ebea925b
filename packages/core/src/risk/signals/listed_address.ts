/** The address stands on a list that the tenant keeps, or follows. */
import { SILENT, type Signal } from '../signal.ts'

export const listedAddress: Signal = ({ listed }) => (listed ? { strength: 1 } : SILENT)
