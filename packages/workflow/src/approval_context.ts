/** What approvals act with: a part of the tenant context, so that background work needs no browser, issuer or secrets. */
import { IamError } from '@gatehouse/core/error.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { RequestRecord } from '@gatehouse/store/approval_request.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export type ApprovalContext = Pick<TenantContext, 'stores' | 'clock' | 'random' | 'actor' | 'configuration' | 'log'>

/** The newest version; for decisions. */
export async function loadRecord(ctx: ApprovalContext, requestId: RequestId): Promise<RequestRecord> {
  const record = await ctx.stores.requests.find(requestId, { consistent: true })
  if (!record) throw new IamError('not_found', 'there is no such request')
  return record
}

/** The signed-in person as they are now: what they were when their session began does not count. */
export async function loadActingPerson(ctx: ApprovalContext): Promise<User> {
  const user = ctx.actor.userId && (await ctx.stores.users.find(ctx.actor.userId, { consistent: true }))
  if (!user?.active) throw new IamError('unauthenticated', 'sign in to see and decide approvals')
  return user
}
