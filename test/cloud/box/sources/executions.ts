/** The state machine of the plan: its own definition, run by the local engine; each task is an invocation of the function that the definition names, by the state machine's role. */
import { type AslWorkflow, openAslWorkflow } from '@gatehouse/adapters/asl/open_asl_workflow.ts'
import { AwsError } from '../aws/api.ts'
import type { BoxClock } from '../box_clock.ts'
import type { Functions } from '../functions/functions.ts'
import type { Authority, Principal } from '../iam/authority.ts'

export type MachineDefinition = {
  readonly arn: string
  readonly name: string
  readonly roleArn: string
  readonly definition: string
  readonly logs: boolean
}
export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED'
export type Execution = {
  readonly executionArn: string
  readonly stateMachineArn: string
  readonly name: string
  readonly status: Status
  readonly input: string
  readonly startDate: number
  readonly cause?: string
}

export type Executions = {
  /** Idempotent as the service is: the same name and input while it runs is the same execution, else `ExecutionAlreadyExists`. */
  start(machineArn: string, name: string, input: string): Promise<{ executionArn: string; startDate: number }>
  describe(executionArn: string): Execution | undefined
  all(): readonly Execution[]
  abort(executionArn: string): Promise<void>
  /** The machine whose task waits, or waited, with this token. */
  machineOf(token: string): string | undefined
  /** False where the task does not wait any more. */
  wake(token: string, output: Readonly<Record<string, unknown>>): Promise<boolean>
  /** What the log group of the state machines holds: executions that ended badly. */
  readonly log: readonly string[]
  /** Tasks under way; those that only wait for a token are not counted. */
  busy(): number
  stop(): Promise<void>
}

export type ExecutionsOptions = {
  readonly machines: readonly MachineDefinition[]
  readonly functions: Functions
  readonly authority: Authority
  readonly clock: BoxClock
  /** Told when an execution ended; the box makes EventBridge's event of it. */
  readonly ended: (execution: Execution) => void
}

type Running = { execution: Execution; readonly engine: AslWorkflow; inTask: number; token: string | undefined }

/** Instead of the definition's seconds between tries. */
const RETRY_MILLISECONDS = 50
const TICK_MILLISECONDS = 50
const LOG_DELIVERY = [
  'CreateLogDelivery',
  'GetLogDelivery',
  'UpdateLogDelivery',
  'DeleteLogDelivery',
  'ListLogDeliveries',
  'PutResourcePolicy',
  'DescribeResourcePolicies',
  'DescribeLogGroups',
]

export function openExecutions({ machines, functions, authority, clock, ended }: ExecutionsOptions): Executions {
  const executions = new Map<string, Running>()
  const tokens = new Map<string, Running>()
  const log: string[] = []

  async function task(machine: MachineDefinition, running: Running, name: string, input: Readonly<Record<string, unknown>>) {
    const token = typeof input.taskToken === 'string' ? input.taskToken : undefined
    // The engine has gone on to this task: no earlier one waits any more.
    running.token = token
    if (token !== undefined) tokens.set(token, running)
    running.inTask += 1
    try {
      const functionArn = functionOf(machine, name)
      const principal: Principal = {
        kind: 'role',
        arn: machine.roleArn,
        name: machine.roleArn.split('/').at(-1) ?? '',
        session: machine.name,
      }
      const verdict = authority.judge(principal, { action: 'lambda:InvokeFunction', resource: functionArn })
      if (!verdict.allowed) throw named('Lambda.AWSLambdaException', `may not invoke ${functionArn} ${verdict.reason}`)
      const outcome = await functions.invoke(functionArn, { task: name, ...input })
      if (outcome.error) throw named(outcome.error.errorType, outcome.error.errorMessage)
      return (outcome.result ?? {}) as Readonly<Record<string, unknown>>
    } finally {
      running.inTask -= 1
    }
  }

  /** Through CloudWatch's vended logs, which the state machine's role has to arrange: without any one of its rights there is no delivery. */
  function mayLog({ roleArn, logs, name }: MachineDefinition): boolean {
    const principal: Principal = { kind: 'role', arn: roleArn, name: roleArn.split('/').at(-1) ?? '', session: name }
    return logs && LOG_DELIVERY.every((action) => authority.judge(principal, { action: `logs:${action}`, resource: '*' }).allowed)
  }

  function end(running: Running, status: Status, cause?: string): void {
    const machine = machines.find(({ arn }) => arn === running.execution.stateMachineArn)
    if (status !== 'SUCCEEDED' && machine && mayLog(machine)) log.push(`${status} ${running.execution.name}`)
    running.execution = { ...running.execution, status, ...(cause === undefined ? {} : { cause }) }
    running.token = undefined
    ended(running.execution)
  }

  return {
    async start(machineArn, name, input) {
      const machine = machines.find(({ arn }) => arn === machineArn)
      if (!machine) throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`)
      if (!/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/]{1,80}$/.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`)
      const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`
      const before = executions.get(executionArn)?.execution
      if (before) {
        const { status, startDate } = before
        if (status === 'RUNNING' && before.input === input) return { executionArn, startDate }
        throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`)
      }
      const { tenantId, requestId } = JSON.parse(input) as { tenantId: string; requestId: string }
      const execution = { executionArn, stateMachineArn: machineArn, name, status: 'RUNNING', input, startDate: Date.now() / 1000 } as const
      const running: Running = {
        execution,
        inTask: 0,
        token: undefined,
        engine: openAslWorkflow({
          definition: JSON.parse(machine.definition),
          task: (taskName, taskInput) => task(machine, running, taskName, taskInput),
          clock,
          log: { write: () => {} },
          tickMilliseconds: TICK_MILLISECONDS,
          retryMilliseconds: RETRY_MILLISECONDS,
          onEnd: (_tenantId, _requestId, failure) => end(running, failure === undefined ? 'SUCCEEDED' : 'FAILED', failure),
        }),
      }
      executions.set(executionArn, running)
      await running.engine.start(tenantId, requestId)
      return { executionArn, startDate: execution.startDate }
    },
    describe: (executionArn) => executions.get(executionArn)?.execution,
    all: () => [...executions.values()].map(({ execution }) => execution),
    async abort(executionArn) {
      const running = executions.get(executionArn)
      if (running?.execution.status !== 'RUNNING') return
      await running.engine.stop()
      end(running, 'ABORTED')
    },
    log,
    machineOf: (token) => tokens.get(token)?.execution.stateMachineArn,
    async wake(token, output) {
      const running = tokens.get(token)
      if (running?.token !== token || running.execution.status !== 'RUNNING') return false
      running.token = undefined
      await running.engine.signal(token, output)
      return true
    },
    busy: () =>
      [...executions.values()].filter(
        ({ execution, inTask, token }) => execution.status === 'RUNNING' && (inTask > 0 || token === undefined),
      ).length,
    stop: async () => void (await Promise.all([...executions.values()].map(({ engine }) => engine.stop()))),
  }
}

type State = {
  readonly Type: string
  readonly Parameters?: { readonly FunctionName?: string; readonly Payload?: { readonly task?: string } }
}

/** The engine hands over what the payload says; the definition says whom it is for. */
function functionOf({ definition, name }: MachineDefinition, task: string): string {
  const { States } = JSON.parse(definition) as { readonly States: Readonly<Record<string, State>> }
  const state = Object.values(States).find(({ Parameters }) => Parameters?.Payload?.task === task)
  const functionName = state?.Parameters?.FunctionName
  if (functionName === undefined) throw new TypeError(`${name}: no state calls a function with the task ${task}`)
  return functionName
}

/** `Retry` and `Catch` go by the name. */
function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}
