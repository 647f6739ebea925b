/**
 * "This was not me": the link in a mail about a change of address, about a sign-in from a new browser or about a risky one. It acts once, and within its time. Whoever did it knows the
 * password, so that is taken out of force: no session goes on, and only a proof of the mailbox brings a new one.
 */
import { type AddressChange, withAddress } from '@gatehouse/core/address_change.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { EventKind } from '@gatehouse/core/event.ts'
import type { ChangeId, SessionId, UserId } from '@gatehouse/core/ids.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import type { User } from '@gatehouse/core/user.ts'
import { claimVouchedEmails } from '@gatehouse/directory/email_owner.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { endSessions } from './browser_session.ts'
import { removeCredential } from './credentials.ts'
import { consumeLinkWrite, findSealedLink, type SealedLink, sealLink } from './sealed_link.ts'

export type NotMe =
  | { readonly kind: 'address_change'; readonly userId: UserId; readonly change: ChangeId }
  /** `at`: when they signed in, in seconds since the epoch. */
  | { readonly kind: 'sign_in'; readonly userId: UserId; readonly sessionId: SessionId; readonly at: number }
  /** Somebody had the right password, whatever became of it. */
  | { readonly kind: 'risky_sign_in'; readonly userId: UserId; readonly at: number }

export type NotMeLink = SealedLink<NotMe>

export async function notMeUrl(ctx: TenantContext, facts: NotMe, ttlSeconds: number): Promise<string> {
  return `${ctx.issuer}/not-me?token=${await sealLink(ctx, 'not_me', facts, ttlSeconds)}`
}

export async function findNotMe(ctx: TenantContext, token: string): Promise<NotMeLink | undefined> {
  return findSealedLink<NotMe>(ctx, 'not_me', token)
}

/** The person, whose password is worth nothing now; undefined: the link was used before, or what it is about can be undone no more. */
export async function actOnNotMe(ctx: TenantContext, link: NotMeLink): Promise<User | undefined> {
  const { facts } = link
  const user = await ctx.stores.users.find(facts.userId, { consistent: true })
  if (!user) return undefined
  const here: TenantContext = { ...ctx, actor: { ...ctx.actor, userId: user.id } }
  const change = facts.kind === 'address_change' ? await ctx.stores.addressChanges.find(user.id, facts.change) : undefined
  if (facts.kind === 'address_change' && !change) return undefined
  const secured = await (change ? undoAddressChange(here, user, change, link) : secure(here, user, user, link, 'user.sign_in_disowned', []))
  if (!secured) return undefined
  await endSessions(here, user.id, 'ended_by_user')
  await removeFactorsSince(here, user.id, facts.kind === 'address_change' ? (change?.startedAt ?? 0) : facts.at)
  return secured
}

/** Whoever it was may have added a way in of their own: what was added since goes, too. */
async function removeFactorsSince(ctx: TenantContext, userId: UserId, at: number): Promise<void> {
  for (;;) {
    const added = (await ctx.stores.credentials.list(userId, { consistent: true })).find(({ createdAt }) => createdAt >= at)
    if (!added) return
    await removeCredential(ctx, userId, added.id)
  }
}

/** The old address is back whatever came after it: one change may have been hidden by a second. */
async function undoAddressChange(ctx: TenantContext, user: User, change: AddressChange, link: NotMeLink): Promise<User | undefined> {
  const { addressChanges, verifiedEmails } = ctx.stores
  const old = change.status === 'done' ? change.old : undefined
  const restored = old === undefined ? user : withAddress(user, change.channel, old)
  const undone = addressChanges.undoneWrite(user.id, change)
  if (change.channel !== 'email' || old === undefined)
    return secure(ctx, user, restored, link, 'user.address_change_undone', [undone], change)
  if (!(await isFree(ctx, restored))) return undefined
  const held = verifiedEmails.heldWrite(old, { kind: 'user', userId: user.id })
  return secure(ctx, user, restored, link, 'user.address_change_undone', [undone, held], change)
}

/** All of it in one transaction: the link is spent only by what it does. */
async function secure(
  ctx: TenantContext,
  before: User,
  after: User,
  link: NotMeLink,
  kind: EventKind,
  also: readonly Write[],
  change?: AddressChange,
): Promise<User | undefined> {
  const { users } = ctx.stores
  const data: Record<string, string> = change
    ? { change: change.id, channel: change.channel }
    : link.facts.kind === 'sign_in'
      ? { session: link.facts.sessionId }
      : {}
  const record = await users.findRecord(before.id, { consistent: true })
  const password = record?.password ? [users.passwordRevokedWrite(before.id)] : []
  const next: User = { ...after, securityEpoch: before.securityEpoch + 1 }
  try {
    return await users.update(before, next, kind, ctx.actor, [consumeLinkWrite(ctx, 'not_me', link), ...also, ...password], data)
  } catch (error) {
    if (!(error instanceof IamError) || !isConflict(error.cause)) throw error
    // Changed by somebody else meanwhile: the link is as good as before, and the person tries again. Else it was used, or came too late.
    if ((await users.find(before.id, { consistent: true }))?.version !== before.version) throw error
    return undefined
  }
}

async function isFree(ctx: TenantContext, restored: User): Promise<boolean> {
  try {
    await claimVouchedEmails(ctx, restored)
    return true
  } catch (error) {
    if (error instanceof IamError && error.code === 'conflict') return false
    throw error
  }
}
