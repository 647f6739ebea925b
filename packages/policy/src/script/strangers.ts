/** Anybody may begin to sign in; nobody fills the store with what a script does before it knows whom it has before it. */
import { IamError } from '@gatehouse/core/error.ts'
import { isCrowd, networkOf } from '@gatehouse/core/network_delay.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export async function takePlaceOfStranger(ctx: TenantContext): Promise<void> {
  const network = networkOf(ctx.actor.ip)
  const limit = isCrowd(network) ? 6_000 : 600
  const place = await ctx.stores.rates.take({ name: 'script', limit, windowSeconds: 300 }, network)
  if (place.allowed) return
  throw new IamError('too_many_requests', 'too many sign-ins were begun from this network; wait a little', {
    retryAfterSeconds: place.retryAfterSeconds,
  })
}
