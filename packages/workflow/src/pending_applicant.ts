/** The person behind a registration that waits: no account, but a password that proves who may hear that it waits. */
import { isWaiting, type RequestState } from '@gatehouse/core/approval/request.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import type { ApprovalContext } from './approval_context.ts'

export type PendingApplicant = {
  readonly requestId: RequestId
  readonly userName: string
  readonly passwordHash: string
  readonly state: RequestState
}

/** Undefined once the request has ended: the hash is gone, and the name belongs to the new user or to nobody. */
export async function findPendingApplicant(
  ctx: Pick<ApprovalContext, 'stores'>,
  requestId: RequestId,
): Promise<PendingApplicant | undefined> {
  const record = await ctx.stores.requests.find(requestId)
  if (!record || !isWaiting(record.request) || record.data?.passwordHash === undefined) return undefined
  const { userName } = record.request.requestedBy
  return { requestId, userName, passwordHash: record.data.passwordHash, state: record.request.state }
}
