/** What the relay does for approvals, by kind of event. Each is safe to repeat: the engine takes a second start and a second signal for the first. */
import type { EventKind, HouseEvent } from '@gatehouse/core/event.ts'
import type { Workflow } from '@gatehouse/ports/workflow.ts'
import type { ApprovalContext } from './approval_context.ts'
import { recheckAssignments } from './assignment.ts'

type Handler = (ctx: ApprovalContext, event: HouseEvent, workflow: Workflow) => Promise<void>

export const APPROVAL_HANDLERS: Readonly<Partial<Record<EventKind, Handler>>> = {
  'request.opened': startWorkflow,
  'request.decided': wakeWorkflow,
  'request.finished': wakeWorkflow,
  'user.roles_changed': (ctx) => recheckAssignments(ctx),
  'user.activated': (ctx) => recheckAssignments(ctx),
  'user.suspended': (ctx) => recheckAssignments(ctx),
  'user.deleted': (ctx) => recheckAssignments(ctx),
  'role.changed': (ctx) => recheckAssignments(ctx),
}

async function startWorkflow(ctx: ApprovalContext, event: HouseEvent, workflow: Workflow): Promise<void> {
  if (event.requestId) await workflow.start(ctx.stores.id, event.requestId)
}

/** The level that was open has ended: its waiting task looks at the record. Where no token is stored yet, that task will look before it waits. */
async function wakeWorkflow(ctx: ApprovalContext, event: HouseEvent, workflow: Workflow): Promise<void> {
  const level = event.data?.['level']
  if (!event.requestId || typeof level !== 'number') return
  const token = await ctx.stores.requests.findToken(event.requestId, level)
  if (token !== undefined) await workflow.signal(token, { level })
}
