/**
 * A person who is held up because a stranger tried many passwords gets a link by mail. Opened, and agreed to, it gives one browser tries of its own for a while; the
 * stranger's delays stay as they are. It proves nothing else: the browser is no known one.
 */
import { isId, type UserId } from '@gatehouse/core/ids.ts'
import { recoveryPolicyOf } from '@gatehouse/core/recovery_policy.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'
import type { KnownBrowser } from './known_browser.ts'
import { seal, unseal } from './seal.ts'
import { consumeLink, findSealedLink, sealLink } from './sealed_link.ts'

export const UNLOCKED_SECONDS = 3600
const PURPOSE = 'unlocked_browser'

type Facts = { readonly u: UserId }
type Unlocked = { readonly id: string; readonly userId: UserId /** Seconds since the epoch. */; readonly until: number }

export async function unlockUrl(ctx: TenantContext, { id }: User): Promise<string> {
  const token = await sealLink<Facts>(ctx, 'unlock', { u: id }, recoveryPolicyOf(ctx.tenant).linkSeconds)
  return `${ctx.issuer}/recover/unlock?token=${token}`
}

export async function findUnlockLink(ctx: TenantContext, token: string): Promise<User | undefined> {
  const link = await findSealedLink<Facts>(ctx, 'unlock', token)
  const user = link && isId('usr', link.facts.u) ? await ctx.stores.users.find(link.facts.u, { consistent: true }) : undefined
  return user?.active ? user : undefined
}

/** The cookie of the browser that opened it; undefined when somebody was faster. */
export async function useUnlockLink(ctx: TenantContext, token: string): Promise<string | undefined> {
  const link = await findSealedLink<Facts>(ctx, 'unlock', token)
  if (link === undefined) return undefined
  const userId = link.facts.u
  const event = ctx.stores.shelf.event('user.unlocked', { actor: ctx.actor, userId, data: { how: 'link' } })
  if (!(await consumeLink(ctx, 'unlock', link, event))) return undefined
  const unlocked: Unlocked = { id: ctx.random.token(16), userId, until: nowSeconds(ctx) + UNLOCKED_SECONDS }
  return seal(ctx, PURPOSE, JSON.stringify(unlocked))
}

/** Whose tries a password of this browser takes: those of a browser that its people have used before, and of the one whom it was unlocked for. */
export async function withUnlocked(
  ctx: TenantContext,
  known: KnownBrowser | undefined,
  cookie: string | undefined,
): Promise<KnownBrowser | undefined> {
  const text = cookie === undefined ? undefined : await unseal(ctx, PURPOSE, cookie)
  if (text === undefined) return known
  // Only `useUnlockLink` seals for this purpose, so the shape is known.
  const { id, userId, until } = JSON.parse(text) as Unlocked
  if (until <= nowSeconds(ctx) || known?.people.some((person) => person.userId === userId)) return known
  // No session came of it yet.
  return { id: known?.id ?? id, people: [...(known?.people ?? []), { userId, latest: 'ses_none' }] }
}
