/** The Workflow over Step Functions: one running execution for each request, whatever comes twice or late. */
import { executionName, openStepFunctionsWorkflow } from '@gatehouse/adapters/step_functions/open_step_functions_workflow.ts'
import { afterEach, expect, test } from 'vitest'
import { type Arrival, type Loopback, openLoopback, operationOf, type Reply, refuse } from './loopback.ts'

const MACHINE = 'arn:aws:states:eu-central-1:123456789012:stateMachine:approval'
const REQUEST = 'req_0123456789abcdef'

let aws: Loopback
afterEach(() => aws.close())

/** Names and whether they run, as Step Functions keeps them for 90 days. */
async function openStates(executions: Map<string, 'RUNNING' | 'FAILED'>): Promise<Loopback> {
  const operations: Record<string, (input: Record<string, string>) => Reply> = {
    StartExecution({ name = '' }) {
      if (executions.has(name)) return refuse('ExecutionAlreadyExists')
      executions.set(name, 'RUNNING')
      return { body: { executionArn: name } }
    },
    DescribeExecution({ executionArn = '' }) {
      const status = executions.get(executionArn.split(':').at(-1) ?? '')
      return status === undefined ? refuse('ExecutionDoesNotExist') : { body: { status } }
    },
  }
  const answer = (arrival: Arrival): Reply => operations[operationOf(arrival)]?.(JSON.parse(arrival.body)) ?? refuse('UnknownOperation')
  return openLoopback('SFN', answer)
}

test('an execution is named by tenant and request, and told both', async () => {
  const executions = new Map()
  aws = await openStates(executions)

  await openStepFunctionsWorkflow({ access: aws.access, stateMachineArn: MACHINE }).start('main', REQUEST)

  expect([...executions]).toEqual([[`main.${REQUEST}`, 'RUNNING']])
  const { input, stateMachineArn } = JSON.parse(aws.arrivals[0]?.body ?? '{}')
  expect(JSON.parse(input)).toEqual({ tenantId: 'main', requestId: REQUEST })
  expect(stateMachineArn).toBe(MACHINE)
})

test('one that runs is left alone', async () => {
  const executions = new Map([[`main.${REQUEST}`, 'RUNNING' as const]])
  aws = await openStates(executions)

  await openStepFunctionsWorkflow({ access: aws.access, stateMachineArn: MACHINE }).start('main', REQUEST)

  expect(executions.size).toBe(1)
})

test('one that died is entered again, under the next name', async () => {
  const executions = new Map<string, 'RUNNING' | 'FAILED'>([
    [`main.${REQUEST}`, 'FAILED'],
    [`main.${REQUEST}.2`, 'FAILED'],
  ])
  aws = await openStates(executions)

  await openStepFunctionsWorkflow({ access: aws.access, stateMachineArn: MACHINE }).start('main', REQUEST)

  expect(executions.get(`main.${REQUEST}.3`)).toBe('RUNNING')
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
