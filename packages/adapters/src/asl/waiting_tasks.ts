/** Tasks that wait for their token: woken by a signal, or by the clock with `States.Timeout`. */
import type { Clock } from '@gatehouse/ports/clock.ts'

type Output = Readonly<Record<string, unknown>>
type Waiting = { readonly deadline: number; readonly resolve: (output: Output) => void; readonly reject: (error: Error) => void }

export type WaitingTasks = {
  /** Waits from now on; resolves with the signal's output. `seconds` undefined: without end. */
  wait(token: string, seconds: number | undefined): Promise<Output>
  /** False when nobody waits with this token. */
  wake(token: string, output: Output): boolean
  fail(token: string, error: Error): void
  /** Ends every wait with an empty output. */
  stop(): void
}

/** The name is what `Catch` asks for. */
class StatesTimeout extends Error {
  override readonly name = 'States.Timeout'
}

/** Deadlines are by `clock`, looked at every `tickMilliseconds`: a machine that slept is not late by its sleep, and a long wait needs no long timer. */
export function openWaitingTasks(clock: Clock, tickMilliseconds: number): WaitingTasks {
  const waiting = new Map<string, Waiting>()
  const timer = setInterval(tick, tickMilliseconds).unref()

  function tick(): void {
    const now = clock.now()
    for (const [token, { deadline, reject }] of waiting) {
      if (deadline > now) continue
      waiting.delete(token)
      reject(new StatesTimeout('The task waited for its whole time.'))
    }
  }

  return {
    wait(token, seconds) {
      const deadline = seconds === undefined ? Number.POSITIVE_INFINITY : clock.now() + seconds * 1000
      return new Promise((resolve, reject) => waiting.set(token, { deadline, resolve, reject }))
    },
    wake(token, output) {
      const found = waiting.get(token)
      waiting.delete(token)
      found?.resolve(output)
      return found !== undefined
    },
    fail(token, error) {
      const found = waiting.get(token)
      waiting.delete(token)
      found?.reject(error)
    },
    stop() {
      clearInterval(timer)
      for (const { resolve } of waiting.values()) resolve({})
      waiting.clear()
    },
  }
}
