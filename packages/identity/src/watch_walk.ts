/** Everybody who was there before a policy that watches people: a page at each sweep, by the list of names. Whoever is watched already stays as they are. */
import type { UserId } from '@gatehouse/core/ids.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { WatchWalk } from '@gatehouse/store/watch.ts'
import { nowSeconds } from './interaction.ts'

type Walks = { findWalk(): Promise<WatchWalk | undefined>; keepWalk(walk: WatchWalk): Promise<void> }

const WALK_PAGE = 200

/** Gives the time since when the policy is in force. */
export async function walkEverybody(ctx: TenantContext, walks: Walks, watch: (userId: UserId) => Promise<void>): Promise<number> {
  const before = await walks.findWalk()
  if (before?.done) return before.since ?? 0
  const since = before?.since ?? nowSeconds(ctx)
  const page = await ctx.stores.users.list(WALK_PAGE, before?.cursor === undefined ? {} : { cursor: before.cursor })
  for (const { id, active } of page.users) if (active) await watch(id)
  await walks.keepWalk(page.cursor === undefined ? { done: true, since } : { cursor: page.cursor, done: false, since })
  return since
}

/** Where the policy is gone, a later one begins with everybody again. */
export async function forgetWalk(walks: Walks): Promise<void> {
  if (await walks.findWalk()) await walks.keepWalk({ done: false })
}
