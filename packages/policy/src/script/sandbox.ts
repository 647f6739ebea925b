/**
 * Runs one script once, in QuickJS: an engine in WebAssembly that sees what it is handed and nothing else. The script asks the host by one function, whose words
 * are JSON both ways. Where the host has no answer yet the run is broken off, and begins anew when there is one.
 */
import type { ScriptEngine, ScriptFailure, ScriptOutcome, ScriptRun, Spent } from '@gatehouse/ports/script_engine.ts'
import variant from '@jitl/quickjs-singlefile-mjs-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core'
import { endWithin } from './deadline.ts'

export type SandboxLimits = {
  readonly memoryBytes: number
  readonly stackBytes: number
  /** Of some ten thousand steps each. The same script with the same answers meets it at the same place, whatever the machine. */
  readonly intervals: number
  /** The last resort, where few steps take long: for so long nobody else of the thread gets on. */
  readonly milliseconds: number
}

/** A deeper stack would end the engine's own before QuickJS notices. */
export const LIMITS: SandboxLimits = { memoryBytes: 8_000_000, stackBytes: 32_768, intervals: 300, milliseconds: 2_000 }

const MOST_OF_A_REQUEST: Spent = { intervals: 900, milliseconds: 3_000 }

/** So much longer may one call within the engine take, which does not look up: a run that ends by itself says at which line. */
const LATE_MILLISECONDS = 250

const FILE = 'script.js'
const MOST_ENGINES = 8
const engines = new Map<string, Promise<QuickJSWASMModule>>()

/** In the thread that calls it, which does nothing else meanwhile. */
export const engine: ScriptEngine = { run: (run, spent) => runScript(run, spent) }

export async function runScript(run: ScriptRun, spent: Spent, limits: SandboxLimits = LIMITS): Promise<ScriptOutcome> {
  const own = await engineOf(run.tenant)
  const guard = openGuard(limits, spent)
  const runtime = own.newRuntime()
  try {
    runtime.setMemoryLimit(limits.memoryBytes)
    runtime.setMaxStackSize(limits.stackBytes)
    runtime.setInterruptHandler(guard.interrupt)
    const ended = endWithin(guard.milliseconds + LATE_MILLISECONDS, () => {
      const context = runtime.newContext()
      const outcome = runIn(context, run, guard)
      close(context, runtime)
      return outcome
    })
    if (ended !== 'too_late') return ended.value
    // It was stopped in the midst of its work.
    engines.delete(run.tenant)
    return guard.suspended ? { kind: 'suspended' } : { kind: 'failed', failure: { message: WORDS.time, limit: 'time' } }
  } catch (error) {
    // The engine itself came to an end (its stack, its memory): nothing in it is trusted any more. Whoever comes next gets a new one.
    engines.delete(run.tenant)
    return guard.suspended
      ? { kind: 'suspended' }
      : { kind: 'failed', failure: { message: `the script broke its engine: ${String(error)}`, limit: 'stack' } }
  } finally {
    guard.end()
  }
}

function runIn(context: QuickJSContext, run: ScriptRun, guard: Guard): ScriptOutcome {
  const host = context.newFunction('host', (name, args) => {
    const answer = guard.suspended ? undefined : run.ask(context.getString(name), context.getString(args))
    if (answer !== undefined) return context.newString(answer)
    guard.suspended = true
    throw new Error('the answer is not there yet')
  })
  const facts = context.newString(run.facts)
  const handles: QuickJSHandle[] = [host, facts]
  const step = (result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle | ScriptOutcome => {
    const handle = result.error ?? result.value
    handles.push(handle)
    if (guard.suspended) return { kind: 'suspended' }
    return result.error ? { kind: 'failed', failure: failureOf(context, result.error, guard) } : handle
  }
  try {
    const make = step(context.evalCode(run.prelude, 'prelude.js'))
    if ('kind' in make) return make
    const start = step(context.callFunction(make, context.undefined, host, facts))
    if ('kind' in start) return start
    const evaluated = step(context.evalCode(run.script, FILE))
    if ('kind' in evaluated) return evaluated
    const entry = step(context.evalCode(`typeof ${run.entry} === 'function' ? ${run.entry} : undefined`, 'entry.js'))
    if ('kind' in entry) return entry
    if (context.typeof(entry) !== 'function') return { kind: 'failed', failure: { message: `there is no function ${run.entry}` } }
    const finished = step(context.callFunction(start, context.undefined, entry))
    return 'kind' in finished ? finished : { kind: 'finished' }
  } finally {
    for (const handle of handles) if (handle.alive) handle.dispose()
  }
}

function close(context: QuickJSContext, runtime: QuickJSRuntime): void {
  context.dispose()
  runtime.dispose()
}

type Guard = {
  suspended: boolean
  reached: ScriptFailure['limit']
  readonly milliseconds: number
  readonly interrupt: () => boolean
  /** Adds to what was spent. */
  readonly end: () => void
}

/** A script may catch what the host throws; from then on it gets nothing, and is stopped at the next interval. */
function openGuard(limits: SandboxLimits, spent: Spent): Guard {
  const startedAt = performance.now()
  const elapsed = () => performance.now() - startedAt
  const intervals = Math.min(limits.intervals, MOST_OF_A_REQUEST.intervals - spent.intervals)
  const milliseconds = Math.min(limits.milliseconds, MOST_OF_A_REQUEST.milliseconds - spent.milliseconds)
  let passed = 0
  const guard: Guard = {
    suspended: false,
    reached: undefined,
    milliseconds,
    interrupt() {
      passed++
      if (guard.suspended) return true
      guard.reached = passed > intervals ? 'steps' : elapsed() > milliseconds ? 'time' : guard.reached
      return guard.reached !== undefined
    },
    end() {
      spent.intervals += passed
      spent.milliseconds += elapsed()
    },
  }
  return guard
}

const WORDS: Readonly<Record<NonNullable<ScriptFailure['limit']>, string>> = {
  steps: 'the script takes too many steps',
  time: 'the script takes too long',
  memory: 'the script takes too much memory',
  stack: 'the script calls itself too deeply',
}

function failureOf(context: QuickJSContext, error: QuickJSHandle, guard: Guard): ScriptFailure {
  const [message, stack] = ['message', 'stack'].map((name) => textOf(context, error, name))
  // Afterwards: to read what was thrown may be to run the script.
  const limit =
    guard.reached ??
    (/out of memory|string too long/.test(message ?? '') ? 'memory' : /stack overflow/.test(message ?? '') ? 'stack' : undefined)
  const place = /script\.js:(\d+):(\d+)/.exec(stack ?? '')
  return {
    message: (limit ? WORDS[limit] : message || 'the script threw something that is no error').slice(0, 300),
    ...(place ? { line: Number(place[1]), column: Number(place[2]) } : {}),
    ...(limit ? { limit } : {}),
  }
}

/** What was thrown may be anything, also an object whose properties throw. */
function textOf(context: QuickJSContext, error: QuickJSHandle, name: string): string {
  if (context.typeof(error) !== 'object') return name === 'message' ? context.getString(error) : ''
  const property = context.getProp(error, name)
  const text = context.typeof(property) === 'string' ? context.getString(property) : ''
  property.dispose()
  return text
}

function engineOf(tenant: string): Promise<QuickJSWASMModule> {
  const known = engines.get(tenant)
  if (known !== undefined) return known
  const oldest = engines.size >= MOST_ENGINES ? engines.keys().next() : undefined
  if (oldest && !oldest.done) engines.delete(oldest.value)
  const made = newQuickJSWASMModuleFromVariant(variant)
  made.catch(() => engines.delete(tenant))
  engines.set(tenant, made)
  return made
}
