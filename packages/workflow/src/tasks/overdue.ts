/** A wait is over without a decision: remind, escalate, expire, or only look again, as the level says. */
import { due, overdue as whatIsOverdue } from '@gatehouse/core/approval/due.ts'
import { isWaiting } from '@gatehouse/core/approval/request.ts'
import type { ApprovalContext } from '../approval_context.ts'
import { endDeclined } from '../finish.ts'
import { taskOpenedEvent } from '../task_event.ts'
import { untilFresh } from '../try_again.ts'
import type { TaskInput } from './task_input.ts'

export async function overdue(ctx: ApprovalContext, { requestId, level }: TaskInput): Promise<{ kind: string }> {
  return untilFresh(async () => {
    const record = await ctx.stores.requests.find(requestId, { consistent: true })
    if (!record || !isWaiting(record.request) || !due(record.request, { task: 'overdue', level })) return { kind: 'not_due' }
    const what = whatIsOverdue(record.request, ctx.clock.now())
    if (what.kind === 'recheck') return what
    if (what.kind === 'expire') return (await endDeclined(ctx, record, what.request)) && { kind: what.kind }
    const reminder = isWaiting(what.request) ? what.request.state.reminders : 0
    const event = taskOpenedEvent(ctx, what.request, what.kind === 'escalate' ? { escalated: true } : { reminder })
    const moved = await ctx.stores.requests.move({ record, after: what.request, event })
    return moved === 'moved' ? { kind: what.kind } : undefined
  })
}
