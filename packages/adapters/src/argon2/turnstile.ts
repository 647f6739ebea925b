/** Lets a few through at a time, in order, and turns the crowd behind them away: a burst cannot exhaust the memory. */
import { IamError } from '@gatehouse/core/error.ts'

export type Turnstile = {
  /** A place in the queue for as long as `work` takes, or a refusal at once. Whoever has one is not turned away any more. */
  admit<Result>(work: () => Promise<Result>): Promise<Result>
  /** For those who are admitted: waits for a turn. */
  pass<Result>(work: () => Promise<Result>): Promise<Result>
}

export function openTurnstile(concurrency: number, maximumWaiting: number): Turnstile {
  const waiting: (() => void)[] = []
  let admitted = 0
  let running = 0

  return {
    async admit(work) {
      if (admitted >= concurrency + maximumWaiting)
        throw new IamError('unavailable', 'Too many sign-ins at once; try again.', { retryAfterSeconds: 2 })
      admitted += 1
      try {
        return await work()
      } finally {
        admitted -= 1
      }
    },
    async pass(work) {
      if (running < concurrency) running += 1
      // The turn is handed over, not given back: nobody can slip in between.
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next === undefined) running -= 1
        else next()
      }
    },
  }
}
