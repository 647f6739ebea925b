/** Mails about a person's own account. */

import type { HouseEvent } from '@gatehouse/core/event.ts'
import { isByMail, recoveryPolicyOf } from '@gatehouse/core/recovery_policy.ts'
import type { User } from '@gatehouse/core/user.ts'
import { findEmailHolding } from '@gatehouse/directory/email_owner.ts'
import { findVerificationMail } from '@gatehouse/identity/email_verification.ts'
import { provenBeside, recoveryUrl, sealRecoveryLink } from '@gatehouse/identity/recovery_link.ts'
import type { TemplateProps } from '@gatehouse/messaging/template_table.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { UserRecord } from '@gatehouse/store/user.ts'
import type { Handler } from './relay_house.ts'
import { givenNameOf, tell, verifiedReceiver } from './tell.ts'

const LINK_HOURS = 24
const NOT_ME_SECONDS = 86_400

/** Who opens the mail is told the truth: confirm the address, or, where somebody proved it before, that it is known here already. */
export const tellAddressOwner: Handler = async (ctx, event, house) => {
  const { userId, requestId } = event
  const mail = await findVerificationMail(ctx, { ...(userId ? { userId } : {}), ...(requestId ? { requestId } : {}) })
  if (!mail) return
  const receiver = { address: mail.address, locale: mail.locale }
  const name = mail.givenName === undefined ? {} : { name: mail.givenName }
  const link = { confirmUrl: mail.url, validHours: LINK_HOURS }
  const owner = mail.known ? await findOwner(ctx, mail.address) : undefined
  if (owner)
    await tell(ctx, house, event, { ...receiver, locale: owner.locale }, 'email_already_known', {
      username: owner.userName,
      loginUrl: `${ctx.issuer}/login`,
    })
  else if (requestId) await tell(ctx, house, event, receiver, 'registration_received', { ...name, ...link, username: mail.userName })
  else await tell(ctx, house, event, receiver, 'email_verification', { ...name, ...link })
}

/** The person who proved the address before. */
async function findOwner(ctx: TenantContext, address: string): Promise<User | undefined> {
  const owner = (await findEmailHolding(ctx, address))?.owner
  return owner?.kind === 'user' ? owner.user : undefined
}

export const tellPasswordChanged: Handler = async (ctx, event, house) => {
  const record = event.userId && (await ctx.stores.users.findRecord(event.userId, { consistent: true }))
  if (!record) return
  const { user } = record
  const by = changedBy(event)
  await tell(ctx, house, event, verifiedReceiver(user), 'password_changed', {
    ...givenNameOf(user),
    username: user.userName,
    by,
    ...(by === 'own' || by === 'recovery' ? await notMe(ctx, record) : {}),
    changedAt: event.at,
    accountUrl: `${ctx.issuer}/account`,
  })
}

type ChangedBy = TemplateProps['password_changed']['by']

function changedBy({ data, actor, userId }: HouseEvent): ChangedBy {
  if (data?.how === 'recovery' || data?.how === 'invitation') return data.how
  return actor.userId === userId ? 'own' : 'administrator'
}

/** A way back for whoever did not do it, where the tenant recovers passwords by mail. */
async function notMe(ctx: TenantContext, record: UserRecord): Promise<{ notMeUrl?: string }> {
  const address = verifiedReceiver(record.user)?.address
  if (address === undefined || !recoveryPolicyOf(ctx.tenant).password.some(isByMail)) return {}
  if ((await provenBeside(ctx, record.user, address)) === 'impossible') return {}
  return { notMeUrl: recoveryUrl(ctx, await sealRecoveryLink(ctx, { record, because: 'not_me', address }, NOT_ME_SECONDS)) }
}
