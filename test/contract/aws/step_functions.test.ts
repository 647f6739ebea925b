/** The Workflow over Step Functions: one running execution for each request, whatever comes twice or late. */
import { executionName, openStepFunctionsWorkflow } from '@gatehouse/adapters/step_functions/open_step_functions_workflow.ts'
import { afterEach, expect, test } from 'vitest'
import { type Arrival, type Loopback, openLoopback, operationOf, type Reply, refuse } from './loopback.ts'

const MACHINE = 'arn:aws:states:eu-central-1:123456789012:stateMachine:approval'
const REQUEST = 'req_0123456789abcdef'

let aws: Loopback
afterEach(() => aws.close())

/** As Step Functions keeps them, for 90 days after they ended. */
type Executions = Map<string, { readonly status: 'RUNNING' | 'FAILED'; readonly input: string }>

const INPUT = JSON.stringify({ tenantId: 'main', requestId: REQUEST })

async function openStates(executions: Executions): Promise<Loopback> {
  return openLoopback('SFN', (arrival: Arrival): Reply => {
    if (operationOf(arrival) !== 'StartExecution') return refuse('UnknownOperation')
    const { name, input } = JSON.parse(arrival.body)
    const before = executions.get(name)
    if (before && (before.status !== 'RUNNING' || before.input !== input)) return refuse('ExecutionAlreadyExists')
    executions.set(name, { status: 'RUNNING', input })
    return { body: { executionArn: name } }
  })
}

test('an execution is named by tenant and request, and told both', async () => {
  const executions: Executions = new Map()
  aws = await openStates(executions)

  await openStepFunctionsWorkflow({ access: aws.access, stateMachineArn: MACHINE }).start('main', REQUEST)

  expect([...executions]).toEqual([[`main.${REQUEST}`, { status: 'RUNNING', input: INPUT }]])
  const { input, stateMachineArn } = JSON.parse(aws.arrivals[0]?.body ?? '{}')
  expect(JSON.parse(input)).toEqual({ tenantId: 'main', requestId: REQUEST })
  expect(stateMachineArn).toBe(MACHINE)
})

test('one that runs is left alone', async () => {
  const executions: Executions = new Map([[`main.${REQUEST}`, { status: 'RUNNING', input: INPUT }]])
  aws = await openStates(executions)

  await openStepFunctionsWorkflow({ access: aws.access, stateMachineArn: MACHINE }).start('main', REQUEST)

  expect(executions.size).toBe(1)
})

test('one that died is entered again, under the next name', async () => {
  const ended = { status: 'FAILED', input: INPUT } as const
  const executions: Executions = new Map([
    [`main.${REQUEST}`, ended],
    [`main.${REQUEST}.2`, ended],
  ])
  aws = await openStates(executions)

  await openStepFunctionsWorkflow({ access: aws.access, stateMachineArn: MACHINE }).start('main', REQUEST)

  expect(executions.get(`main.${REQUEST}.3`)?.status).toBe('RUNNING')
})

test('an execution that cannot be started is told', async () => {
  aws = await openLoopback('SFN', () => refuse('StateMachineDoesNotExist'))
  const workflow = openStepFunctionsWorkflow({ access: aws.access, stateMachineArn: MACHINE })

  await expect(workflow.start('main', REQUEST)).rejects.toMatchObject({ code: 'StateMachineDoesNotExist' })
})

test.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('waking a task whose token is gone (%s) is success', async (name) => {
  aws = await openLoopback('SFN', () => refuse(name))

  await openStepFunctionsWorkflow({ access: aws.access, stateMachineArn: MACHINE }).signal('token', { decided: true })

  expect(JSON.parse(aws.arrivals[0]?.body ?? '{}')).toEqual({ taskToken: 'token', output: '{"decided":true}' })
})

test('waking that failed otherwise is told', async () => {
  aws = await openLoopback('SFN', () => refuse('AccessDeniedException'))

  await expect(openStepFunctionsWorkflow({ access: aws.access, stateMachineArn: MACHINE }).signal('token', {})).rejects.toThrow()
})

test('names are short enough, and those of long tenants differ', () => {
  const long = 'a'.repeat(63)
  const request = `req_${'b'.repeat(30)}`

  const names = [executionName(long, request, 99), executionName(`${long.slice(1)}c`, request, 99), executionName('main', request, 1)]

  expect(names.every((name) => name.length <= 80)).toBe(true)
  expect(new Set(names).size).toBe(3)
})
