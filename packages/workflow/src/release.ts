/** A person gives a claimed task back to the other members, for this level only. */
import { release as releaseLevel } from '@gatehouse/core/approval/decide.ts'
import type { ApprovalRequest } from '@gatehouse/core/approval/request.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import { type ApprovalContext, loadActingPerson, loadRecord } from './approval_context.ts'
import { untilFresh } from './try_again.ts'

/** Throws `conflict` when somebody else, or nobody, has claimed it. Who lost the role may still give back what they hold. */
export async function release(ctx: ApprovalContext, requestId: RequestId, level: number): Promise<ApprovalRequest> {
  return untilFresh(async () => {
    const user = await loadActingPerson(ctx)
    const record = await loadRecord(ctx, requestId)
    const after = releaseLevel(record.request, level, user.id)
    const event = ctx.stores.shelf.event('request.task_released', {
      actor: ctx.actor,
      requestId,
      data: { operation: after.operation, level },
    })
    return (await ctx.stores.requests.move({ record, after, event })) === 'moved' ? after : undefined
  })
}
