/** Who may decide a level: asked by id when a person acts or is told, never remembered. */
import type { Approver } from '@gatehouse/core/approval/decide.ts'
import type { Approvers } from '@gatehouse/core/approval/level.ts'
import { type ApprovalRequest, type Decision, isWaiting, levelOf } from '@gatehouse/core/approval/request.ts'
import type { RoleId, UserId } from '@gatehouse/core/ids.ts'
import { shownName, type User } from '@gatehouse/core/user.ts'
import { foldName } from '@gatehouse/store/keys.ts'
import type { ApprovalContext } from './approval_context.ts'

/** Mails of one task at most: a role that everybody holds is no reason to write to everybody. */
const MOST_TOLD = 100
const PAGE = 50

/** A deleted role makes nobody an approver, whoever still carries its id. */
export async function isApprover(ctx: ApprovalContext, user: User, approvers: Approvers): Promise<boolean> {
  if (!user.active) return false
  if (approvers.users.includes(user.id)) return true
  for (const roleId of approvers.roles) {
    if (user.roles.includes(roleId) && (await ctx.stores.roles.find(roleId))) return true
  }
  return false
}

/**
 * Who registers has no account yet; nobody else can have the name while it is reserved, so an equal name is the same person. Whoever was signed in while
 * registering asked for it, under whatever name.
 */
export function isApplicant({ requestedBy, openedBy }: ApprovalRequest, user: Pick<User, 'id' | 'userName'>): boolean {
  const { userId, userName } = requestedBy
  if (openedBy === user.id) return true
  return userId === undefined ? foldName(userName) === foldName(user.userName) : userId === user.id
}

/** The person as the rules of `core/approval` see them, for one level. */
export async function approverOf(ctx: ApprovalContext, request: ApprovalRequest, level: number, user: User): Promise<Approver> {
  const eligible = await isApprover(ctx, user, levelOf(request, level).approvers)
  return { id: user.id, name: shownName(user), eligible, isApplicant: isApplicant(request, user) }
}

/** A claim by somebody who is no approver any more holds nobody back. */
export async function withoutLapsedClaim(ctx: ApprovalContext, request: ApprovalRequest, actingId: UserId): Promise<ApprovalRequest> {
  if (!isWaiting(request)) return request
  const { claimedBy, ...unclaimed } = request.state
  if (claimedBy === undefined || claimedBy === actingId) return request
  const holder = await ctx.stores.users.find(claimedBy, { consistent: true })
  const holds = holder !== undefined && (await isApprover(ctx, holder, levelOf(request, request.state.level).approvers))
  return holds ? request : { ...request, state: unclaimed }
}

/** The active people who may decide this level now: not the applicant, nobody who decided another level. At most `most`. */
export async function approversOf(
  ctx: ApprovalContext,
  request: ApprovalRequest,
  level: number,
  decisions: readonly Decision[],
  most: number = MOST_TOLD,
): Promise<User[]> {
  const { roles, users } = levelOf(request, level).approvers
  const found = new Map<UserId, User>()
  const excluded = new Set(decisions.filter((decision) => decision.level !== level).map((decision) => decision.person))
  const consider = async (ids: readonly UserId[]) => {
    const fresh = ids.filter((id) => !found.has(id) && !excluded.has(id))
    for (const user of await Promise.all(fresh.map((id) => ctx.stores.users.find(id, { consistent: true })))) {
      if (user?.active && !isApplicant(request, user) && found.size < most) found.set(user.id, user)
    }
  }

  await consider(users)
  for (const roleId of roles) {
    if (!(await ctx.stores.roles.find(roleId))) continue
    for await (const ids of memberPages(ctx, roleId)) {
      if (found.size >= most) break
      await consider(ids)
    }
  }
  return [...found.values()]
}

async function* memberPages(ctx: ApprovalContext, roleId: RoleId): AsyncGenerator<UserId[]> {
  let cursor: string | undefined
  do {
    const page = await ctx.stores.users.listRoleMembers(roleId, PAGE, cursor)
    yield page.userIds
    cursor = page.cursor
  } while (cursor !== undefined)
}
