/** A person takes the open task for themselves: the other members see it as taken and cannot decide it. */
import { claim as claimLevel } from '@gatehouse/core/approval/decide.ts'
import type { ApprovalRequest } from '@gatehouse/core/approval/request.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import { type ApprovalContext, loadActingPerson, loadRecord } from './approval_context.ts'
import { approverOf, withoutLapsedClaim } from './eligibility.ts'
import { untilFresh } from './try_again.ts'

/** Throws as `decide` does. Claiming what one has claimed already changes nothing. */
export async function claim(ctx: ApprovalContext, requestId: RequestId, level: number): Promise<ApprovalRequest> {
  return untilFresh(async () => {
    const user = await loadActingPerson(ctx)
    const record = await loadRecord(ctx, requestId)
    const { request: before, decisions } = record
    const person = await approverOf(ctx, before, level, user)
    const after = claimLevel(await withoutLapsedClaim(ctx, before, user.id), decisions, level, person)
    if (after === before) return before
    const event = ctx.stores.shelf.event('request.task_claimed', {
      actor: ctx.actor,
      requestId,
      data: { operation: before.operation, level },
    })
    const moved = await ctx.stores.requests.move({ record, after, event, checks: [ctx.stores.users.unchangedWrite(user)] })
    return moved === 'moved' ? after : undefined
  })
}
