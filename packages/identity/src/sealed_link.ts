/** A link that carries its own meaning: sealed for one purpose, good until a time, and used once. */

import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { Purpose } from '@gatehouse/store/used.ts'
import { nowSeconds } from './interaction.ts'
import { seal, unseal } from './seal.ts'

type LinkPurpose = Extract<Purpose, 'email_verification' | 'invitation' | 'not_me' | 'recovery' | 'unlock'>

export type SealedLink<Facts> = { readonly id: string /** Seconds since the epoch. */; readonly expiresAt: number; readonly facts: Facts }

export function sealLink<Facts>(ctx: TenantContext, purpose: LinkPurpose, facts: Facts, ttlSeconds: number): Promise<string> {
  const link: SealedLink<Facts> = { id: ctx.random.token(16), expiresAt: nowSeconds(ctx) + ttlSeconds, facts }
  return seal(ctx, purpose, JSON.stringify(link))
}

/** Undefined when it was not sealed here for this purpose, is too old, or was used. */
export async function findSealedLink<Facts>(
  ctx: TenantContext,
  purpose: LinkPurpose,
  token: string,
): Promise<SealedLink<Facts> | undefined> {
  const link = await peekSealedLink<Facts>(ctx, purpose, token)
  return link && link.expiresAt > nowSeconds(ctx) && !(await ctx.stores.used.isUsed(purpose, link.id)) ? link : undefined
}

/** Also one that is too old or was used: to say what it was. */
export async function peekSealedLink<Facts>(
  ctx: TenantContext,
  purpose: LinkPurpose,
  token: string,
): Promise<SealedLink<Facts> | undefined> {
  const text = token.length > LONGEST ? undefined : await unseal(ctx, purpose, token)
  // Only `sealLink` seals for this purpose, so the shape is known.
  return text === undefined ? undefined : (JSON.parse(text) as SealedLink<Facts>)
}

/** True for the first. */
export function consumeLink(ctx: TenantContext, purpose: LinkPurpose, link: SealedLink<unknown>, event?: HouseEvent): Promise<boolean> {
  return ctx.stores.used.consume(purpose, link.id, link.expiresAt, event)
}

/** To stand in the transaction of what the link leads to. */
export function consumeLinkWrite(ctx: TenantContext, purpose: LinkPurpose, link: SealedLink<unknown>, event?: HouseEvent): Write {
  return ctx.stores.used.consumeWrite(purpose, link.id, link.expiresAt, event)
}

const LONGEST = 2048
