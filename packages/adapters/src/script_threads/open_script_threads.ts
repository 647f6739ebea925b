/**
 * Scripts in threads of their own, so that the house answers while one runs, however long it takes. A few threads, begun when they are needed. Tenants take
 * turns; none has all the threads, so that a script that never ends holds up nobody of another tenant.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { ScriptEngine, ScriptOutcome, ScriptRun, Spent } from '@gatehouse/ports/script_engine.ts'
import { openScriptThread, type ScriptThread } from './script_thread.ts'

export type ScriptThreadsOptions = {
  /** Address of the module whose `engine` is a `ScriptEngine`: it is loaded in each thread. */
  readonly engine: string
  readonly threads?: number
  /** Of one tenant; more are told to come back. */
  readonly mostWaiting?: number
  /** Whoever waits longer is told to come back when the turn comes. */
  readonly longestWaitMilliseconds?: number
  /** An engine ends what takes long. One that has not come back after so long never will: its thread is ended, and another begun. */
  readonly patienceMilliseconds?: number
}

export type ScriptThreads = ScriptEngine & { close(): Promise<void> }

type Waiting = {
  readonly run: ScriptRun
  readonly spent: Spent
  readonly since: number
  readonly resolve: (outcome: ScriptOutcome) => void
  readonly reject: (error: unknown) => void
}
/** `of`: whose script it runs. `last`: whose it ran, and whose engine it has. */
type Place = { readonly thread: ScriptThread; of: string | undefined; last: string | undefined }

export function openScriptThreads({
  engine,
  threads = 2,
  mostWaiting = 100,
  longestWaitMilliseconds = 10_000,
  patienceMilliseconds = 10_000,
}: ScriptThreadsOptions): ScriptThreads {
  const mostOfATenant = Math.max(1, threads - 1)
  /** Tenant -> who waits, in order. Whose turn is next comes first. */
  const lines = new Map<string, Waiting[]>()
  const places = new Set<Place>()
  let closed = false

  function nextTenant(): string | undefined {
    const runningOf = (tenant: string) => [...places].filter(({ of }) => of === tenant).length
    return lines.keys().find((tenant) => runningOf(tenant) < mostOfATenant)
  }

  const isIdle = ({ of, thread }: Place) => of === undefined && !thread.isOver()

  function hasRoom(): boolean {
    for (const place of places) if (place.of === undefined && place.thread.isOver()) places.delete(place)
    return places.size < threads || [...places].some(isIdle)
  }

  /** One that knows the tenant, else one that has nothing to do, else a new one. */
  function takePlace(tenant: string): Place {
    const idle = [...places].filter(isIdle)
    const place = idle.find(({ last }) => last === tenant) ?? idle[0] ?? newPlace()
    place.of = place.last = tenant
    return place
  }

  function newPlace(): Place {
    const made: Place = { thread: openScriptThread({ engine, patienceMilliseconds }), of: undefined, last: undefined }
    places.add(made)
    return made
  }

  function takeFirst(tenant: string): Waiting | undefined {
    const line = lines.get(tenant)
    const first = line?.shift()
    lines.delete(tenant)
    if (line !== undefined && line.length > 0) lines.set(tenant, line)
    return first
  }

  function goOn(): void {
    for (let tenant = nextTenant(); tenant !== undefined && hasRoom(); tenant = nextTenant()) {
      const first = takeFirst(tenant)
      if (first === undefined) continue
      if (performance.now() - first.since > longestWaitMilliseconds) first.reject(tooMany())
      else void runFor(tenant, first)
    }
  }

  async function runFor(tenant: string, { run, spent, resolve, reject }: Waiting): Promise<void> {
    let place: Place | undefined
    try {
      place = takePlace(tenant)
      resolve(await place.thread.run(run, spent))
    } catch (error) {
      reject(error)
    } finally {
      if (place !== undefined) place.of = undefined
      if (!closed) goOn()
    }
  }

  return {
    async run(run, spent) {
      if (closed) throw new IamError('unavailable', 'The house is closing; try again.', { retryAfterSeconds: 2 })
      const line = lines.get(run.tenant) ?? []
      if (line.length >= mostWaiting) throw tooMany()
      return new Promise((resolve, reject) => {
        line.push({ run, spent, since: performance.now(), resolve, reject })
        lines.set(run.tenant, line)
        goOn()
      })
    },
    async close() {
      closed = true
      const waiting = [...lines.values()].flat()
      lines.clear()
      for (const { reject } of waiting) reject(new IamError('unavailable', 'The house is closing; try again.', { retryAfterSeconds: 2 }))
      await Promise.all([...places].map(({ thread }) => thread.end()))
    },
  }
}

function tooMany(): IamError {
  return new IamError('unavailable', 'Too many sign-ins at once; try again.', { retryAfterSeconds: 2 })
}
