/** The machine's clock. */
import type { Clock } from '@gatehouse/ports/clock.ts'

export const systemClock: Clock = { now: () => Date.now() }
