/**
 * The browser of a session that wants to be woken: one subscription for each, sealed, and worth nothing once the session has ended. A device at which nobody is signed in could
 * not approve anything.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { SessionId } from '@gatehouse/core/ids.ts'
import type { Session } from '@gatehouse/core/session.ts'
import type { User } from '@gatehouse/core/user.ts'
import { type PushSubscription, parsePushSubscription } from '@gatehouse/core/web_push.ts'
import { pushSubscriptionStore } from '@gatehouse/store/push_subscription.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { seal, unseal } from '../seal.ts'

const PURPOSE = 'web_push'

/** Throws `conflict` for whoever approves no sign-ins, `validation_failed` for what is no subscription at a push service. */
export async function subscribe(ctx: TenantContext, user: User, session: Session, given: Readonly<Record<string, unknown>>): Promise<void> {
  if (!user.factors?.includes('push')) throw new IamError('conflict', 'switch approvals on first')
  const subscription = parsePushSubscription(given, ctx.origin)
  if (subscription === undefined)
    throw new IamError('validation_failed', 'this is no subscription at a push service', { fields: { endpoint: 'invalid' } })
  const sealed = await seal(anywhere(ctx), PURPOSE, JSON.stringify(subscription))
  await subscriptionsOf(ctx).keep(user.id, session, sealed, ctx.actor)
}

/** False where there was none. */
export function unsubscribe(ctx: TenantContext, user: User, session: SessionId): Promise<boolean> {
  return subscriptionsOf(ctx).remove(user.id, session, 'asked', ctx.actor)
}

export function isSubscribed(ctx: TenantContext, user: User, session: SessionId): Promise<boolean> {
  return subscriptionsOf(ctx).has(user.id, session)
}

/** The push service knows it no more, or not from us. */
export async function forgetGone(ctx: TenantContext, user: User, session: SessionId): Promise<void> {
  await subscriptionsOf(ctx).remove(user.id, session, 'gone')
}

export type Device = { readonly sessionId: SessionId; readonly subscription: PushSubscription }

/** Those whose sessions go on. The others are forgotten. */
export async function listDevices(ctx: TenantContext, user: User): Promise<Device[]> {
  const { sessions } = ctx.stores
  const subscriptions = subscriptionsOf(ctx)
  const found = await Promise.all(
    (await subscriptions.list(user.id)).map(async ({ sessionId, sealed }): Promise<Device | undefined> => {
      const session = await sessions.findLive(user.id, sessionId)
      const text = session?.securityEpoch === user.securityEpoch ? await unseal(anywhere(ctx), PURPOSE, sealed) : undefined
      if (text === undefined) await subscriptions.remove(user.id, sessionId, 'ended')
      // Only `subscribe` seals for this purpose, so the shape is known.
      return text === undefined ? undefined : { sessionId, subscription: JSON.parse(text) as PushSubscription }
    }),
  )
  return found.filter((device) => device !== undefined)
}

function subscriptionsOf({ stores }: TenantContext) {
  return pushSubscriptionStore(stores.shelf)
}

/** A device that subscribed at one address of the tenant is woken also for a sign-in at another. */
function anywhere(ctx: TenantContext): TenantContext {
  return { ...ctx, issuer: '' }
}
