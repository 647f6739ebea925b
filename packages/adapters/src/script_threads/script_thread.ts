/** One thread in which scripts run, as the house sees it: it is given a script, answers what that asks, and is ended when it does not come back. */
import { MessageChannel, Worker } from 'node:worker_threads'
import type { ScriptOutcome, ScriptRun, Spent } from '@gatehouse/ports/script_engine.ts'
import type { Answer, Beginning, Call, FromThread, ToRun } from './messages.ts'

export type ScriptThread = {
  /** One at a time. Rejects when the thread could do nothing, or was ended. */
  run(run: ScriptRun, spent: Spent): Promise<ScriptOutcome>
  /** It takes no further run. */
  isOver(): boolean
  end(): Promise<void>
}

export type ScriptThreadOptions = { readonly engine: string; readonly patienceMilliseconds: number }

type Running = {
  readonly run: ScriptRun
  readonly spent: Spent
  /** The script was told nothing, and is to stop: what it does afterwards counts for nothing. */
  brokenOff: boolean
  patience?: NodeJS.Timeout
  readonly resolve: (outcome: ScriptOutcome) => void
  readonly reject: (error: unknown) => void
}

/** For the JavaScript around the engines; these have limits of their own. */
const RESOURCES = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 }
const IN_THREAD = '@gatehouse/adapters/script_threads/in_thread.ts'

export function openScriptThread({ engine, patienceMilliseconds }: ScriptThreadOptions): ScriptThread {
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const { port1: answers, port2 } = new MessageChannel()
  const workerData: Beginning = { engine, signal, answers: port2 }
  const worker = new Worker(new URL(import.meta.resolve(IN_THREAD)), {
    ...{ name: 'scripts', workerData, transferList: [port2], resourceLimits: RESOURCES },
    // A thread has no need of what the process was told.
    ...{ env: {}, execArgv: [] },
  })
  const gone = new Promise((resolve) => worker.on('exit', resolve))
  // Nobody waits for a thread that has nothing to do.
  worker.unref()
  let running: Running | undefined
  let hasBegun = false
  let over = false

  function finish(settle: (of: Running) => void): void {
    const was = running
    running = undefined
    worker.unref()
    if (was === undefined) return
    clearTimeout(was.patience)
    settle(was)
  }

  /** Of one that was ended in the midst of its work. */
  function fail(message: string, limit?: 'time'): void {
    over = true
    finish(({ brokenOff, resolve }) =>
      resolve(brokenOff ? { kind: 'suspended' } : { kind: 'failed', failure: { message, ...(limit === undefined ? {} : { limit }) } }),
    )
  }

  /** What a thread takes to begin is no script's time. */
  function begin(): void {
    hasBegun = true
    if (running !== undefined) watch(running)
  }

  function watch(of: Running): void {
    of.patience = setTimeout(() => {
      fail('the script takes too long', 'time')
      void worker.terminate()
    }, patienceMilliseconds)
  }

  function answer(answer: Answer): void {
    answers.postMessage(answer)
    Atomics.store(signal, 0, 1)
    Atomics.notify(signal, 0)
  }

  worker.on('message', (said: FromThread) => {
    if (said.kind === 'began') return begin()
    if (running === undefined) return
    if (said.kind === 'broke') return finish(({ reject }) => reject(said.error))
    try {
      const last = hear(running, said.calls)
      if (said.kind === 'asks') return answer({ answer: last })
    } catch (error) {
      if (said.kind === 'asks') return answer({ broke: String(error) })
      return finish(({ reject }) => reject(error))
    }
    finish(({ spent, resolve }) => {
      Object.assign(spent, said.spent)
      resolve(said.outcome)
    })
  })
  worker.on('error', (error) => {
    if (hasBegun) return fail(`the script broke its engine: ${error.message}`)
    // It has not come so far as a script.
    over = true
    finish(({ reject }) => reject(error))
  })
  worker.on('exit', (code) => {
    const isEnded = over
    over = true
    answers.close()
    if (hasBegun && !isEnded) return fail(`the script broke its engine: its thread ended with ${code}`)
    finish(({ reject }) => reject(new Error('the thread of the script was ended')))
  })

  return {
    run: ({ ask, known, ...given }, spent) =>
      new Promise((resolve, reject) => {
        running = { run: { ...given, ask, known }, spent, brokenOff: false, resolve, reject }
        worker.ref()
        if (hasBegun) watch(running)
        const toRun: ToRun = { ...given, known: known(), spent }
        worker.postMessage(toRun)
      }),
    isOver: () => over,
    async end() {
      over = true
      void worker.terminate()
      await gone
    },
  }
}

/** Undefined: one of them was told nothing, so the script is over. */
function hear(running: Running, calls: readonly Call[]): string | undefined {
  let last: string | undefined
  for (const [name, args] of calls) {
    last = running.run.ask(name, args)
    if (last !== undefined) continue
    running.brokenOff = true
    return undefined
  }
  return last
}
