/** Somebody was quicker: reads everything again and decides anew, a few times. */
import { IamError } from '@gatehouse/core/error.ts'

const TRIES = 8

/** `attempt` answers undefined when what it had read was stale. */
export async function untilFresh<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    const done = await attempt()
    if (done !== undefined) return done
  }
  throw new IamError('unavailable', 'this request is being changed by others at the moment', { retryAfterSeconds: 1 })
}
