/**
 * A state machine of Step Functions, made ready for `aws-local-stepfunctions`. That engine resolves `TimeoutSecondsPath` after `Parameters`, unlike AWS, and
 * gives a task without a timeout 60 seconds; so the timeout of a waiting task becomes one of its parameters, and the adapter keeps the clock.
 */
import type { StateMachineDefinition } from 'aws-local-stepfunctions'

/** Parsed JSON; the engine's validator says whether it is a state machine. */
export type AslDefinition = Readonly<Record<string, unknown>>
export type LocalTask = { readonly state: string; readonly waits: boolean }
/** `original` is what AWS gets, `definition` what the local engine gets. */
export type LocalDefinition = {
  readonly original: StateMachineDefinition
  readonly definition: StateMachineDefinition
  readonly tasks: readonly LocalTask[]
}

/** Of the engine's own timer; the longest that a Node timer takes is a little more. */
const NEVER_SECONDS = 2_000_000
export const WAIT_SECONDS = 'WaitSeconds'

export function localDefinition(parsed: AslDefinition): LocalDefinition {
  const original = parsed as unknown as StateMachineDefinition
  const definition = structuredClone(original)
  const tasks: LocalTask[] = []
  for (const [name, state] of Object.entries(definition.States)) {
    if (state.Type !== 'Task') continue
    const waits = state.Resource.endsWith('.waitForTaskToken')
    tasks.push({ state: name, waits })
    if (!waits) continue
    const { TimeoutSecondsPath: path, TimeoutSeconds: seconds } = state
    const parameters = state.Parameters
    if (parameters === null || typeof parameters !== 'object' || Array.isArray(parameters))
      throw new TypeError(`The waiting task "${name}" has no Parameters.`)
    if (path !== undefined) parameters[`${WAIT_SECONDS}.$`] = path
    else if (seconds !== undefined) parameters[WAIT_SECONDS] = seconds
    delete state.TimeoutSecondsPath
    state.TimeoutSeconds = NEVER_SECONDS
  }
  return { original, definition, tasks }
}
