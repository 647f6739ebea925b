/**
 * Somebody of the house has let a sign-in through. Which request that was, a sealed cookie of the browser that asked says; how it stands, the request. It
 * is good for this person, this browser, the country and the device that were approved, a while, and once.
 */

import { isWaiting } from '@gatehouse/core/approval/request.ts'
import { isId, type RequestId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { Seen } from './risk.ts'
import { seal, unseal } from './seal.ts'

const PURPOSE = 'sign_in_approval'

export type SignInApproval = { readonly requestId: RequestId; readonly state: 'waits' | 'approved' | 'declined' }

export function sealApproval(ctx: TenantContext, user: Pick<User, 'id'>, requestId: RequestId): Promise<string> {
  return seal(ctx, PURPOSE, `${user.id} ${requestId}`)
}

/** Undefined: none was asked for here, by this person, of such a sign-in; or it was used, or is too old. */
export async function findApproval(
  ctx: TenantContext,
  cookie: string | undefined,
  user: Pick<User, 'id'>,
  seen: Pick<Seen, 'place' | 'device'>,
): Promise<SignInApproval | undefined> {
  const [userId, requestId] = (cookie === undefined ? '' : ((await unseal(ctx, PURPOSE, cookie)) ?? '')).split(' ')
  if (userId !== user.id || !isId('req', requestId)) return undefined
  const record = await ctx.stores.requests.find(requestId, { consistent: true })
  const signIn = record?.data?.applicant.signIn
  if (!record || !signIn || record.request.requestedBy.userId !== user.id) return undefined
  if (signIn.device !== seen.device.name || signIn.country !== seen.place?.country) return undefined
  const { state } = record.request
  if (isWaiting(record.request) || state.kind === 'waiting') return { requestId, state: 'waits' }
  const seconds = ctx.tenant.policies.risk?.approvalSeconds ?? 0
  if (state.at + seconds * 1000 <= ctx.clock.now() || (await ctx.stores.used.isUsed('risky_sign_in', requestId))) return undefined
  return { requestId, state: state.kind === 'approved' ? 'approved' : 'declined' }
}

/** False where it was used before. */
export function useApproval(ctx: TenantContext, { requestId }: SignInApproval): Promise<boolean> {
  const seconds = ctx.tenant.policies.risk?.approvalSeconds ?? 0
  return ctx.stores.used.consume('risky_sign_in', requestId, Math.floor(ctx.clock.now() / 1000) + seconds)
}
