/** Whom the relay writes to, and what about: asked when the mail is made, so that a mail that comes late says nothing that is past. */
import { type FinishedState, isWaiting, type WaitingRequest } from '@gatehouse/core/approval/request.ts'
import type { RequestId, RoleId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Applicant } from '@gatehouse/store/approval_request.ts'
import type { ApprovalContext } from './approval_context.ts'
import { approversOf } from './eligibility.ts'

export type TaskNotice = {
  readonly request: WaitingRequest
  readonly applicant: Applicant | undefined
  readonly approvers: readonly User[]
}

/** For `request.task_opened`: exactly the members of that level, while it is open; undefined once it is not. */
export async function findTaskNotice(ctx: ApprovalContext, requestId: RequestId, level: number): Promise<TaskNotice | undefined> {
  const record = await ctx.stores.requests.find(requestId, { consistent: true })
  if (!record || !isWaiting(record.request) || record.request.state.level !== level) return undefined
  const approvers = await approversOf(ctx, record.request, level, record.decisions)
  return { request: record.request, applicant: record.data?.applicant, approvers }
}

export type OutcomeNotice = {
  readonly state: FinishedState
  readonly applicant: Applicant
  /** What the person who rejected it wrote, or why it failed. */
  readonly reason: string | undefined
}

/** For `request.finished`: the applicant, with the reason; undefined once their data was erased. */
export async function findOutcomeNotice(ctx: Pick<ApprovalContext, 'stores'>, requestId: RequestId): Promise<OutcomeNotice | undefined> {
  const record = await ctx.stores.requests.find(requestId, { consistent: true })
  if (!record?.data || isWaiting(record.request)) return undefined
  const { state } = record.request
  if (state.kind === 'waiting') return undefined
  const reason = state.kind === 'failed' ? state.reason : record.decisions.find((decision) => decision.verdict === 'reject')?.comment
  return { state, applicant: record.data.applicant, reason }
}

const PAGE = 100

/** For `request.unassigned`: the active holders of a role, such as the tenant's administrators; the first hundred. */
export async function activeMembersOf(ctx: Pick<ApprovalContext, 'stores'>, roleId: RoleId): Promise<User[]> {
  const { userIds } = await ctx.stores.users.listRoleMembers(roleId, PAGE)
  const users = await Promise.all(userIds.map((id) => ctx.stores.users.find(id)))
  return users.flatMap((user) => (user?.active ? [user] : []))
}
