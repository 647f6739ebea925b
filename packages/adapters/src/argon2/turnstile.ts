/** Lets a few through at a time, in order, and turns the crowd behind them away: a burst cannot exhaust the memory. */
import { IamError } from '@gatehouse/core/error.ts'

export function openTurnstile(concurrency: number, maximumWaiting: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = []
  let running = 0

  return async (work) => {
    if (running < concurrency) running += 1
    else {
      if (waiting.length >= maximumWaiting)
        throw new IamError('unavailable', 'Too many sign-ins at once; try again.', { retryAfterSeconds: 2 })
      // The turn is handed over, not given back: nobody can slip in between.
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
