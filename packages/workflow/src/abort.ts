/** An administrator ends a request that nobody will decide: nothing is done, the name is free again, the applicant is told. */
import { abort as abortRequest } from '@gatehouse/core/approval/decide.ts'
import type { ApprovalRequest } from '@gatehouse/core/approval/request.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import { type ApprovalContext, loadRecord } from './approval_context.ts'
import { endDeclined } from './finish.ts'
import { untilFresh } from './try_again.ts'

/** The caller has checked the permission. Throws `already_decided` after the end. */
export async function abort(ctx: ApprovalContext, requestId: RequestId): Promise<ApprovalRequest> {
  return untilFresh(async () => {
    const record = await loadRecord(ctx, requestId)
    return endDeclined(ctx, record, abortRequest(record.request, ctx.clock.now()))
  })
}
