/** Where the link leads that somebody gets who is held up by a stranger's tries: `GET` shows a button and changes nothing, `POST` gives this browser tries of its own. */
import { findUnlockLink, UNLOCKED_SECONDS, useUnlockLink } from '@gatehouse/identity/unlocking.ts'
import { renderRecoveryLink } from '@gatehouse/pages/recovery_link.tsx'
import { setUnlockedCookie } from '../cookies.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'

export async function showUnlock(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const token = c.req.query('token') ?? ''
  const user = await findUnlockLink(here, token)
  if (user === undefined) return expired(c)
  const props = await pageProps(c, { self: `/recover/unlock?${new URLSearchParams({ token })}`, uiLocales: [user.locale ?? ''] })
  const form = { action: `${here.basePath}/recover/unlock`, csrf: await csrfToken(here, 'unlock', token), hidden: { token } }
  const html = renderRecoveryLink({ ...props, state: 'unlock', username: user.userName, form, loginHref: `${here.basePath}/login` })
  return page(c, html, { nonce: props.nonce })
}

export async function submitUnlock(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const token = form.get('token') ?? ''
  await checkCsrf(c, form.get('csrf'), 'unlock', token)
  const cookie = (await findUnlockLink(here, token)) && (await useUnlockLink(here, token))
  if (cookie === undefined) return expired(c)
  setUnlockedCookie(c, cookie, UNLOCKED_SECONDS)
  return c.redirect(`${here.basePath}/login`, 303)
}

async function expired(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const props = await pageProps(c)
  const html = renderRecoveryLink({ ...props, state: 'expired', invitation: false, loginHref: `${here.basePath}/login` })
  return page(c, html, { nonce: props.nonce, status: 410 })
}
