/** A request in the shapes of My Account (`core/my_account.ts`): who asks, where it stands, who decided what. */
import { type ApprovalRequest, type Decision, isWaiting } from '@gatehouse/core/approval/request.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import type { ShownDecision, ShownPerson, ShownStep, TaskSummary } from '@gatehouse/core/my_account.ts'
import { shownName } from '@gatehouse/core/user.ts'
import type { RequestRecord } from '@gatehouse/store/approval_request.ts'
import type { ApprovalContext } from './approval_context.ts'

/** What came to an end before it was reached stays unreached. */
const NOT_REACHED = new Set(['rejected', 'expired', 'aborted', 'failed'])

export async function summaryOf(
  ctx: ApprovalContext,
  record: RequestRecord,
  level: number,
  viewer: UserId | undefined,
): Promise<TaskSummary> {
  const { request, data, decisions } = record
  const { userId, userName } = request.requestedBy
  const claimedBy = isWaiting(request) ? request.state.claimedBy : undefined
  const mine = decisions.find((decision) => decision.person === viewer && decision.level === level)
  return {
    requestId: request.id,
    operation: request.operation,
    requester: { id: userId, name: data ? shownName(data.applicant) : userName },
    askedAt: iso(request.openedAt),
    level,
    levels: request.levels.length,
    state: request.state.kind,
    claimedBy: claimedBy && (await personOf(ctx, claimedBy)),
    claimedByMe: claimedBy !== undefined && claimedBy === viewer,
    decision: mine && shownDecision(mine),
  }
}

/** `named`: with the approvers' and deciders' names, for those who share the work. */
export async function stepsOf(ctx: ApprovalContext, { request, decisions }: RequestRecord, named: boolean): Promise<ShownStep[]> {
  const roleNames = new Map(named ? (await ctx.configuration.listRoles()).map((role) => [role.id, role.name]) : [])
  return Promise.all(
    request.levels.map(async ({ name, approvers }, level): Promise<ShownStep> => {
      const open = isWaiting(request) && request.state.level === level ? request.state : undefined
      const decision = decisions.find((one) => one.level === level)
      const users = named ? await Promise.all(approvers.users.map((id) => ctx.stores.users.find(id))) : []
      return {
        level,
        name,
        approvers: [...approvers.roles.flatMap((id) => roleNames.get(id) ?? []), ...users.flatMap((user) => user?.userName ?? [])],
        state: stepState(request, level, decision),
        unassigned: open?.unassigned ?? false,
        claimedBy: named && open?.claimedBy !== undefined ? await personOf(ctx, open.claimedBy) : undefined,
        decision: named && decision ? shownDecision(decision) : undefined,
      }
    }),
  )
}

function stepState({ state }: ApprovalRequest, level: number, decision: Decision | undefined): ShownStep['state'] {
  if (decision) return decision.verdict === 'approve' ? 'approved' : 'rejected'
  if (state.kind === 'waiting') return state.level === level ? 'waiting' : 'to_come'
  if (state.kind === 'expired' && state.level === level) return 'expired'
  return NOT_REACHED.has(state.kind) ? 'not_reached' : 'to_come'
}

/** Under the name that they had when they decided. */
function shownDecision({ verdict, person, personName, at, comment }: Decision): ShownDecision {
  return { verdict, by: { id: person, name: personName }, at: iso(at), comment }
}

async function personOf(ctx: ApprovalContext, id: UserId): Promise<ShownPerson> {
  const user = await ctx.stores.users.find(id)
  return { id, name: user ? shownName(user) : id }
}

export function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
