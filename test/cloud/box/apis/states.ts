/** Step Functions' API over the executions of the box. */

import { type Api, AwsError, type Call, textOf } from '../aws/api.ts'
import { jsonProtocol } from '../aws/protocols.ts'
import type { Executions } from '../sources/executions.ts'

export function statesApi(executions: Executions): Api {
  const machineOfToken = ({ input }: Call): string => {
    const token = textOf(input, 'taskToken')
    const machine = executions.machineOf(token)
    if (machine === undefined) throw new AwsError('InvalidToken', 'Invalid token')
    return machine
  }
  const onExecution = (action: string) => ({
    needs: ({ input }: Call) => [{ action: `states:${action}`, resource: textOf(input, 'executionArn') }],
  })
  const execution = ({ input }: Call) => {
    const found = executions.describe(textOf(input, 'executionArn'))
    if (!found) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${textOf(input, 'executionArn')}'`)
    return found
  }
  return {
    prefix: 'states',
    protocol: jsonProtocol('1.0', 'com.amazonaws.swf.service.v2.model'),
    denial: { code: 'AccessDeniedException', status: 400 },
    operations: {
      StartExecution: {
        needs: ({ input }) => [{ action: 'states:StartExecution', resource: textOf(input, 'stateMachineArn') }],
        run: ({ input }) => executions.start(textOf(input, 'stateMachineArn'), textOf(input, 'name'), String(input.input ?? '{}')),
      },
      DescribeExecution: { ...onExecution('DescribeExecution'), run: execution },
      StopExecution: {
        ...onExecution('StopExecution'),
        run: async (call) => {
          await executions.abort(execution(call).executionArn)
          return { stopDate: Date.now() / 1000 }
        },
      },
      SendTaskSuccess: {
        // The service allows this by the state machine that the token is of.
        needs: (call) => [{ action: 'states:SendTaskSuccess', resource: machineOfToken(call) }],
        run: async ({ input }) => {
          const token = textOf(input, 'taskToken')
          const woken = await executions.wake(token, JSON.parse(textOf(input, 'output')))
          if (!woken) throw new AwsError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`)
          return {}
        },
      },
    },
  }
}
