/** Codes, and what changed of how a person signs in. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { MAGIC_LINK_SECONDS, ONE_TIME_PASSWORD_SECONDS } from '@gatehouse/core/one_time_password.ts'
import { oneTimePasswordOf } from '@gatehouse/identity/factors/one_time_password.ts'
import { magicLinkUrl } from '@gatehouse/identity/magic_link.ts'
import { placeOfEvent } from '@gatehouse/identity/place.ts'
import type { TemplateProps } from '@gatehouse/messaging/template_table.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { Handler } from './relay_house.ts'
import { givenNameOf, tell, verifiedReceiver } from './tell.ts'

/** The event carries the name of the challenge only; the code is derived here, of the challenge as it is now. One that is spent or too old is sent to nobody. */
export const tellOneTimePassword: Handler = async (ctx, event, house) => {
  const id = event.data?.challenge
  const challenge = typeof id === 'string' ? await ctx.stores.oneTimePasswords.find(id) : undefined
  if (!challenge || challenge.spentAt !== undefined || challenge.expiresAt <= Math.floor(ctx.clock.now() / 1000)) return
  // A name that nobody has, or a person without an address that was proven.
  if (challenge.userId === undefined || challenge.address === undefined) return
  const user = await ctx.stores.users.find(challenge.userId)
  if (!user) return
  const application = await applicationName(ctx, event)
  const place = challenge.askedFrom?.place ?? (await placeOfEvent(ctx, event))
  const facts = {
    ...givenNameOf(user),
    username: user.userName,
    askedAt: event.at,
    ...(application === undefined ? {} : { application }),
    ...(event.actor.ip === undefined ? {} : { ip: event.actor.ip }),
    ...(place === undefined ? {} : { place }),
  }
  // Whoever asks in a first step may be a stranger: the person's own language comes before the page's.
  const locale = challenge.purpose === 'first_step' ? (user.locale ?? challenge.locale) : (challenge.locale ?? user.locale)
  const receiver = { address: challenge.address, locale }
  if (challenge.kind === 'magic_link') {
    const link = { linkUrl: await magicLinkUrl(ctx, challenge), validMinutes: MAGIC_LINK_SECONDS / 60 }
    return tell(ctx, house, event, receiver, 'magic_link', { ...facts, ...link })
  }
  const { purpose, kind } = challenge
  const code = { purpose, oneTimePassword: await oneTimePasswordOf(ctx, challenge), validMinutes: ONE_TIME_PASSWORD_SECONDS / 60 }
  await tell(ctx, house, event, receiver, kind === 'email_otp' ? 'one_time_password' : 'one_time_password_text', { ...facts, ...code })
}

type Change = TemplateProps['factor_changed']['change']

export function tellFactorChanged(change: Change): Handler {
  return async (ctx, event, house) => {
    const user = event.userId && (await ctx.stores.users.find(event.userId))
    if (!user) return
    await tell(ctx, house, event, verifiedReceiver(user), 'factor_changed', {
      ...givenNameOf(user),
      username: user.userName,
      change,
      factor: factorOf(event),
      changedAt: event.at,
      ...(event.actor.ip === undefined ? {} : { ip: event.actor.ip }),
      accountUrl: `${ctx.issuer}/account/security`,
    })
  }
}

const FACTORS = ['passkey', 'totp', 'email_otp', 'sms_otp', 'recovery_code', 'push', 'x509'] as const

function factorOf({ data }: HouseEvent): TemplateProps['factor_changed']['factor'] {
  return FACTORS.find((kind) => kind === data?.kind) ?? 'recovery_code'
}

async function applicationName(ctx: TenantContext, { clientId }: HouseEvent): Promise<string | undefined> {
  return clientId === undefined ? undefined : (await ctx.configuration.findApplication(clientId))?.client_name
}
