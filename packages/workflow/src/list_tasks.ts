/** A person's tasks: what waits for them, what they decided, what they asked for; and all requests for administrators. */
import { isWaiting } from '@gatehouse/core/approval/request.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import type { ListOf, MyRequest, TaskSummary } from '@gatehouse/core/my_account.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { RequestRecord, RequestShelf, RequestSummary } from '@gatehouse/store/approval_request.ts'
import { type ApprovalContext, loadActingPerson } from './approval_context.ts'
import { isApplicant, withoutLapsedClaim } from './eligibility.ts'
import { iso, stepsOf, summaryOf } from './shown.ts'

export type PageAsked = { readonly limit?: number; readonly cursor?: string }

const PAGE = 20
const LONGEST_PAGE = 100

/** What the person may decide now: by the roles that they hold now, oldest first. A task that another member claimed is listed as taken. */
export async function listTasks(ctx: ApprovalContext, asked: PageAsked = {}): Promise<ListOf<TaskSummary>> {
  const user = await loadActingPerson(ctx)
  const existing = new Set((await ctx.configuration.listRoles()).map((role) => role.id))
  const roleIds = user.roles.filter((role) => existing.has(role))
  const after = asked.cursor === undefined ? undefined : Buffer.from(asked.cursor, 'base64url').toString()
  const page = await ctx.stores.inboxes.list({ userId: user.id, roleIds }, limitOf(asked), after)
  const found = await Promise.all(page.entries.map(({ requestId, level }) => findTask(ctx, requestId, level, user)))
  const items = found.flatMap((task) => task ?? [])
  return { items, ...(page.after === undefined ? {} : { cursor: Buffer.from(page.after).toString('base64url') }) }
}

async function findTask(ctx: ApprovalContext, requestId: RequestId, level: number, user: User): Promise<TaskSummary | undefined> {
  const record = await ctx.stores.requests.find(requestId, { consistent: true })
  if (!record || !isWaiting(record.request) || record.request.state.level !== level) return undefined
  if (isApplicant(record.request, user) || record.decisions.some((decision) => decision.person === user.id)) return undefined
  return summaryOf(ctx, { ...record, request: await withoutLapsedClaim(ctx, record.request, user.id) }, level, user.id)
}

/** What the person decided, newest first: evidence, whatever roles they hold now. */
export async function listDecided(ctx: ApprovalContext, asked: PageAsked = {}): Promise<ListOf<TaskSummary>> {
  const user = await loadActingPerson(ctx)
  const { decided, cursor } = await ctx.stores.requests.listDecidedBy(user.id, limitOf(asked), asked.cursor)
  const records = await findAll(
    ctx,
    decided.map((decision) => decision.requestId),
  )
  const items = await Promise.all(
    decided.flatMap(({ level }, index) => (records[index] ? [summaryOf(ctx, records[index], level, user.id)] : [])),
  )
  return { items, cursor }
}

/** What the person asked for and where it stands, newest first. Who approves it is not told. */
export async function listOwnRequests(ctx: ApprovalContext, asked: PageAsked = {}): Promise<ListOf<MyRequest>> {
  const user = await loadActingPerson(ctx)
  const { requestIds, cursor } = await ctx.stores.requests.listOwn(user.id, limitOf(asked), asked.cursor)
  const records = await findAll(ctx, requestIds)
  const items = await Promise.all(records.flatMap((record) => (record ? [ownRequest(ctx, record)] : [])))
  return { items, cursor }
}

export async function ownRequest(ctx: ApprovalContext, record: RequestRecord): Promise<MyRequest> {
  const { request } = record
  const { id, operation, openedAt, levels, state, workflow } = request
  const level = 'level' in state ? state.level : levels.length - 1
  const finishedAt = state.kind === 'waiting' ? undefined : iso(state.at)
  const steps = await stepsOf(ctx, record, false)
  return {
    requestId: id,
    operation,
    askedAt: iso(openedAt),
    level,
    levels: levels.length,
    state: state.kind,
    workflow: workflow.name,
    steps,
    finishedAt,
  }
}

/** All requests of the tenant, newest first; `stands` keeps to the open, the unassigned or the finished ones. The caller has checked the permission. */
export async function listRequests(
  ctx: ApprovalContext,
  asked: PageAsked & { readonly stands?: RequestShelf } = {},
): Promise<ListOf<RequestSummary>> {
  const { limit, ...options } = asked
  const { requests, cursor } = await ctx.stores.requests.list(limitOf(asked), options)
  return { items: requests, cursor }
}

function findAll(ctx: ApprovalContext, ids: readonly RequestId[]): Promise<(RequestRecord | undefined)[]> {
  return Promise.all(ids.map((id) => ctx.stores.requests.find(id)))
}

function limitOf({ limit = PAGE }: PageAsked): number {
  return Math.min(LONGEST_PAGE, Math.max(1, Math.trunc(limit)))
}
