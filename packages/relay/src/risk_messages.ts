/** A risky sign-in, told to the person whose account it is, where the tenant wants that. Loaded with the first of them. */

import { negotiateLocale } from '@gatehouse/core/locale.ts'
import { placeName } from '@gatehouse/core/place.ts'
import { SIGNAL_KINDS } from '@gatehouse/core/risk/assess.ts'
import { isAtLeast, RISK_LEVELS, RISKY_OUTCOMES } from '@gatehouse/core/risk/risk_policy.ts'
import { notMeUrl } from '@gatehouse/identity/not_me.ts'
import type { Handler } from './relay_house.ts'
import { givenNameOf, tell, verifiedReceiver } from './tell.ts'

const DAY = 86_400
const NOT_ME_DAYS = 7
/** Whoever has the password must not fill the mailbox of its owner, who knows by then. */
const MAILS = { name: 'risky_sign_in_mail', limit: 5, windowSeconds: DAY } as const

export const tellRiskySignIn: Handler = async (ctx, event, house) => {
  const { userId, clientId, actor, data = {} } = event
  const { risk, newBrowserMail } = ctx.tenant.policies
  const from = risk?.mail ?? 'never'
  const level = RISK_LEVELS.find((one) => one === data.level)
  const outcome = RISKY_OUTCOMES.find((one) => one === data.outcome)
  if (from === 'never' || level === undefined || outcome === undefined || !isAtLeast(level, from) || userId === undefined) return
  const signals = SIGNAL_KINDS.filter((kind) => Array.isArray(data.signals) && data.signals.includes(kind))
  // Of that sign-in another mail tells.
  if (outcome === 'let_through' && signals.includes('new_device') && newBrowserMail !== false) return
  const user = await ctx.stores.users.find(userId)
  const receiver = user && verifiedReceiver(user)
  if (!user || !receiver || !(await ctx.stores.rates.take(MAILS, userId)).allowed) return
  const application = clientId === undefined ? undefined : await ctx.configuration.findApplicationAnywhere(clientId)
  const locale = negotiateLocale({ chosen: user.locale }, ctx.tenant.locales)
  const place =
    typeof data.country !== 'string' ? undefined : { country: data.country, ...(typeof data.city === 'string' ? { city: data.city } : {}) }
  const at = Math.floor(event.at / 1000)
  await tell(ctx, house, event, receiver, 'risky_sign_in', {
    ...givenNameOf(user),
    username: user.userName,
    at: event.at,
    outcome,
    signals,
    ...(actor.ip === undefined ? {} : { ip: actor.ip }),
    ...(place === undefined ? {} : { place: placeName(place, locale) }),
    ...(typeof data.device === 'string' ? { device: data.device } : {}),
    ...(application === undefined ? {} : { application: application.client_name }),
    notMeUrl: await notMeUrl(ctx, { kind: 'risky_sign_in', userId, at }, NOT_ME_DAYS * DAY),
    validDays: NOT_ME_DAYS,
  })
}
