/** The ends of a request: fulfilled in one transaction with the last approval, or declined with the name set free. */
import { failed, fulfilled } from '@gatehouse/core/approval/decide.ts'
import type { ApprovalRequest, Decision } from '@gatehouse/core/approval/request.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { isId } from '@gatehouse/core/ids.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import type { Moved, RequestRecord } from '@gatehouse/store/approval_request.ts'
import type { ApprovalContext } from './approval_context.ts'
import { OPERATION_ROWS } from './operations.ts'

/** What stands in the same transaction besides the end itself. */
export type Together = { readonly decision?: { readonly made: Decision; readonly event: HouseEvent }; readonly checks?: readonly Write[] }
/** The request as it ended; undefined when what was read was stale. */
export type Ended = ApprovalRequest | undefined

/** The last level approved. Where what was asked cannot be done, the request ends as failed, with its reason, and the name is free. */
export async function endFulfilled(ctx: ApprovalContext, record: RequestRecord, together: Together): Promise<Ended> {
  const { request, data } = record
  const now = ctx.clock.now()
  if (!data) return endDeclined(ctx, record, failed(request, 'the data of the applicant was erased', now), together)
  const { resultId, work } = OPERATION_ROWS[request.operation].fulfil(ctx, request, data)
  const after = fulfilled(request, resultId, now)
  const moved = await ctx.stores.requests.move({ record, after, event: finishedEvent(ctx, after, resultId), work, ...together })
  if (moved === 'impossible') return endDeclined(ctx, record, failed(request, 'the user name was not free any more', now), together)
  return moved === 'moved' ? after : undefined
}

/** Rejected, expired, aborted or failed: `after` says which. */
export async function endDeclined(
  ctx: ApprovalContext,
  record: RequestRecord,
  after: ApprovalRequest,
  together: Together = {},
): Promise<Ended> {
  const end = (work: readonly Write[]): Promise<Moved> =>
    ctx.stores.requests.move({ record, after, event: finishedEvent(ctx, after), work, ...together })
  const moved = await end(OPERATION_ROWS[after.operation].decline(ctx, after))
  // The name has gone to somebody else: there is nothing to set free, and the request must end all the same.
  const ended = moved === 'impossible' ? await end([]) : moved
  return ended === 'moved' ? after : undefined
}

function finishedEvent(ctx: ApprovalContext, after: ApprovalRequest, resultId?: string): HouseEvent {
  const { state } = after
  return ctx.stores.shelf.event('request.finished', {
    actor: ctx.actor,
    requestId: after.id,
    ...(isId('usr', resultId) ? { userId: resultId } : {}),
    data: { operation: after.operation, outcome: state.kind, level: 'level' in state ? state.level : after.levels.length - 1 },
  })
}
