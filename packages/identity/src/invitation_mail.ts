/** What the mail says that invites a person to choose a password: for the relay. */
import type { UserId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'
import { recoveryUrl, sealRecoveryLink } from './recovery_link.ts'

export type InvitationMail = { readonly user: User; readonly address: string; readonly url: string; readonly expiresAt: number }

/** Undefined when it was accepted, replaced or taken back meanwhile. */
export async function findInvitationMail(ctx: TenantContext, userId: UserId, id: unknown): Promise<InvitationMail | undefined> {
  const [invitation, record] = await Promise.all([
    ctx.stores.userInvitations.find(userId),
    ctx.stores.users.findRecord(userId, { consistent: true }),
  ])
  const left = invitation ? invitation.expiresAt - nowSeconds(ctx) : 0
  if (!record?.user.active || !invitation || invitation.id !== id || invitation.acceptedAt !== undefined || left <= 0) return undefined
  const { address, expiresAt } = invitation
  const token = await sealRecoveryLink(ctx, { record, because: 'invitation', address, invitation: invitation.id }, left)
  return { user: record.user, address, url: recoveryUrl(ctx, token), expiresAt }
}
