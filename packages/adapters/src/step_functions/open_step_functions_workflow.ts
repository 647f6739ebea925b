/** The Workflow port over Step Functions: executions are named by their request, so that starting one twice is the same as once. */
import { createHash } from 'node:crypto'
import type { Workflow } from '@gatehouse/ports/workflow.ts'
import type { AwsAccess } from '../aws/aws_access.ts'
import { isAwsError } from '../aws/aws_error.ts'
import { openAwsJson } from '../aws/open_aws_json.ts'

export type StepFunctionsOptions = { readonly access: AwsAccess; readonly stateMachineArn: string }

/** An execution's name stays taken for 90 days after it closed: a request that is re-entered gets the next. */
const MOST_EXECUTIONS = 100
const LONGEST_NAME = 80

export function openStepFunctionsWorkflow({ access, stateMachineArn }: StepFunctionsOptions): Workflow {
  const states = openAwsJson({ access, service: 'SFN', target: 'AWSStepFunctions', version: '1.0' })

  return {
    async start(tenantId, requestId) {
      const input = JSON.stringify({ tenantId, requestId })
      for (let count = 1; count <= MOST_EXECUTIONS; count++) {
        const name = executionName(tenantId, requestId, count)
        try {
          // The same name and input while it runs is the same execution, and success: so says the service. "Already exists" is one that has ended.
          return void (await states('StartExecution', { stateMachineArn, name, input }))
        } catch (error) {
          if (!isAwsError(error, 'ExecutionAlreadyExists')) throw error
        }
      }
      throw new Error(`the request ${requestId} was re-entered ${MOST_EXECUTIONS} times`)
    },
    async signal(taskToken, output) {
      try {
        await states('SendTaskSuccess', { taskToken, output: JSON.stringify(output) })
      } catch (error) {
        // The execution went on, or died, without it: the record is the truth, and whoever is next reads it.
        if (!isAwsError(error, 'TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken')) throw error
      }
    },
  }
}

/** Tenant and request, and from the second on a number. Names are short; a tenant's is cut where both do not fit, and told apart by its hash. */
export function executionName(tenantId: string, requestId: string, count: number): string {
  const suffix = count === 1 ? '' : `.${count}`
  const room = LONGEST_NAME - requestId.length - 1 - '.100'.length
  const tenant =
    tenantId.length <= room ? tenantId : `${tenantId.slice(0, room - 9)}.${createHash('sha256').update(tenantId).digest('hex').slice(0, 8)}`
  return `${tenant}.${requestId}${suffix}`
}
