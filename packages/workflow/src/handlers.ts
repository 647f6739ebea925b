/** What the relay does for approvals, by kind of event. Each is safe to repeat: the engine takes a second start and a second signal for the first. */
import type { EventKind, HouseEvent } from '@gatehouse/core/event.ts'
import { isId } from '@gatehouse/core/ids.ts'
import type { Workflow } from '@gatehouse/ports/workflow.ts'
import type { ApprovalContext } from './approval_context.ts'
import { recheckInboxes } from './assignment.ts'

type Handler = (ctx: ApprovalContext, event: HouseEvent, workflow: Workflow) => Promise<void>

export const APPROVAL_HANDLERS: Readonly<Partial<Record<EventKind, Handler>>> = {
  'request.opened': startWorkflow,
  'request.decided': wakeWorkflow,
  'request.finished': wakeAfterEnd,
  'user.created': recheckNewcomer,
  'user.roles_changed': recheckTouched,
  'user.activated': recheckTouched,
  'user.suspended': recheckTouched,
  'user.deleted': recheckTouched,
  'role.changed': recheckTouched,
}

async function startWorkflow(ctx: ApprovalContext, event: HouseEvent, workflow: Workflow): Promise<void> {
  if (event.requestId) await workflow.start(ctx.stores.id, event.requestId)
}

/** The level that was open has ended: its waiting task looks at the record. Where no token is stored yet, that task will look before it waits. */
async function wakeWorkflow(ctx: ApprovalContext, event: HouseEvent, workflow: Workflow): Promise<void> {
  const level = event.data?.level
  if (!event.requestId || typeof level !== 'number') return
  const token = await ctx.stores.requests.findToken(event.requestId, level)
  if (token !== undefined) await workflow.signal(token, { level })
}

/** What a decision ended was woken by the decision; the rest ended by an administrator or by the clock. */
async function wakeAfterEnd(ctx: ApprovalContext, event: HouseEvent, workflow: Workflow): Promise<void> {
  const outcome = event.data?.outcome
  if (outcome === 'aborted' || outcome === 'expired') await wakeWorkflow(ctx, event, workflow)
}

/** The event names the roles whose holders are others than before; a person may also be an approver by name. */
async function recheckTouched(ctx: ApprovalContext, { userId, data }: HouseEvent): Promise<void> {
  const roles = data?.roles
  const roleIds = typeof roles === 'object' ? roles.filter((id) => isId('rol', id)) : []
  if (userId || roleIds.length > 0) await recheckInboxes(ctx, { ...(userId ? { userId } : {}), roleIds })
}

/** Who registers has no roles; who is made by an administrator may be the approver that a request waits for. */
async function recheckNewcomer(ctx: ApprovalContext, event: HouseEvent): Promise<void> {
  const user = event.userId && (await ctx.stores.users.find(event.userId, { consistent: true }))
  if (user && user.roles.length > 0) await recheckInboxes(ctx, { roleIds: user.roles })
}
