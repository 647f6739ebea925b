/** Wakes the devices at which a sign-in can be approved. Who asks, from where and for what, My Account says to whoever opens it. */
import { negotiateLocale } from '@gatehouse/core/locale.ts'
import { PUSH_SECONDS } from '@gatehouse/core/push.ts'
import { wakeDevices } from '@gatehouse/identity/web_push/wake.ts'
import { loadWords, wordsOf } from '@gatehouse/messaging/words.ts'
import type { Handler } from './relay_house.ts'

export const wakeForSignIn: Handler = async (ctx, event) => {
  const user = event.userId && (await ctx.stores.users.find(event.userId))
  // An event that is handled late wakes nobody for what is over.
  const left = PUSH_SECONDS - Math.floor((ctx.clock.now() - event.at) / 1000)
  if (!user?.active || !user.factors?.includes('push') || left <= 0) return
  const locale = negotiateLocale({ chosen: user.locale }, ctx.tenant.locales)
  await loadWords(locale)
  const words = wordsOf(locale)
  const { push } = words.text.safety
  await wakeDevices(ctx, user, { title: push.title, body: words.say(push.body, { brand: ctx.tenant.display_name }), ttlSeconds: left })
}
