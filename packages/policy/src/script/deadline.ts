/**
 * Ends work that does not end by itself. QuickJS looks up from its work after ten thousand turns of a loop, and not at all within one call of its own: a list
 * that is sorted again and again holds it for hours, and the whole process with it. V8 can be stopped from outside, also within WebAssembly, and `node:vm` does so.
 */
import { createContext, Script } from 'node:vm'

const CALL = new Script('work()')
const TOO_LATE = 'ERR_SCRIPT_EXECUTION_TIMEOUT'

/** One for all, since to make one takes milliseconds. What is called in it is ours. */
const place = createContext({ work: () => {} })

export type Ended<T> = { readonly value: T } | 'too_late'

/** What was stopped stands still where it was, without its `finally`: whatever it used is thrown away. */
export function endWithin<T>(milliseconds: number, work: () => T): Ended<T> {
  let ended: Ended<T> = 'too_late'
  place.work = () => {
    ended = { value: work() }
  }
  try {
    CALL.runInContext(place, { timeout: Math.max(1, Math.ceil(milliseconds)) })
  } catch (error) {
    if (!isTooLate(error)) throw error
  } finally {
    place.work = undefined
  }
  return ended
}

/** The error may be of the other realm, so no `instanceof`. */
function isTooLate(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === TOO_LATE
}
