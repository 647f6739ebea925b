/**
 * Accounts that nobody uses. Swept by the clock: whoever's time has come is looked at, and what is there of them (sessions, authorizations) says when they were last
 * seen. A sign-in pays nothing for it.
 */

import { IamError } from '@gatehouse/core/error.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { decideIdle, IDLE_LOOK_SECONDS, type IdlePolicy, type IdleWatch } from '@gatehouse/core/idle.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import { checkLeavesAnAdministrator } from '@gatehouse/directory/last_administrator.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { idleWatchStore, type Watched } from '@gatehouse/store/watch.ts'
import { nowSeconds } from './interaction.ts'
import { forgetWalk, walkEverybody } from './watch_walk.ts'

const DAY = 86_400
/** At one sweep; the rest waits for the next. */
const MOST_LOOKS = 100

/** How many were warned or suspended. */
export async function sweepIdle(ctx: TenantContext): Promise<number> {
  const { idle } = ctx.tenant.policies
  if (idle === undefined) return 0
  const since = await walkEverybody(ctx, idleWatchesOf(ctx), (userId) => watch(ctx, idle, userId))
  let acted = 0
  for (const watched of await idleWatchesOf(ctx).listDue(MOST_LOOKS)) if (await look(ctx, idle, watched, since)) acted++
  return acted
}

/** For `relay`: whoever comes, or comes back, is watched from then on. */
export async function watchIdle(ctx: TenantContext, { userId }: HouseEvent): Promise<void> {
  const { idle } = ctx.tenant.policies
  if (idle !== undefined && userId !== undefined) await watch(ctx, idle, userId)
}

/** For `relay`, when the tenant's settings have changed: where the policy is gone, a later one begins with everybody again. */
export async function forgetIdleWalk(ctx: TenantContext): Promise<void> {
  if (ctx.tenant.policies.idle === undefined) await forgetWalk(idleWatchesOf(ctx))
}

async function watch(ctx: TenantContext, { warnAfterDays }: IdlePolicy, userId: UserId): Promise<void> {
  const now = nowSeconds(ctx)
  const dueAt = now + Math.min(warnAfterDays * DAY, IDLE_LOOK_SECONDS)
  await idleWatchesOf(ctx).begin({ userId, lastSeenAt: now, dueAt })
}

async function look(ctx: TenantContext, policy: IdlePolicy, watched: Watched<IdleWatch>, since: number): Promise<boolean> {
  const { users, shelf } = ctx.stores
  const idleWatches = idleWatchesOf(ctx)
  const user = await users.find(watched.userId, { consistent: true })
  if (!user?.active) {
    await idleWatches.end(watched)
    return false
  }
  // Who signed in while the policy was off left nothing that is still there: nobody was away longer than it is in force.
  const decision = decideIdle(policy, watched, Math.max(since, await lastSeen(ctx, user.id)), nowSeconds(ctx))
  if (decision.kind === 'suspend') return suspend(ctx, user, watched)
  if (decision.kind === 'wait') {
    await idleWatches.move(watched, decision.next)
    return false
  }
  const event = shelf.event('user.idle_warned', { userId: user.id, data: { suspendAt: decision.suspendAt } })
  return idleWatches.move(watched, decision.next, event)
}

/** The last administrator stays, and is looked at again the next day. */
async function suspend(ctx: TenantContext, user: User, watched: Watched<IdleWatch>): Promise<boolean> {
  const { users } = ctx.stores
  const idleWatches = idleWatchesOf(ctx)
  const after: User = { ...user, active: false, suspendedBecause: 'idle', securityEpoch: user.securityEpoch + 1 }
  try {
    await checkLeavesAnAdministrator(ctx, user, { active: false })
    await users.update(user, after, 'user.suspended', {}, idleWatches.endWrites(watched), { because: 'idle' })
    return true
  } catch (error) {
    if (!(error instanceof IamError) || error.code !== 'conflict') throw error
    const { lastSeenAt, warnedAt } = watched
    await idleWatches.move(watched, { lastSeenAt, dueAt: nowSeconds(ctx) + DAY, ...(warnedAt === undefined ? {} : { warnedAt }) })
    return false
  }
}

/** The latest sign-in or use of a token that has left something; 0: none is known. */
async function lastSeen(ctx: TenantContext, id: UserId): Promise<number> {
  const [signedIn, authorizations] = await Promise.all([
    ctx.stores.sessions.lastProof(id),
    ctx.stores.authorizations.list(id, { ended: true }),
  ])
  return Math.max(0, signedIn, ...authorizations.map(({ redeemedAt, rotatedAt }) => Math.max(redeemedAt, rotatedAt ?? 0)))
}

function idleWatchesOf({ stores }: TenantContext) {
  return idleWatchStore(stores.shelf)
}
