/** The end session endpoint: OpenID Connect RP-Initiated Logout 1.0 section 2. `/logout` is the same for people who come by themselves. */
import { shownName } from '@gatehouse/core/user.ts'
import { type BrowserSession, endBrowserSession, findBrowserSession } from '@gatehouse/identity/browser_session.ts'
import { type EndSessionRequest, mayEndAtOnce, parseEndSessionRequest } from '@gatehouse/identity/end_session.ts'
import { renderLoggedOut } from '@gatehouse/pages/logged_out.tsx'
import { renderLogoutConfirm } from '@gatehouse/pages/logout_confirm.tsx'
import { clearSessionCookie, readSessionCookie } from '../cookies.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import { formActionOf } from '../headers.ts'
import type { HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'

/** Come back with the form of our confirmation page, so that they are checked once more. */
const KEPT = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state', 'ui_locales'] as const

export async function submitLogout(c: HouseContext): Promise<Response> {
  const form = await readForm(c)
  if (form.has('csrf')) return confirmEndSession(c, form)
  // Another site's post comes without our `SameSite=Lax` cookie; as a GET it comes along.
  return c.redirect(`${c.env.here.basePath}/oauth2/logout?${form}`, 303)
}

export async function showLogout(c: HouseContext): Promise<Response> {
  const params = new URL(c.req.url).searchParams
  const request = await parseEndSessionRequest(c.env.here, params)
  const current = await findBrowserSession(c.env.here, readSessionCookie(c))
  if (current === undefined) return leave(c, request)
  if (mayEndAtOnce(request, current.session)) return end(c, request, current)
  return askFirst(c, request, current, params)
}

async function askFirst(
  c: HouseContext,
  request: EndSessionRequest,
  { session, user }: BrowserSession,
  params: URLSearchParams,
): Promise<Response> {
  const { here } = c.env
  const props = await pageProps(c, request.uiLocales === undefined ? {} : { uiLocales: request.uiLocales.split(' ') })
  const html = renderLogoutConfirm({
    ...props,
    action: `${here.basePath}/oauth2/logout`,
    csrf: await csrfToken(here, 'logout', session.id),
    hidden: Object.fromEntries(KEPT.flatMap((name) => (params.has(name) ? [[name, params.get(name) ?? '']] : []))),
    user: { username: user.userName, displayName: shownName(user) },
    ...(request.application === undefined ? {} : { application: { name: request.application.client_name } }),
  })
  return page(c, html, {
    nonce: props.nonce,
    ...(request.returnUrl === undefined ? {} : { formAction: [formActionOf(request.returnUrl)] }),
  })
}

async function confirmEndSession(c: HouseContext, form: URLSearchParams): Promise<Response> {
  const current = await findBrowserSession(c.env.here, readSessionCookie(c))
  const csrf = form.get('csrf')
  const asked = new URLSearchParams(KEPT.flatMap((name) => (form.has(name) ? [[name, form.get(name) ?? '']] : [])))
  const request = await parseEndSessionRequest(c.env.here, asked)
  if (current === undefined) return leave(c, request)
  await checkCsrf(c, csrf, 'logout', current.session.id)
  return form.get('decision') === 'allow' ? end(c, request, current) : c.redirect(`${c.env.here.basePath}/account`, 303)
}

async function end(c: HouseContext, request: EndSessionRequest, { session }: BrowserSession): Promise<Response> {
  await endBrowserSession(c.env.here, session, 'logout')
  return leave(c, request)
}

async function leave(c: HouseContext, { returnUrl, application, uiLocales }: EndSessionRequest): Promise<Response> {
  clearSessionCookie(c)
  c.header('cache-control', 'no-store')
  if (returnUrl !== undefined) return c.redirect(returnUrl, 303)
  const props = await pageProps(c, uiLocales === undefined ? {} : { uiLocales: uiLocales.split(' ') })
  const href = application?.client_uri
  const html = renderLoggedOut({
    ...props,
    loginHref: `${c.env.here.basePath}/login`,
    ...(application && href !== undefined ? { application: { name: application.client_name, href } } : {}),
  })
  return page(c, html, { nonce: props.nonce })
}
