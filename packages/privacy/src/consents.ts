/** What people allowed applications: found, granted, listed, and withdrawn together with everything that was issued on it. */
import type { Application } from '@gatehouse/core/application.ts'
import type { Consent } from '@gatehouse/core/consent.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { ClientId, UserId } from '@gatehouse/core/ids.ts'
import type { Choice } from '@gatehouse/core/interaction/consent.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export function findConsent(ctx: TenantContext, userId: UserId, clientId: ClientId): Promise<Consent | undefined> {
  return ctx.stores.consents.find(userId, clientId)
}

/** Adds a choice to what was known: what it offered is decided anew, the rest stays. Where another window was faster, this choice is the later one. */
export async function grantConsent(
  ctx: TenantContext,
  userId: UserId,
  application: Application,
  choice: Choice,
  known: Consent | undefined,
): Promise<Consent> {
  const actor = { ...ctx.actor, userId }
  try {
    return await ctx.stores.consents.grant(withChoice(ctx, userId, application, choice, known), actor)
  } catch (error) {
    if (!(error instanceof IamError) || error.code !== 'conflict') throw error
    const newer = await findConsent(ctx, userId, application.client_id)
    return ctx.stores.consents.grant(withChoice(ctx, userId, application, choice, newer), actor)
  }
}

function withChoice(ctx: TenantContext, userId: UserId, application: Application, choice: Choice, known: Consent | undefined): Consent {
  const now = ctx.stores.shelf.now()
  const offered = new Set([...choice.claims, ...choice.declined])
  const kept = (names: readonly string[] = []) => names.filter((name) => !offered.has(name))
  return {
    userId,
    clientId: application.client_id,
    clientName: application.client_name,
    scopes: [...new Set([...(known?.scopes ?? []), ...choice.scopes])],
    claims: [...kept(known?.claims), ...choice.claims],
    declined: [...kept(known?.declined), ...choice.declined],
    ...(application.gatehouse_purpose === undefined ? {} : { purpose: application.gatehouse_purpose }),
    grantedAt: known?.grantedAt ?? now,
    updatedAt: now,
    version: known?.version ?? 0,
  }
}

/** Newest first, each with the application's name. */
export async function listConsents(ctx: TenantContext, userId: UserId): Promise<Consent[]> {
  const consents = await ctx.stores.consents.list(userId)
  const named = await Promise.all(
    consents.map(async (consent) => ({
      ...consent,
      clientName: (await ctx.configuration.findApplicationAnywhere(consent.clientId))?.client_name ?? consent.clientName,
    })),
  )
  return named.sort((a, b) => b.updatedAt - a.updatedAt)
}

/** Ends refresh tokens, and access tokens at our own endpoints, at once. The consent goes first: whoever signs in meanwhile is asked again. */
export async function withdrawConsent(ctx: TenantContext, userId: UserId, clientId: ClientId): Promise<void> {
  const actor = { ...ctx.actor, userId }
  await ctx.stores.consents.withdraw(userId, clientId, actor)
  const authorizations = await ctx.stores.authorizations.list(userId, { clientId })
  await Promise.all(authorizations.map((authorization) => ctx.stores.authorizations.revoke(authorization, 'consent_withdrawn', actor)))
}
