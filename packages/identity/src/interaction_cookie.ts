/**
 * An interaction as its cookie carries it: sealed for tenant, issuer and id. One that is too large for a cookie is an item of its own, and the cookie
 * names it.
 */
import type { InteractionId } from '@gatehouse/core/ids.ts'
import { type Interaction, isOpen } from '@gatehouse/core/interaction/interaction.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'
import { seal, unseal } from './sealed.ts'

export const LARGEST_COOKIE = 1500

/** What stands in the cookie of a large one. */
type Elsewhere = { readonly stored: true }

export async function sealInteraction(ctx: TenantContext, interaction: Interaction): Promise<string> {
  const sealed = await seal(ctx, 'interaction', interaction.id, interaction)
  if (sealed.length <= LARGEST_COOKIE) return sealed
  await ctx.stores.shelf.table.put({ ...keyOf(ctx, interaction.id), sealed, ttl: interaction.expiresAt })
  return seal(ctx, 'interaction', interaction.id, { stored: true } satisfies Elsewhere)
}

/** Undefined when the cookie is another's, was changed, or is too old. */
export async function openInteraction(ctx: TenantContext, id: InteractionId, cookie: string): Promise<Interaction | undefined> {
  const found = await unseal(ctx, 'interaction', id, cookie)
  const interaction = isElsewhere(found) ? await openStored(ctx, id) : found
  // Sealed by us under a key of this purpose, so its shape is what `sealInteraction` was given.
  const opened = interaction as Interaction | undefined
  return opened !== undefined && opened.issuer === ctx.issuer && isOpen(opened, nowSeconds(ctx)) ? opened : undefined
}

async function openStored(ctx: TenantContext, id: InteractionId): Promise<unknown> {
  const { item } = await ctx.stores.shelf.table.get(keyOf(ctx, id), { consistent: true })
  return typeof item?.sealed === 'string' ? unseal(ctx, 'interaction', id, item.sealed) : undefined
}

function keyOf(ctx: TenantContext, id: InteractionId) {
  return { pk: ctx.stores.shelf.keys.interaction(id), sk: 'X' }
}

function isElsewhere(value: unknown): value is Elsewhere {
  return typeof value === 'object' && value !== null && 'stored' in value
}
