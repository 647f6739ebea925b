/** A passkey in the first step of a sign-in: it says who it is, and no name is asked for. Failures are counted for the network, as those of passwords are. */
import { networkOf } from '@gatehouse/core/network_delay.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { type AssertionOutcome, checkAssertion } from './assertion.ts'

export type PasskeyOutcome =
  | AssertionOutcome
  | { readonly kind: 'locked'; readonly retryAfterSeconds: number }
  /** The passkey is right, but. */
  | { readonly kind: 'inactive' }

export async function signInByPasskey(ctx: TenantContext, text: string, boundTo: string): Promise<PasskeyOutcome> {
  const network = networkOf(ctx.actor.ip)
  const delay = await ctx.stores.networkTries.findDelay(network)
  if (delay > 0) return { kind: 'locked', retryAfterSeconds: delay }
  const outcome = await checkAssertion(ctx, { text, boundTo })
  if (outcome.kind === 'right') return outcome.user.active ? outcome : { kind: 'inactive' }
  if (outcome.kind === 'wrong') {
    const of = outcome.userId === undefined ? {} : { userId: outcome.userId }
    const event = ctx.stores.shelf.event('sign_in.failed', { actor: ctx.actor, ...of, data: { factor: 'passkey' } })
    await ctx.stores.networkTries.count(network, event)
  }
  return outcome
}
