/** People whom an administrator made without a password: invited by mail to set one, which proves the mailbox, too. */
import { IamError } from '@gatehouse/core/error.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import { recoveryPolicyOf } from '@gatehouse/core/recovery_policy.ts'
import { primaryEmail, type User } from '@gatehouse/core/user.ts'
import type { UserInvitation } from '@gatehouse/core/user_invitation.ts'
import { claimVouchedEmails } from '@gatehouse/directory/email_owner.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { foldAddress } from '@gatehouse/store/keys.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'
import { setNewPassword } from './password_change.ts'
import type { RecoveryLink } from './recovery_link.ts'

/** Nobody's mailbox is filled by pressing a button. */
const PER_PERSON = { name: 'user_invitation', limit: 10, windowSeconds: 86_400 } as const

/** Sends the first or another; links of former ones end with it. Throws `conflict` for whoever has a password, is switched off, or has no address. */
export async function inviteUser(ctx: TenantContext, userId: UserId): Promise<UserInvitation> {
  const record = await ctx.stores.users.findRecord(userId, { consistent: true })
  if (!record) throw new IamError('not_found', 'there is no such person')
  if (record.password !== undefined) throw new IamError('conflict', 'this person has a password; have them set another instead')
  if (!record.user.active) throw new IamError('conflict', 'this person is switched off')
  const address = primaryEmail(record.user)?.value
  if (address === undefined) throw new IamError('conflict', 'this person has no e-mail address to be invited at')
  const place = await ctx.stores.rates.take(PER_PERSON, userId)
  if (!place.allowed)
    throw new IamError('too_many_requests', 'this person was invited often today', { retryAfterSeconds: place.retryAfterSeconds })
  const invitedAt = nowSeconds(ctx)
  const expiresAt = invitedAt + recoveryPolicyOf(ctx.tenant).invitationSeconds
  const invitation: UserInvitation = { id: ctx.random.token(9), address, invitedAt, expiresAt }
  const event = ctx.stores.shelf.event('user.invited', { actor: ctx.actor, userId, data: { invitation: invitation.id } })
  await ctx.stores.userInvitations.put(userId, invitation, event)
  return invitation
}

/**
 * The person set their password by the link, and so proved the mailbox; where somebody else proved it before, it stays theirs. Throws `conflict` when the invitation
 * was accepted or replaced meanwhile.
 */
export async function acceptUserInvitation(
  ctx: TenantContext,
  { user, address, invitation }: RecoveryLink,
  password: string,
  alongside: readonly Write[],
): Promise<User> {
  const accepted = ctx.stores.userInvitations.acceptWrite(user.id, invitation ?? '')
  const isThis = (value: string) => foldAddress(value) === foldAddress(address)
  const proved: User = { ...user, emails: user.emails.map((email) => (isThis(email.value) ? { ...email, verified: true } : email)) }
  const isTheirs = await isClaimed(ctx, proved)
  const held = isTheirs ? [ctx.stores.verifiedEmails.heldWrite(address, { kind: 'user' as const, userId: user.id })] : []
  return setNewPassword(ctx, isTheirs ? proved : user, { password, how: 'invitation', alongside: [...alongside, accepted, ...held] })
}

async function isClaimed(ctx: TenantContext, proved: User): Promise<boolean> {
  try {
    await claimVouchedEmails(ctx, proved)
    return true
  } catch (error) {
    if (error instanceof IamError && error.code === 'conflict') return false
    throw error
  }
}
