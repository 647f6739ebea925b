/**
 * Which people have signed in from this browser. Their tries from here are counted apart, so a stranger who uses up the tries of a name elsewhere
 * does not lock the person out.
 */
import type { UserId } from '@gatehouse/core/ids.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { seal, unseal } from './seal.ts'

export const KNOWN_BROWSER_SECONDS = 180 * 86_400
/** The latest stay; a shared computer is nobody's in particular. */
const MOST_PEOPLE = 4
const PURPOSE = 'known_browser'

export type KnownBrowser = { readonly id: string; readonly userIds: readonly UserId[] }

export async function openKnownBrowser(ctx: TenantContext, cookie: string | undefined): Promise<KnownBrowser | undefined> {
  const text = cookie === undefined ? undefined : await unseal(ctx, PURPOSE, cookie)
  // Only `rememberUser` seals for this purpose, so the shape is known.
  return text === undefined ? undefined : (JSON.parse(text) as KnownBrowser)
}

/** The cookie after this person signed in here; undefined when it says so already. */
export async function rememberUser(ctx: TenantContext, known: KnownBrowser | undefined, userId: UserId): Promise<string | undefined> {
  if (known?.userIds.includes(userId)) return undefined
  const next: KnownBrowser = { id: known?.id ?? ctx.random.token(16), userIds: [userId, ...(known?.userIds ?? [])].slice(0, MOST_PEOPLE) }
  return seal(ctx, PURPOSE, JSON.stringify(next))
}
