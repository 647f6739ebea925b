/** What `approval.asl.json` calls: task name -> function. The input comes from an engine, perhaps late, twice, or from a former definition. */
import { IamError } from '@gatehouse/core/error.ts'
import { isId, isTenantId, type TenantId } from '@gatehouse/core/ids.ts'
import type { WorkflowTask } from '@gatehouse/ports/workflow.ts'
import type { ApprovalContext } from '../approval_context.ts'
import { decline } from './decline.ts'
import { fulfil } from './fulfil.ts'
import { openLevel } from './open_level.ts'
import { overdue } from './overdue.ts'
import type { TaskInput } from './task_input.ts'
import { type Signal, waitForDecision } from './wait_for_decision.ts'

type TaskOutput = Readonly<Record<string, unknown>>

const TASKS: Readonly<Record<string, (ctx: ApprovalContext, input: TaskInput, signal: Signal) => Promise<TaskOutput>>> = {
  open_level: openLevel,
  wait_for_decision: waitForDecision,
  overdue,
  fulfil,
  decline,
}

/** `contextOf` opens the tenant for background work; undefined when it is gone or suspended, and then there is nothing to do. */
export function approvalTasks(house: {
  readonly contextOf: (tenantId: TenantId) => Promise<ApprovalContext | undefined>
  readonly signal: Signal
}): WorkflowTask {
  return async (name, input) => {
    const task = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined
    if (!task) throw new IamError('invalid_request', `approvals have no task "${name}"`)
    const { tenantId, requestId, level, taskToken } = input
    if (typeof tenantId !== 'string' || !isTenantId(tenantId) || !isId('req', requestId)) {
      throw new IamError('invalid_request', `the task "${name}" needs a tenantId and a requestId`)
    }
    const ctx = await house.contextOf(tenantId)
    if (!ctx) return { kind: 'gone', level: 0, waitSeconds: 1 }
    return task(
      ctx,
      { requestId, level: typeof level === 'number' ? level : 0, taskToken: typeof taskToken === 'string' ? taskToken : '' },
      house.signal,
    )
  }
}
