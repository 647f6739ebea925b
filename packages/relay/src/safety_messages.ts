/** Messages that let a person see, and stop, what somebody else does with their account. */
import { maskedAddress } from '@gatehouse/core/credential.ts'
import { type ChangeId, isId } from '@gatehouse/core/ids.ts'
import { negotiateLocale } from '@gatehouse/core/locale.ts'
import { placeName } from '@gatehouse/core/place.ts'
import type { User } from '@gatehouse/core/user.ts'
import { browserOf } from '@gatehouse/core/user_agent.ts'
import { notMeUrl } from '@gatehouse/identity/not_me.ts'
import { findPasswordExpiry } from '@gatehouse/identity/password_due.ts'
import type { Handler } from './relay_house.ts'
import { givenNameOf, type Receiver, tell, verifiedReceiver } from './tell.ts'

const DAY = 86_400
const NOT_ME_DAYS = 7
/** Whoever signs in from private windows all day knows by then. */
const MAILS = { name: 'new_browser', limit: 20, windowSeconds: DAY } as const

/** A sign-in from a browser that is new to the person; the very first of all is no news. */
export const tellNewBrowser: Handler = async (ctx, event, house) => {
  const { userId, sessionId } = event
  if (ctx.tenant.policies.newBrowserMail === false || userId === undefined || sessionId === undefined) return
  if (await ctx.stores.users.isFirstSignIn(userId, sessionId)) return
  const [user, session] = await Promise.all([ctx.stores.users.find(userId), ctx.stores.sessions.find(userId, sessionId)])
  const receiver = user && verifiedReceiver(user)
  if (!user || !session || !receiver || !(await ctx.stores.rates.take(MAILS, userId)).allowed) return
  const { browser, system } = browserOf(session.userAgent)
  const application = session.clientId === undefined ? undefined : await ctx.configuration.findApplicationAnywhere(session.clientId)
  const locale = negotiateLocale({ chosen: user.locale }, ctx.tenant.locales)
  await tell(ctx, house, event, receiver, 'new_browser', {
    ...aboutOf(user),
    at: event.at,
    ...(session.ip === '' ? {} : { ip: session.ip }),
    ...(session.place === undefined ? {} : { place: placeName(session.place, locale) }),
    ...(browser === undefined ? {} : { browser }),
    ...(system === undefined ? {} : { system }),
    ...(application === undefined ? {} : { application: application.client_name }),
    notMeUrl: await notMeUrl(ctx, { kind: 'sign_in', userId, sessionId, at: session.createdAt }, NOT_ME_DAYS * DAY),
    validDays: NOT_ME_DAYS,
  })
}

/** That the account will be suspended, or is, since nobody used it. Of a suspension by somebody nothing is told here. */
export const tellIdle: Handler = async (ctx, event, house) => {
  const user = event.userId && (await ctx.stores.users.find(event.userId))
  const warned = event.kind === 'user.idle_warned'
  if (!user || (!warned && event.data?.because !== 'idle')) return
  const byRecovery = ctx.tenant.policies.idle?.comeBack === 'recovery'
  await tell(ctx, house, event, verifiedReceiver(user), 'idle_account', {
    ...aboutOf(user),
    stage: warned ? 'warned' : byRecovery ? 'suspended' : 'suspended_ask',
    at: warned ? Number(event.data?.suspendAt) * 1000 : event.at,
    url: warned || !byRecovery ? `${ctx.issuer}/login` : `${ctx.issuer}/recover`,
  })
}

/** That the password must soon be replaced. Whoever has changed it since the look is told nothing. */
export const tellPasswordExpires: Handler = async (ctx, event, house) => {
  const user = event.userId && (await ctx.stores.users.find(event.userId, { consistent: true }))
  if (!user?.active || (await findPasswordExpiry(ctx, user)) !== event.data?.expiresAt) return
  await tell(ctx, house, event, verifiedReceiver(user), 'password_expires', {
    ...aboutOf(user),
    at: Number(event.data?.expiresAt) * 1000,
    url: `${ctx.issuer}/account/security`,
  })
}

/** At the address that was in force before, whatever the person has by now: whoever changes it could read the new one. */
export function tellAddressChange(stage: 'asked' | 'changed'): Handler {
  return async (ctx, event, house) => {
    const user = event.userId && (await ctx.stores.users.find(event.userId))
    if (!user) return
    const accountUrl = `${ctx.issuer}/account/security`
    const id = event.data?.change
    const change = isId('chg', id) ? await ctx.stores.addressChanges.find(user.id, id as ChangeId) : undefined
    if (!change) {
      // A number that was taken away; there is nothing to undo that its owner could not enter again.
      await tell(ctx, house, event, verifiedReceiver(user), 'address_change', {
        ...aboutOf(user),
        stage: 'removed',
        channel: 'phone_number',
        at: event.at,
        validDays: 0,
        accountUrl,
      })
      return
    }
    const validDays = Math.floor((change.undoUntil - Math.floor(event.at / 1000)) / DAY)
    const receiver = change.channel === 'email' ? oldMail(user, change.old) : verifiedReceiver(user)
    if (receiver === undefined && change.channel === 'phone_number' && change.old !== undefined) {
      await tell(ctx, house, event, { address: change.old, locale: user.locale }, 'address_change_text', { stage, accountUrl })
      return
    }
    await tell(ctx, house, event, receiver, 'address_change', {
      ...aboutOf(user),
      stage,
      channel: change.channel,
      address: maskedAddress(change.address),
      at: event.at,
      ...(event.actor.ip === undefined ? {} : { ip: event.actor.ip }),
      ...(validDays > 0
        ? {
            notMeUrl: await notMeUrl(
              ctx,
              { kind: 'address_change', userId: user.id, change: change.id },
              change.undoUntil - Math.floor(ctx.clock.now() / 1000),
            ),
          }
        : {}),
      validDays,
      accountUrl,
    })
  }
}

function oldMail(user: User, address: string | undefined): Receiver | undefined {
  return address === undefined ? undefined : { address, locale: user.locale }
}

function aboutOf(user: User): { name?: string; username: string } {
  return { ...givenNameOf(user), username: user.userName }
}
