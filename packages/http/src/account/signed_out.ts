/** `GET /account/signed-out`: the end of a visit. Shown whoever is signed in meanwhile; it says nothing of anybody. */
import { renderLoggedOut } from '@gatehouse/pages/logged_out.tsx'
import type { HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'

export async function showSignedOut(c: HouseContext): Promise<Response> {
  const props = await pageProps(c, { self: '/account/signed-out' })
  return page(c, renderLoggedOut({ ...props, loginHref: `${c.env.here.basePath}/account` }), { nonce: props.nonce })
}
