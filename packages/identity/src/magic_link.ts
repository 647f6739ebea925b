/**
 * A link that signs in: what is sent is the name of a challenge and its nonce, sealed, so that the store holds nothing by which one could be made. It is opened
 * without being spent, since mail is read by machines, too; it is spent by a button, in the browser that asked, or by the code that another browser shows.
 */
import type { User } from '@gatehouse/core/user.ts'
import type { OneTimePassword } from '@gatehouse/store/one_time_password.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { oneTimePasswordOf } from './factors/one_time_password.ts'
import { isFor } from './first_step.ts'
import { nowSeconds } from './interaction.ts'
import { seal, unseal } from './seal.ts'

const PURPOSE = 'magic_link'
const LONGEST = 1024

type Sealed = Pick<OneTimePassword, 'id' | 'nonce'>

/** A link that is good, and whom it was sent to. */
export type FoundLink = { readonly challenge: OneTimePassword; readonly user: User }

/** For the relay, which writes the message. */
export async function magicLinkUrl(ctx: TenantContext, { id, nonce }: Sealed): Promise<string> {
  return `${ctx.issuer}/login/link/open?token=${await seal(ctx, PURPOSE, JSON.stringify({ id, nonce } satisfies Sealed))}`
}

/** Undefined when it was not made here, is too old, was used, or replaced by a newer one; and when the address is not the person's any more. Spends nothing. */
export async function findMagicLink(ctx: TenantContext, token: string): Promise<FoundLink | undefined> {
  const text = token.length > LONGEST ? undefined : await unseal(ctx, PURPOSE, token)
  if (text === undefined) return undefined
  // Only `magicLinkUrl` seals for this purpose, so the shape is known.
  const { id, nonce } = JSON.parse(text) as Sealed
  const challenge = await ctx.stores.oneTimePasswords.find(id)
  if (challenge?.nonce !== nonce || challenge.spentAt !== undefined || challenge.expiresAt <= nowSeconds(ctx)) return undefined
  const user = challenge.userId && (await ctx.stores.users.find(challenge.userId))
  return user && isFor(challenge, user) ? { challenge, user } : undefined
}

/** In the browser that asked for it: true for the first. */
export function spendMagicLink(ctx: TenantContext, { challenge }: FoundLink): Promise<boolean> {
  return ctx.stores.oneTimePasswords.spend(challenge)
}

/** In another browser: the code to be typed in the one that asked, from now on. Undefined where the link is good no more. */
export async function confirmMagicLink(ctx: TenantContext, { challenge }: FoundLink): Promise<string | undefined> {
  const { oneTimePasswords } = ctx.stores
  if (challenge.confirmedAt === undefined && !(await oneTimePasswords.confirm(challenge))) {
    const meanwhile = await oneTimePasswords.find(challenge.id)
    if (meanwhile?.nonce !== challenge.nonce || meanwhile.confirmedAt === undefined || meanwhile.spentAt !== undefined) return undefined
  }
  return oneTimePasswordOf(ctx, challenge)
}

/** Whoever reads the mailbox did not ask: the link, and its code, are worth nothing from now on. */
export async function denyMagicLink(ctx: TenantContext, { challenge, user }: FoundLink): Promise<void> {
  const event = ctx.stores.shelf.event('sign_in.denied', { actor: ctx.actor, userId: user.id, data: { factor: challenge.kind } })
  await ctx.stores.oneTimePasswords.spend(challenge, event)
}
