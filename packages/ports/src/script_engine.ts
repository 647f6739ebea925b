/**
 * Where adaptive scripts run. A roof that answers many people in one process says where, so that a script holds nobody up but whoever signs in by it; one whose
 * process answers one request at a time says nothing.
 */
export interface ScriptEngine {
  /** Throws `IamError('unavailable')` where too many wait. Adds to `spent`. */
  run(run: ScriptRun, spent: Spent): Promise<ScriptOutcome>
}

export type ScriptRun = {
  /** Whose: each tenant has an engine of its own, so that what one script did to its engine is nothing to another tenant. */
  readonly tenant: string
  /** Evaluates to a function that takes the host's function and `facts`, and gives the function that is called with the script's entry. */
  readonly prelude: string
  /** JSON. */
  readonly facts: string
  readonly script: string
  readonly entry: string
  /** Takes a name and JSON, gives JSON; undefined breaks the run off. */
  readonly ask: (name: string, args: string) => string | undefined
  /** What `ask` answers to the first calls, in their order, where they have these names. Whoever goes by it still calls `ask` for each, in order, later. */
  readonly known: () => readonly KnownAnswer[]
}

export type KnownAnswer = { readonly name: string; readonly answer: string }

export type ScriptFailure = {
  readonly message: string
  readonly line?: number
  readonly column?: number
  readonly limit?: 'steps' | 'time' | 'memory' | 'stack'
}

export type ScriptOutcome = { readonly kind: 'finished' | 'suspended' } | { readonly kind: 'failed'; readonly failure: ScriptFailure }

/** What the runs of one request have taken so far, together: a script that is run a hundred times is no hundred times as dear. */
export type Spent = { intervals: number; milliseconds: number }
