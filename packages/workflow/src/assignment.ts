/** Can anybody decide the open level? Where nobody can, the request is flagged and administrators are told; it waits, and is not lost. */
import { type ApprovalRequest, isWaiting, moved } from '@gatehouse/core/approval/request.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import type { InboxOwner } from '@gatehouse/store/approval_inbox.ts'
import type { ApprovalContext } from './approval_context.ts'
import { approversOf } from './eligibility.ts'
import { untilFresh } from './try_again.ts'

/** Sets or lifts the flag by who is an approver now. Answers with the request as it is; undefined when there is none. */
export async function checkAssigned(ctx: ApprovalContext, requestId: RequestId): Promise<ApprovalRequest | undefined> {
  const checked = await untilFresh(async () => {
    const record = await ctx.stores.requests.find(requestId, { consistent: true })
    if (!record || !isWaiting(record.request)) return { request: record?.request }
    const { request, decisions } = record
    const { level, unassigned: was } = request.state
    const unassigned = (await approversOf(ctx, request, level, decisions, 1)).length === 0
    if (unassigned === was) return { request }
    const after = moved(request, { ...request.state, unassigned })
    const event = ctx.stores.shelf.event('request.unassigned', {
      actor: ctx.actor,
      requestId,
      data: { operation: request.operation, level },
    })
    const done = await ctx.stores.requests.move({ record, after, ...(unassigned ? { event } : {}) })
    return done === 'moved' ? { request: after } : undefined
  })
  return checked.request
}

const PAGE = 50

/** After people or roles changed: what waits for them. */
export async function recheckInboxes(ctx: ApprovalContext, owner: InboxOwner): Promise<void> {
  let after: string | undefined
  do {
    const page = await ctx.stores.inboxes.list(owner, PAGE, after)
    for (const { requestId } of page.entries) await checkAssigned(ctx, requestId)
    after = page.after
  } while (after !== undefined)
}

/** Ids of all requests that wait, flagged ones first. */
export async function* openRequestIds(ctx: Pick<ApprovalContext, 'stores'>): AsyncGenerator<RequestId> {
  for (const stands of ['unassigned', 'open'] as const) {
    let cursor: string | undefined
    do {
      const page = await ctx.stores.requests.list(PAGE, { stands, ...(cursor === undefined ? {} : { cursor }) })
      for (const { id } of page.requests) yield id
      cursor = page.cursor
    } while (cursor !== undefined)
  }
}
