/** Work that the clock calls for: never twice at the same time, and what fails is told in the log and tried at the next turn. */
import type { Log } from '@gatehouse/ports/log.ts'

export type Recurring = {
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>
}

export function every(milliseconds: number, work: () => Promise<unknown>, log: Log, failure: string): Recurring {
  let underWay: Promise<unknown> | undefined
  const timer = setInterval(() => {
    underWay ??= work()
      .catch((error: unknown) => log.write('error', failure, { error: String(error) }))
      .finally(() => {
        underWay = undefined
      })
  }, milliseconds)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await underWay
    },
  }
}
