/** `POST /api/v1/me/sign-out`: ends the session; its event makes the relay tell every application that was signed in with it. */
import { endBrowserSession } from '@gatehouse/identity/browser_session.ts'
import { clearSessionCookie } from '../cookies.ts'
import type { HouseContext } from '../house.ts'
import { requireWriter } from './signed_in.ts'

export async function signOut(c: HouseContext): Promise<Response> {
  const { here, session } = await requireWriter(c)
  await endBrowserSession(here, session, 'logout')
  clearSessionCookie(c)
  return c.json({ next: `${here.basePath}/account/signed-out` })
}
