/** A passkey in the first step of a sign-in: it says who it is, and no name is asked for. Failures are counted for the network, as those of passwords are. */
import { networkOf } from '@gatehouse/core/network_delay.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { type AssertionOutcome, checkAssertion } from './assertion.ts'
import { passkeyHost } from './host.ts'
import { parseAssertion } from './wire.ts'

export type UnknownPasskey = { readonly rpId: string; readonly credentialId: string }

/** `unknown`: nobody here has it, and whoever keeps it may be told so. */
export type PasskeyOutcome =
  | Exclude<AssertionOutcome, { kind: 'wrong' }>
  | { readonly kind: 'wrong'; readonly unknown?: UnknownPasskey }
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
    const unknown = await findUnknown(ctx, text)
    return { kind: 'wrong', ...(unknown ? { unknown } : {}) }
  }
  return outcome
}

/**
 * WebAuthn Level 3 section 5.1.10.1, at a host that is this tenant's alone: at a shared one it would take a neighbour's passkey from its person's device. Looked up anew,
 * and to the last write: one that was made a moment ago is not unknown.
 */
async function findUnknown(ctx: TenantContext, text: string): Promise<UnknownPasskey | undefined> {
  const [rpId, credentialId] = [passkeyHost(ctx), parseAssertion(text)?.id]
  if (ctx.basePath !== '' || rpId === undefined || credentialId === undefined) return undefined
  const holder = await ctx.stores.passkeys.findHolder(credentialId, { consistent: true })
  return holder === undefined ? { rpId, credentialId } : undefined
}
