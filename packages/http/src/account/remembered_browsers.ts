/** `/api/v1/me/remembered-browsers`: where the person is not asked for a further factor. Forgetting one asks for less trust, so it needs no fresh proof. */
import { IamError } from '@gatehouse/core/error.ts'
import { isId } from '@gatehouse/core/ids.ts'
import type { ListOf, MyRememberedBrowser } from '@gatehouse/core/my_account.ts'
import { browserOf } from '@gatehouse/core/user_agent.ts'
import { openKnownBrowser } from '@gatehouse/identity/known_browser.ts'
import { listRememberedBrowsers } from '@gatehouse/identity/remembered_browser.ts'
import { readKnownBrowserCookie } from '../cookies.ts'
import type { HouseContext } from '../house.ts'
import { iso } from './iso.ts'
import { requireSignedIn, requireWriter } from './signed_in.ts'

export async function readRememberedBrowsers(c: HouseContext): Promise<Response> {
  const { here, user } = await requireSignedIn(c)
  const known = await openKnownBrowser(here, readKnownBrowserCookie(c))
  const own = known?.people.find(({ userId }) => userId === user.id)?.remembered?.id
  const items = (await listRememberedBrowsers(here, user)).map(({ id, userAgent, ip, rememberedAt, until, lastUsedAt }) => ({
    id,
    current: id === own,
    ...browserOf(userAgent),
    ip,
    rememberedAt: iso(rememberedAt),
    until: iso(until),
    lastUsedAt: iso(lastUsedAt),
  }))
  return c.json({ items } satisfies ListOf<MyRememberedBrowser>)
}

export async function forgetBrowser(c: HouseContext): Promise<Response> {
  const { here, user } = await requireWriter(c)
  const id = c.req.param('id')
  const forgotten = isId('brw', id) && (await here.stores.rememberedBrowsers.forget(user.id, id, here.actor))
  if (!forgotten) throw new IamError('not_found', 'you are remembered in no such browser')
  return c.body(null, 204)
}

export async function forgetBrowsers(c: HouseContext): Promise<Response> {
  const { here, user } = await requireWriter(c)
  return c.json({ forgotten: await here.stores.rememberedBrowsers.forgetAll(user.id, here.actor) })
}
