/** What people get who forgot something, are invited, are asked for a new password, or are held up. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { ONE_TIME_PASSWORD_SECONDS } from '@gatehouse/core/one_time_password.ts'
import { isByMail, recoveryPolicyOf } from '@gatehouse/core/recovery_policy.ts'
import type { User } from '@gatehouse/core/user.ts'
import { findForcedMail } from '@gatehouse/identity/forced_reset.ts'
import { findInvitationMail } from '@gatehouse/identity/invitation_mail.ts'
import { findRecoveryDelivery, type RecoveryDelivery } from '@gatehouse/identity/recovery_delivery.ts'
import { unlockUrl } from '@gatehouse/identity/unlocking.ts'
import type { Recovery } from '@gatehouse/store/recovery.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { Handler, RelayHouse } from './relay_house.ts'
import { givenNameOf, type Receiver, tell, verifiedReceiver } from './tell.ts'

type Told<K extends RecoveryDelivery['kind']> = {
  readonly ctx: TenantContext
  readonly house: RelayHouse
  readonly event: HouseEvent
  readonly recovery: Recovery
  readonly delivery: Extract<RecoveryDelivery, { kind: K }>
  readonly receiver: Receiver
  readonly byMail: boolean
}

export const tellRecovery: Handler = async (ctx, event, house) => {
  const recovery = typeof event.data?.recovery === 'string' ? await ctx.stores.recoveries.find(event.data.recovery) : undefined
  const delivery = recovery && (await findRecoveryDelivery(ctx, event))
  if (!recovery || !delivery) return
  const { question, locale } = recovery
  const byMail = question.what === 'password' ? isByMail(question.way) : question.way === 'email'
  const receiver = { address: delivery.address, locale: locale ?? delivery.user.locale }
  const told = { ctx, house, event, recovery, receiver, byMail }
  if (delivery.kind === 'link') await tellLink({ ...told, delivery })
  else if (delivery.kind === 'code') await tellCode({ ...told, delivery })
  else if (delivery.kind === 'names') await tellNames({ ...told, delivery })
  else await tellRefused({ ...told, delivery })
}

async function tellLink({ ctx, house, event, recovery, delivery, receiver, byMail }: Told<'link'>): Promise<void> {
  const { user, because, url } = delivery
  await tell(ctx, house, event, receiver, byMail ? 'password_recovery' : 'password_recovery_text', {
    ...aboutOf(user, event),
    ...(await applicationOf(ctx, recovery)),
    because,
    recoverUrl: url,
    expiresAt: event.at + recoveryPolicyOf(ctx.tenant).linkSeconds * 1000,
    askedAt: event.at,
  })
}

async function tellCode({ ctx, house, event, recovery, delivery, receiver, byMail }: Told<'code'>): Promise<void> {
  await tell(ctx, house, event, receiver, byMail ? 'one_time_password' : 'one_time_password_text', {
    ...aboutOf(delivery.user, event),
    ...(await applicationOf(ctx, recovery)),
    oneTimePassword: delivery.code,
    purpose: 'recovery',
    validMinutes: ONE_TIME_PASSWORD_SECONDS / 60,
    askedAt: event.at,
  })
}

async function tellNames({ ctx, house, event, delivery, receiver, byMail }: Told<'names'>): Promise<void> {
  await tell(ctx, house, event, receiver, byMail ? 'user_name_recovery' : 'user_name_recovery_text', {
    ...(delivery.names.length === 1 ? givenNameOf(delivery.user) : {}),
    usernames: delivery.names,
    loginUrl: `${ctx.issuer}/login`,
  })
}

/** By mail only: a text message would cost, and says too little. */
async function tellRefused({ ctx, house, event, delivery, receiver, byMail }: Told<'refused'>): Promise<void> {
  const { user, because } = delivery
  await tell(ctx, house, event, byMail ? receiver : verifiedReceiver(user), 'recovery_refused', {
    ...givenNameOf(user),
    username: user.userName,
    because,
    loginUrl: `${ctx.issuer}/login`,
  })
}

/** An administrator wants a new password: after the old one at the next sign-in, or by the link in this mail. */
export const tellPasswordChangeRequired: Handler = async (ctx, event, house) => {
  const forced = event.userId && (await findForcedMail(ctx, event))
  if (!forced) return
  const { user, address, url } = forced
  const receiver = { address, locale: user.locale }
  const about = { ...givenNameOf(user), username: user.userName }
  if (url === undefined) await tell(ctx, house, event, receiver, 'password_change_required', { ...about, loginUrl: `${ctx.issuer}/login` })
  else
    await tell(ctx, house, event, receiver, 'password_recovery', {
      ...about,
      because: 'forced',
      recoverUrl: url,
      expiresAt: forced.expiresAt,
      askedAt: event.at,
    })
}

export const tellInvited: Handler = async (ctx, event, house) => {
  const mail = event.userId && (await findInvitationMail(ctx, event.userId, event.data?.invitation))
  if (!mail) return
  const { user, address, url, expiresAt } = mail
  await tell(ctx, house, event, { address, locale: user.locale }, 'user_invitation', {
    ...givenNameOf(user),
    username: user.userName,
    invitationUrl: url,
    expiresAt: expiresAt * 1000,
  })
}

/** So many mails about tries that a stranger can cause. */
const LOCKED_MAILS = [
  { name: 'locked_mail', limit: 1, windowSeconds: 6 * 3600 },
  { name: 'locked_mail_day', limit: 2, windowSeconds: 86_400 },
] as const

/** Of the password: whoever is held up at a further factor has the password, and is no stranger's victim. */
export const tellLocked: Handler = async (ctx, event, house) => {
  if (event.userId === undefined || event.data?.factor !== undefined || !recoveryPolicyOf(ctx.tenant).unlock) return
  const user = await ctx.stores.users.find(event.userId)
  const receiver = user && verifiedReceiver(user)
  if (!user?.active || !receiver) return
  const limits = LOCKED_MAILS.map((limit) => ({ ...limit, who: user.id }))
  if ((await ctx.stores.rates.takeAll(event.id, limits)) !== undefined) return
  await tell(ctx, house, event, receiver, 'account_locked', {
    ...aboutOf(user, event),
    triedAt: event.at,
    unlockUrl: await unlockUrl(ctx, user),
  })
}

function aboutOf(user: User, { actor }: HouseEvent) {
  return { ...givenNameOf(user), username: user.userName, ...(actor.ip === undefined ? {} : { ip: actor.ip }) }
}

async function applicationOf(ctx: TenantContext, { clientId }: Recovery): Promise<{ application?: string }> {
  const application = clientId === undefined ? undefined : await ctx.configuration.findApplication(clientId)
  return application === undefined ? {} : { application: application.client_name }
}
