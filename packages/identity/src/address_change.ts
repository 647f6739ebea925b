/**
 * A person changes their e-mail address or phone number. A code goes to the new address, and, where the tenant asks for it, to the old one; only when all were
 * typed in the person's own session does the new address take the old one's place. Whoever has the old one is told at once, and may undo it.
 */
import {
  ADDRESS_CHANGE_SECONDS,
  type AddressChange,
  type AddressChannel,
  type AddressEnd,
  dueEnds,
  primaryAddress,
  withAddress,
} from '@gatehouse/core/address_change.ts'
import { addressChangePolicyOf } from '@gatehouse/core/tenant.ts'
import type { User } from '@gatehouse/core/user.ts'
import { pendingOf } from '@gatehouse/store/address_change.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { EmailHolder } from '@gatehouse/store/verified_email.ts'
import { holdEmail } from './email_verification.ts'
import type { CodeOutcome, SendOutcome } from './factors/factor_use.ts'
import { type AddressedChallenge, challengeId, checkOneTimePassword, sendOneTimePassword } from './factors/one_time_password.ts'
import { nowSeconds } from './interaction.ts'

export type Begun = { readonly kind: 'begun'; readonly change: AddressChange } | Exclude<SendOutcome, { kind: 'sent' }>

/** `address` was checked, and is another than the verified one of today. One that waits in the same channel waits no more. */
export async function beginAddressChange(
  ctx: TenantContext,
  user: User,
  channel: AddressChannel,
  address: string,
  locale: string,
): Promise<Begun> {
  const { proof, undoDays } = addressChangePolicyOf(ctx.tenant)
  const now = nowSeconds(ctx)
  const before = primaryAddress(user, channel)
  const old = before?.verified ? before.value : undefined
  const change: AddressChange = {
    id: `chg_${ctx.random.token(12)}`,
    channel,
    address,
    ...(old === undefined ? {} : { old }),
    ends: proof === 'both' && old !== undefined ? ['new', 'old'] : ['new'],
    status: 'pending',
    startedAt: now,
    expiresAt: now + ADDRESS_CHANGE_SECONDS,
    undoUntil: now + undoDays * 86_400,
  }
  for (const end of change.ends) {
    const sent = await sendOneTimePassword(ctx, challengeOf(user, change, end, locale))
    if (sent.kind !== 'sent') return sent
  }
  const instead = pendingOf(await ctx.stores.addressChanges.listPending(user.id), channel)
  const event = ctx.stores.shelf.event('address_change.asked', {
    actor: ctx.actor,
    userId: user.id,
    data: { change: change.id, channel, proof: change.ends },
  })
  await ctx.stores.addressChanges.begin(user.id, change, instead, event)
  return { kind: 'begun', change }
}

export function resendAddressCode(
  ctx: TenantContext,
  user: User,
  change: AddressChange,
  end: AddressEnd,
  locale: string,
): Promise<SendOutcome> {
  return sendOneTimePassword(ctx, challengeOf(user, change, end, locale))
}

export type Confirmed =
  | { readonly kind: Exclude<CodeOutcome, 'right'> }
  /** Right, and the other end is still to be proven. */
  | { readonly kind: 'proven'; readonly change: AddressChange }
  | { readonly kind: 'changed'; readonly user: User }
  /** The address is another account's: told to whoever has proven that they read its mail. */
  | { readonly kind: 'known' }

export async function confirmAddressChange(
  ctx: TenantContext,
  user: User,
  change: AddressChange,
  end: AddressEnd,
  text: string,
): Promise<Confirmed> {
  if (!dueEnds(change).includes(end)) return { kind: 'expired' }
  const outcome = await checkOneTimePassword(ctx, challengeName(change, end), text)
  if (outcome !== 'right') return { kind: outcome }
  const proven = await ctx.stores.addressChanges.prove(user.id, change, end)
  if (proven === undefined) return { kind: 'expired' }
  return dueEnds(proven).length > 0 ? { kind: 'proven', change: proven } : apply(ctx, user, proven)
}

async function apply(ctx: TenantContext, user: User, change: AddressChange): Promise<Confirmed> {
  if (change.channel === 'phone_number') return { kind: 'changed', user: await replace(ctx, user, change) }
  const holder: EmailHolder = { kind: 'user', userId: user.id }
  let changed: User | undefined
  const held = await holdEmail(ctx, holder, change.address, async () => {
    changed = await replace(ctx, user, change, holder)
    return true
  })
  if (held === 'verified' && changed) return { kind: 'changed', user: changed }
  await ctx.stores.addressChanges.cancel(user.id, change, ctx.actor)
  return { kind: 'known' }
}

/** The person as they are now, with the new address: one transaction with the end of the change, so that neither happens twice or alone. */
async function replace(ctx: TenantContext, { id }: User, change: AddressChange, holder?: EmailHolder): Promise<User> {
  const { users, verifiedEmails, addressChanges } = ctx.stores
  const user = await users.find(id, { consistent: true })
  if (!user) throw new Error(`${id} is gone`)
  const after = withAddress(user, change.channel, change.address)
  const alongside = [addressChanges.doneWrite(id, change), ...(holder ? [verifiedEmails.heldWrite(change.address, holder)] : [])]
  const data = { change: change.id, channel: change.channel }
  return users.update(user, after, 'user.address_changed', { ...ctx.actor, userId: id }, alongside, data)
}

function challengeOf(user: User, change: AddressChange, end: AddressEnd, locale: string): AddressedChallenge {
  return {
    id: challengeName(change, end),
    kind: change.channel === 'email' ? 'email_otp' : 'sms_otp',
    purpose: end === 'new' ? 'enrolment' : 'address_change',
    userId: user.id,
    address: end === 'new' ? change.address : (change.old ?? change.address),
    locale,
  }
}

function challengeName({ id }: AddressChange, end: AddressEnd): string {
  return challengeId('address_change', id, end)
}
