/** The Workflow port in one process: runs the very `.asl.json` that Step Functions runs. Executions live in memory; after a crash they are re-entered from their records. */
import { randomBytes } from 'node:crypto'
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { Log } from '@gatehouse/ports/log.ts'
import type { Workflow, WorkflowTask } from '@gatehouse/ports/workflow.ts'
import { type RunOptions, StateMachine } from 'aws-local-stepfunctions'
import { type AslDefinition, localDefinition, WAIT_SECONDS } from './local_definition.ts'
import { openWaitingTasks } from './waiting_tasks.ts'

export type AslWorkflowOptions = {
  readonly definition: AslDefinition
  /** It was found valid before anybody starts the house: looking takes a third of a second of the processor. */
  readonly isKnownToBeValid?: true
  readonly task: WorkflowTask
  readonly clock: Clock
  readonly log: Log
  /** How often the clocks of waiting tasks are looked at. */
  readonly tickMilliseconds?: number
  /** Instead of the definition's own intervals between retries. */
  readonly retryMilliseconds?: number
  /** Told once of each execution that ended, and why it failed if it did; not of those that `stop` ended. */
  readonly onEnd?: (tenantId: string, requestId: string, failure: string | undefined) => void
}

export type AslWorkflow = Workflow & {
  /** Executions that have not ended. */
  running(): number
  /** Ends all executions where they stand; resolves when the last task that was called has returned. */
  stop(): Promise<void>
}

type Output = Readonly<Record<string, unknown>>
type Handlers = NonNullable<NonNullable<RunOptions['overrides']>['taskResourceLocalHandlers']>
type Json = Parameters<Handlers[string]>[0]

export function openAslWorkflow({
  definition,
  isKnownToBeValid,
  task,
  clock,
  log,
  tickMilliseconds = 1000,
  retryMilliseconds,
  onEnd = () => {},
}: AslWorkflowOptions): AslWorkflow {
  const local = localDefinition(definition)
  // It is what AWS gets that is looked at, not what we made of it; throws where that is no state machine.
  if (!isKnownToBeValid) void new StateMachine(local.original)
  const machine = new StateMachine(local.definition, { validationOptions: { noValidate: true } })
  const executions = new Map<string, { abort: () => void }>()
  const calls = new Set<Promise<unknown>>()
  const waiting = openWaitingTasks(clock, tickMilliseconds)
  let stopped = false

  /** Nothing begins after `stop`: the execution is aborted, and reads no answer. */
  async function call({ task: name, ...input }: Output): Promise<Output> {
    if (stopped) return {}
    const under = task(String(name), input)
    calls.add(under)
    try {
      return await under
    } finally {
      calls.delete(under)
    }
  }

  async function waitForToken(token: string, parameters: Output): Promise<Output> {
    if (stopped) return {}
    const seconds = parameters[WAIT_SECONDS]
    const woken = waiting.wait(token, typeof seconds === 'number' ? seconds : undefined)
    call(payloadOf(parameters)).catch((error: unknown) => waiting.fail(token, error instanceof Error ? error : new Error(String(error))))
    return woken
  }

  function handlersOf(tokens: TaskTokens): Handlers {
    return Object.fromEntries(
      local.tasks.map(({ state, waits }) => [
        state,
        async (input: Json): Promise<Json> => {
          const parameters = recordOf(input)
          return toJson(waits ? await waitForToken(tokens.take(), parameters) : { Payload: await call(payloadOf(parameters)) })
        },
      ]),
    )
  }

  function run(tenantId: string, requestId: string): { abort: () => void; ended: Promise<unknown> } {
    const tokens = taskTokens()
    const retries =
      retryMilliseconds === undefined
        ? {}
        : { retryIntervalOverrides: Object.fromEntries(local.tasks.map(({ state }) => [state, retryMilliseconds])) }
    const { abort, result } = machine.run(
      { tenantId, requestId },
      { noThrowOnAbort: true, context: { Task: tokens.context }, overrides: { taskResourceLocalHandlers: handlersOf(tokens), ...retries } },
    )
    return { abort, ended: result }
  }

  return {
    async start(tenantId, requestId) {
      const name = `${tenantId}/${requestId}`
      if (stopped || executions.has(name)) return
      const { abort, ended } = run(tenantId, requestId)
      executions.set(name, { abort })
      ended
        .then(
          () => undefined,
          (error: unknown) => {
            log.write('warn', 'an execution failed', { tenant: tenantId, request: requestId, error: reasonOf(error) })
            return reasonOf(error)
          },
        )
        .then((failure) => {
          executions.delete(name)
          if (!stopped) onEnd(tenantId, requestId, failure)
        })
    },
    async signal(taskToken, output) {
      waiting.wake(taskToken, output)
    },
    running: () => executions.size,
    async stop() {
      stopped = true
      // Aborted first: what the wait answers then ends the execution instead of going on.
      for (const { abort } of executions.values()) abort()
      waiting.stop()
      await Promise.allSettled(calls)
    },
  }
}

type TaskTokens = { readonly context: { readonly Token: string }; take(): string }

/** The engine reads `$$.Task.Token` while it makes a task's parameters, and then calls its handler: that handler takes the token, and the next task gets another. */
function taskTokens(): TaskTokens {
  let token = newToken()
  return {
    context: {
      get Token() {
        return token
      },
    },
    take() {
      const taken = token
      token = newToken()
      return taken
    },
  }
}

function newToken(): string {
  return randomBytes(24).toString('base64url')
}

function payloadOf(parameters: Output): Output {
  return recordOf(parameters.Payload)
}

function recordOf(value: unknown): Output {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return { ...value }
  throw new TypeError('The parameters of a task are an object with a Payload.')
}

/** As it would travel: what JSON cannot say is gone. */
function toJson(output: Output): Json {
  return JSON.parse(JSON.stringify(output))
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.cause.name}: ${error.cause.message}` : error.message
}
