/** An applicant proved the e-mail address of a registration that still waits. */
import type { RequestId } from '@gatehouse/core/ids.ts'
import { foldAddress } from '@gatehouse/store/keys.ts'
import type { ApprovalContext } from './approval_context.ts'

/** False when the request waits no more: then the address is the person's matter. */
export function markApplicantEmailVerified(ctx: Pick<ApprovalContext, 'stores'>, requestId: RequestId, address: string): Promise<boolean> {
  return ctx.stores.requests.markEmailVerified(requestId, (one) => foldAddress(one) === foldAddress(address))
}
