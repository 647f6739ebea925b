/** The hosted `/logout`: ends the session of this browser after asking. Applications are told by the session's event. */
import { shownName } from '@gatehouse/core/user.ts'
import { endBrowserSession, findBrowserSession } from '@gatehouse/identity/browser_session.ts'
import { renderLogoutConfirm } from '@gatehouse/pages/logout_confirm.tsx'
import type { Hono } from 'hono'
import { clearSessionCookie, readSessionCookie } from '../cookies.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { Env, HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'

const SIGNED_OUT = '/account/signed-out'

export function mountSignOut(app: Hono<Env>): void {
  app.get('/logout', askToSignOut)
  app.post('/logout', signOut)
}

async function askToSignOut(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const current = await findBrowserSession(here, readSessionCookie(c))
  if (current === undefined) return c.redirect(`${here.basePath}${SIGNED_OUT}`, 303)
  const props = pageProps(c, { self: '/logout' })
  const { user, session } = current
  const form = { action: `${here.basePath}/logout`, csrf: await csrfToken(here, session.id) }
  return page(c, renderLogoutConfirm({ ...props, ...form, user: { username: user.userName, displayName: shownName(user) } }), { nonce: props.nonce })
}

async function signOut(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const current = await findBrowserSession(here, readSessionCookie(c))
  if (current !== undefined) {
    await checkCsrf(c, form.get('csrf'), current.session.id)
    if (form.get('decision') === 'deny') return c.redirect(`${here.basePath}/account`, 303)
    await endBrowserSession(here, current.session, 'logout')
  }
  clearSessionCookie(c)
  return c.redirect(`${here.basePath}${SIGNED_OUT}`, 303)
}
