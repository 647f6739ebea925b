/**
 * An interaction as its cookie carries it: sealed for tenant and issuer, and good for its own id only. One that is too large for a cookie is an item of
 * its own, and the cookie names it.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { InteractionId } from '@gatehouse/core/ids.ts'
import { type Interaction, isOpen } from '@gatehouse/core/interaction/interaction.ts'
import { isCrowd, networkOf } from '@gatehouse/core/network_delay.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'
import { seal, unseal } from './seal.ts'

export const LARGEST_COOKIE = 1500

type Carried = { readonly kind: 'here'; readonly interaction: Interaction } | { readonly kind: 'stored'; readonly id: InteractionId }

export async function sealInteraction(ctx: TenantContext, interaction: Interaction): Promise<string> {
  const sealed = await sealCarried(ctx, { kind: 'here', interaction })
  if (sealed.length <= LARGEST_COOKIE) return sealed
  await takePlace(ctx)
  await ctx.stores.shelf.table.put({ ...keyOf(ctx, interaction.id), sealed, ttl: interaction.expiresAt })
  return sealCarried(ctx, { kind: 'stored', id: interaction.id })
}

/** Anybody may ask to sign in, with a long `state` if they like; nobody fills the store with that. */
async function takePlace(ctx: TenantContext): Promise<void> {
  const network = networkOf(ctx.actor.ip)
  const limit = isCrowd(network) ? 6_000 : 600
  const place = await ctx.stores.rates.take({ name: 'large_interaction', limit, windowSeconds: 300 }, network)
  if (place.allowed) return
  throw new IamError('too_many_requests', 'too many long requests to sign in came from this network; wait a little', {
    retryAfterSeconds: place.retryAfterSeconds,
  })
}

/** Undefined when the cookie is another's, was changed, or is too old. */
export async function openInteraction(ctx: TenantContext, id: InteractionId, cookie: string): Promise<Interaction | undefined> {
  const carried = await openCarried(ctx, cookie)
  const found = carried?.kind === 'stored' && carried.id === id ? await openStored(ctx, id) : carried
  if (found?.kind !== 'here' || found.interaction.id !== id || found.interaction.issuer !== ctx.issuer) return undefined
  return isOpen(found.interaction, nowSeconds(ctx)) ? found.interaction : undefined
}

async function openStored(ctx: TenantContext, id: InteractionId): Promise<Carried | undefined> {
  const { item } = await ctx.stores.shelf.table.get(keyOf(ctx, id), { consistent: true })
  return typeof item?.sealed === 'string' ? openCarried(ctx, item.sealed) : undefined
}

function sealCarried(ctx: TenantContext, carried: Carried): Promise<string> {
  return seal(ctx, 'interaction', JSON.stringify(carried))
}

async function openCarried(ctx: TenantContext, sealed: string): Promise<Carried | undefined> {
  const text = await unseal(ctx, 'interaction', sealed)
  // Only `sealCarried` seals for this purpose, so the shape is known.
  return text === undefined ? undefined : (JSON.parse(text) as Carried)
}

function keyOf(ctx: TenantContext, id: InteractionId) {
  return { pk: ctx.stores.shelf.keys.interaction(id), sk: 'X' }
}
