/** The event that says a level has a task now: the relay mails its approvers. `reminder` and `escalated` say why they are mailed again. */
import type { ApprovalRequest } from '@gatehouse/core/approval/request.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { ApprovalContext } from './approval_context.ts'

export function taskOpenedEvent(
  ctx: ApprovalContext,
  request: ApprovalRequest,
  why: { reminder?: number; escalated?: true } = {},
): HouseEvent {
  const level = request.state.kind === 'waiting' ? request.state.level : request.levels.length
  // Not audited: the decision before it, or the opening, is the record of the same act.
  return ctx.stores.shelf.event('request.task_opened', {
    actor: ctx.actor,
    requestId: request.id,
    data: { operation: request.operation, level, ...why },
    audited: false,
  })
}
