/**
 * Passwords that grow old: their people are told by mail before. Swept by the clock like accounts that nobody uses; a sign-in pays nothing for it. When a password was
 * set is read when its person is looked at, so whoever has changed it meanwhile is told nothing.
 */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import { decidePasswordWarning, type PasswordExpiry, type PasswordWatch } from '@gatehouse/core/password_expiry.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { passwordWatchStore, type Watched } from '@gatehouse/store/watch.ts'
import { nowSeconds } from './interaction.ts'
import { findPasswordExpiry } from './password_due.ts'
import { forgetWalk, walkEverybody } from './watch_walk.ts'

/** At one sweep; the rest waits for the next. */
const MOST_LOOKS = 100

/** How many were told. */
export async function sweepExpiringPasswords(ctx: TenantContext): Promise<number> {
  const expiry = warningsOf(ctx)
  if (expiry === undefined) return 0
  const passwordWatches = passwordWatchesOf(ctx)
  await walkEverybody(ctx, passwordWatches, (userId) => watch(ctx, userId))
  let told = 0
  for (const watched of await passwordWatches.listDue(MOST_LOOKS)) if (await look(ctx, expiry, watched)) told++
  return told
}

/** For `relay`: whoever comes, or comes back, is watched from then on. */
export async function watchPasswordExpiry(ctx: TenantContext, { userId }: HouseEvent): Promise<void> {
  if (warningsOf(ctx) !== undefined && userId !== undefined) await watch(ctx, userId)
}

/** For `relay`, when the tenant's settings have changed. */
export async function forgetPasswordWalk(ctx: TenantContext): Promise<void> {
  if (warningsOf(ctx) === undefined) await forgetWalk(passwordWatchesOf(ctx))
}

function warningsOf(ctx: TenantContext): PasswordExpiry | undefined {
  const { expiry } = ctx.tenant.policies.password
  return expiry === undefined || expiry.warnDays === 0 ? undefined : expiry
}

/** The first look comes at the next sweep: it finds out when the next one is due. */
async function watch(ctx: TenantContext, userId: UserId): Promise<void> {
  await passwordWatchesOf(ctx).begin({ userId, dueAt: nowSeconds(ctx) })
}

async function look(ctx: TenantContext, expiry: PasswordExpiry, watched: Watched<PasswordWatch>): Promise<boolean> {
  const { shelf, users } = ctx.stores
  const passwordWatches = passwordWatchesOf(ctx)
  const user = await users.find(watched.userId, { consistent: true })
  if (!user?.active) {
    await passwordWatches.end(watched)
    return false
  }
  const expiresAt = await findPasswordExpiry(ctx, user)
  const { kind, next } = decidePasswordWarning(expiry, watched, expiresAt, nowSeconds(ctx))
  const event =
    kind === 'warn' && expiresAt !== undefined ? shelf.event('user.password_expires', { userId: user.id, data: { expiresAt } }) : undefined
  return (await passwordWatches.move(watched, next, event)) && event !== undefined
}

function passwordWatchesOf({ stores }: TenantContext) {
  return passwordWatchStore(stores.shelf)
}
