/** What AWS sometimes does to a call: refuses it, takes it and loses the answer, ends the caller, lets it wait. Asked for by a test, for so many calls. */
import type { AwsError } from './api.ts'

export type FaultCall = { readonly service: string; readonly operation: string; readonly role: string; readonly input: unknown }

export type Fault = {
  /** `refuse`: the call does nothing. `lose`: it is done, and the caller's connection ends without an answer. `kill`: it is done, and the caller's process ends. */
  readonly kind: 'refuse' | 'lose' | 'delay' | 'kill'
  readonly when: (call: FaultCall) => boolean
  readonly times: number
  /** Of `refuse`. */
  readonly error?: AwsError
  /** Of `delay`: what it waits for. */
  readonly until?: Promise<unknown>
}

export type Faults = {
  /** Gives how often it has happened. */
  plan(fault: Fault): () => number
  next(call: FaultCall): Fault | undefined
  clear(): void
}

export function openFaults(): Faults {
  let planned: { fault: Fault; left: number }[] = []
  return {
    plan(fault) {
      const entry = { fault, left: fault.times }
      planned.push(entry)
      return () => fault.times - entry.left
    },
    next(call) {
      const found = planned.find(({ fault, left }) => left > 0 && fault.when(call))
      if (found) found.left -= 1
      return found?.fault
    },
    clear: () => {
      planned = []
    },
  }
}
