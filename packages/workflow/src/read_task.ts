/** The whole request, for those who share the work on it: approvers of a level that has been reached, those who decided, and administrators. */
import { claim, release } from '@gatehouse/core/approval/decide.ts'
import { isWaiting } from '@gatehouse/core/approval/request.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import type { MyRequest, RequestDetail, TaskAction } from '@gatehouse/core/my_account.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { RequestRecord } from '@gatehouse/store/approval_request.ts'
import { type ApprovalContext, loadActingPerson, loadRecord } from './approval_context.ts'
import { approverOf, isApplicant, withoutLapsedClaim } from './eligibility.ts'
import { ownRequest } from './list_tasks.ts'
import { OPERATION_ROWS } from './operations.ts'
import { stepsOf, summaryOf } from './shown.ts'

/** Whoever has no business with it is told that there is no such request. */
export async function readTask(ctx: ApprovalContext, requestId: RequestId): Promise<RequestDetail> {
  const user = await loadActingPerson(ctx)
  const record = await loadRecord(ctx, requestId)
  if (!(await sharesTheWork(ctx, record, user))) throw new IamError('not_found', 'there is no such request')
  const { request, data } = { ...record, request: await withoutLapsedClaim(ctx, record.request, user.id) }
  const decided = record.decisions.find((decision) => decision.person === user.id)
  const level = decided?.level ?? reachedLevel(record)
  return {
    ...(await summaryOf(ctx, { ...record, request }, level, user.id)),
    workflow: request.workflow.name,
    data: data ? OPERATION_ROWS[request.operation].shown(data.applicant) : [],
    steps: await stepsOf(ctx, { ...record, request }, true),
    may: await mayDo(ctx, { ...record, request }, user),
  }
}

/** The whole request as those see it who administer approvals, a person or a program; the caller has checked the permission. */
export async function readRequest(ctx: ApprovalContext, requestId: RequestId): Promise<Omit<RequestDetail, 'may'>> {
  const record = await loadRecord(ctx, requestId)
  const { request, data } = record
  return {
    ...(await summaryOf(ctx, record, reachedLevel(record), undefined)),
    workflow: request.workflow.name,
    data: data ? OPERATION_ROWS[request.operation].shown(data.applicant) : [],
    steps: await stepsOf(ctx, record, true),
  }
}

/** What the person asked for themselves: where it stands, and no more. */
export async function readOwnRequest(ctx: ApprovalContext, requestId: RequestId): Promise<MyRequest> {
  const user = await loadActingPerson(ctx)
  const record = await loadRecord(ctx, requestId)
  const { state } = record.request
  const own = isApplicant(record.request, user) || (state.kind === 'approved' && state.resultId === user.id)
  if (!own) throw new IamError('not_found', 'there is no such request')
  return ownRequest(ctx, record)
}

/** The level that is open, or the last one that was. */
function reachedLevel({ request }: RequestRecord): number {
  return 'level' in request.state ? request.state.level : request.levels.length - 1
}

async function sharesTheWork(ctx: ApprovalContext, record: RequestRecord, user: User): Promise<boolean> {
  if (record.decisions.some((decision) => decision.person === user.id)) return true
  for (let level = 0; level <= reachedLevel(record); level++) {
    const person = await approverOf(ctx, record.request, level, user)
    if (person.eligible && !person.isApplicant) return true
  }
  return false
}

/** Asked of the same rules that will decide. */
async function mayDo(ctx: ApprovalContext, { request, decisions }: RequestRecord, user: User): Promise<TaskAction[]> {
  if (!isWaiting(request)) return []
  const { level } = request.state
  const person = await approverOf(ctx, request, level, user)
  const [mayClaim, mayRelease] = [allowed(() => claim(request, decisions, level, person)), allowed(() => release(request, level, user.id))]
  return [
    ...(mayClaim ? (['approve', 'reject'] as const) : []),
    ...(mayRelease ? (['release'] as const) : mayClaim ? (['claim'] as const) : []),
  ]
}

function allowed(act: () => unknown): boolean {
  try {
    act()
    return true
  } catch (error) {
    if (error instanceof IamError) return false
    throw error
  }
}
