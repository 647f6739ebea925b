/** A browser that a person asked to be remembered in: what stands in its cookie, and what is stored so that it can be listed and forgotten. */
import type { Credential } from '@gatehouse/core/credential.ts'
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { CredentialId } from '@gatehouse/core/ids.ts'
import { signInPolicyOf } from '@gatehouse/core/tenant.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { RememberedBrowser } from '@gatehouse/store/remembered_browser.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'
import type { KnownBrowser, Remembered } from './known_browser.ts'

type Person = Pick<User, 'id' | 'securityEpoch'>
type RememberedFactors = NonNullable<Remembered['factors']>

/** The latest stay: all of a browser's cookies are to be small. */
const MOST_FACTORS = 4

/** Writes it down: the one write that remembering costs. What was remembered here before stays so, for its own time. */
export async function rememberBrowser(
  ctx: TenantContext,
  user: Person,
  known: KnownBrowser | undefined,
  credentials: readonly CredentialId[],
): Promise<Remembered> {
  const { securityEpoch } = user
  const now = nowSeconds(ctx)
  const until = now + signInPolicyOf(ctx.tenant).rememberBrowserSeconds
  const actor = { ...ctx.actor, userId: user.id }
  const factors = credentials.map((credential) => ({ credential, at: now }))
  const before = rememberedOf(ctx, known, user)
  if (before && (await ctx.stores.rememberedBrowsers.find(user.id, before.id))) {
    const kept = before.factors.filter(({ credential }) => !credentials.includes(credential))
    if (await ctx.stores.rememberedBrowsers.extend(user.id, before.id, { rememberedAt: now, until }, actor))
      return { id: before.id, securityEpoch, factors: [...factors, ...kept].slice(0, MOST_FACTORS) }
  }
  const { userAgent = '', ip = '' } = ctx.actor
  const browser: RememberedBrowser = {
    id: `brw_${ctx.random.token(12)}`,
    ...{ userAgent, ip, rememberedAt: now, until, lastUsedAt: now, securityEpoch },
  }
  await ctx.stores.rememberedBrowsers.add(user.id, browser, actor)
  return { id: browser.id, securityEpoch, factors }
}

/** Kinds of what need not be proven again here. Reads the store only where the cookie says that there are such. */
export async function rememberedKinds(
  ctx: TenantContext,
  known: KnownBrowser | undefined,
  user: Person,
  credentials: readonly Pick<Credential, 'id' | 'kind'>[],
): Promise<FactorKind[]> {
  const line = rememberedOf(ctx, known, user)
  const kinds = credentials.filter(({ id }) => line?.factors.some(({ credential }) => credential === id)).map(({ kind }) => kind)
  if (line === undefined || kinds.length === 0) return []
  const browser = await ctx.stores.rememberedBrowsers.find(user.id, line.id)
  if (browser) await ctx.stores.rememberedBrowsers.markUsed(user.id, browser)
  return browser === undefined ? [] : kinds
}

/** Those that still count: not of before a new password, and not for longer than the policy says now. The latest used first. */
export async function listRememberedBrowsers(ctx: TenantContext, { id, securityEpoch }: Person): Promise<RememberedBrowser[]> {
  const { rememberBrowserSeconds } = signInPolicyOf(ctx.tenant)
  const all = (await ctx.stores.rememberedBrowsers.list(id)).map((browser) => ({
    ...browser,
    until: Math.min(browser.until, browser.rememberedAt + rememberBrowserSeconds),
  }))
  return all
    .filter((browser) => browser.securityEpoch === securityEpoch && browser.until > nowSeconds(ctx))
    .sort((a, b) => b.lastUsedAt - a.lastUsedAt)
}

/** What the cookie says of this person, as far as it counts: of this password, and of as long as the policy says now. */
function rememberedOf(
  ctx: TenantContext,
  known: KnownBrowser | undefined,
  { id, securityEpoch }: Person,
): { readonly id: Remembered['id']; readonly factors: RememberedFactors } | undefined {
  const line = known?.people.find(({ userId }) => userId === id)?.remembered
  if (line === undefined || line.securityEpoch !== securityEpoch) return undefined
  const since = nowSeconds(ctx) - signInPolicyOf(ctx.tenant).rememberBrowserSeconds
  const factors = (line.factors ?? []).filter(({ at }) => at > since)
  return factors.length === 0 ? undefined : { id: line.id, factors }
}
