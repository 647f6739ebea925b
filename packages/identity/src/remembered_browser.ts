/** A browser that a person asked to be remembered in: what stands in its cookie, and what is stored so that it can be listed and forgotten. */
import type { Credential } from '@gatehouse/core/credential.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { RememberedBrowser } from '@gatehouse/store/remembered_browser.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'
import type { KnownBrowser, Remembered } from './known_browser.ts'

/** Writes it down: the one write that remembering costs. */
export async function rememberBrowser(
  ctx: TenantContext,
  user: Pick<User, 'id' | 'securityEpoch'>,
  { credential, until }: Pick<Remembered, 'credential' | 'until'>,
): Promise<Remembered> {
  const { securityEpoch } = user
  const now = nowSeconds(ctx)
  const browser: RememberedBrowser = {
    id: `brw_${ctx.random.token(12)}`,
    userAgent: ctx.actor.userAgent ?? '',
    ip: ctx.actor.ip ?? '',
    rememberedAt: now,
    until,
    lastUsedAt: now,
    securityEpoch,
  }
  await ctx.stores.rememberedBrowsers.add(user.id, browser, { ...ctx.actor, userId: user.id })
  return { credential, securityEpoch, until, id: browser.id }
}

/** Reads the store only where the cookie says that it is. */
export async function isRemembered(
  ctx: TenantContext,
  known: KnownBrowser | undefined,
  { id, securityEpoch }: Pick<User, 'id' | 'securityEpoch'>,
  credentials: readonly Pick<Credential, 'id'>[],
): Promise<boolean> {
  const line = known?.people.find(({ userId }) => userId === id)?.remembered
  if (line?.id === undefined || line.securityEpoch !== securityEpoch || line.until <= nowSeconds(ctx)) return false
  if (!credentials.some((credential) => credential.id === line.credential)) return false
  const browser = await ctx.stores.rememberedBrowsers.find(id, line.id)
  if (browser) await ctx.stores.rememberedBrowsers.markUsed(id, browser)
  return browser !== undefined
}

/** Those that still count: not of before a new password. The latest used first. */
export async function listRememberedBrowsers(ctx: TenantContext, user: Pick<User, 'id' | 'securityEpoch'>): Promise<RememberedBrowser[]> {
  const all = await ctx.stores.rememberedBrowsers.list(user.id)
  return all.filter(({ securityEpoch }) => securityEpoch === user.securityEpoch).sort((a, b) => b.lastUsedAt - a.lastUsedAt)
}
