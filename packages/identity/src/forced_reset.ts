/**
 * An administrator has somebody set a new password. `sign_in`: at the next sign-in, after the present one was given; `mail`: the present one is worth nothing from now
 * on, and a link is mailed.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { primaryEmail, type User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { endSessions } from './browser_session.ts'
import { provenBeside, recoveryUrl, sealRecoveryLink } from './recovery_link.ts'

const LINK_SECONDS = 86_400

export type ForcedReset = { readonly by: 'sign_in' | 'mail'; readonly endSessions: boolean }

/** Throws `conflict` where a link is wanted and there is no verified address for it, or none at which it would do. */
export async function forceReset(ctx: TenantContext, user: User, { by, endSessions: ends }: ForcedReset): Promise<User> {
  if (by === 'mail') await checkMailDoes(ctx, user)
  const { users } = ctx.stores
  const password = by === 'mail' ? (await users.findRecord(user.id, { consistent: true }))?.password : undefined
  const revoked = password === undefined ? [] : [users.passwordRevokedWrite(user.id)]
  const changed = await users.requirePasswordChange(user, by, ends, ctx.actor, revoked)
  if (ends) await endSessions(ctx, user.id, 'password_changed')
  return changed
}

async function checkMailDoes(ctx: TenantContext, user: User): Promise<void> {
  const email = primaryEmail(user)
  if (!email?.verified)
    throw new IamError('conflict', 'this person has no verified e-mail address; have them set a new password at the next sign-in instead')
  if ((await provenBeside(ctx, user, email.value)) === 'impossible')
    throw new IamError(
      'conflict',
      "the mailbox also gets the codes of this person's second factor, so a link alone sets no password there; have them set a new one at the next sign-in instead, or remove that factor first",
    )
}

export type ForcedMail = {
  readonly user: User
  readonly address: string
  /** Absent: they sign in with what they have. */
  readonly url?: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

/** For the relay. Undefined: there is nobody to write to, or it is done already. */
export async function findForcedMail(ctx: TenantContext, event: HouseEvent): Promise<ForcedMail | undefined> {
  const record = event.userId && (await ctx.stores.users.findRecord(event.userId, { consistent: true }))
  const email = record && primaryEmail(record.user)
  if (!record?.user.active || !email?.verified) return undefined
  const { user } = record
  const [address, expiresAt] = [email.value, event.at + LINK_SECONDS * 1000]
  if (event.data?.by !== 'mail') return user.passwordChange === undefined ? undefined : { user, address, expiresAt }
  if (record.password !== undefined) return undefined
  const token = await sealRecoveryLink(ctx, { record, because: 'forced', address }, LINK_SECONDS)
  return { user, address, expiresAt, url: recoveryUrl(ctx, token) }
}
