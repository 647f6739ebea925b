/** The page that My Account runs in: `GET /account` and everything below it. Who is not signed in goes to the sign-in page and comes back to the same address. */
import { ownPath } from '@gatehouse/core/interaction/interaction.ts'
import { renderPortalShell } from '@gatehouse/pages/portal_shell.tsx'
import { advance } from '../authorize/advance.ts'
import type { HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'
import { loadEntry } from './portal_files.ts'
import { findSignedIn } from './signed_in.ts'

export async function showShell(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const url = new URL(c.req.url)
  const path = url.pathname.slice(here.basePath.length)
  const signedIn = await findSignedIn(c)
  if (signedIn === undefined) return advance(c, { kind: 'own', path: ownPath(`${path}${url.search}`) })

  const { locale } = signedIn.user
  const props = await pageProps(c, { self: path, ...(locale === undefined ? {} : { uiLocales: [locale] }) })
  const { script, styles, preloads } = await loadEntry(c)
  const root = `${here.basePath}/account`
  const html = renderPortalShell({
    ...props,
    basePath: here.basePath,
    script: `${root}/${script}`,
    styles: styles.map((style) => `${root}/${style}`),
    preloads: preloads.map((file) => `${root}/${file}`),
    ...withoutScript(path, here.basePath),
  })
  return page(c, html, { nonce: props.nonce })
}

/** A request that was opened from a mail can be decided without JavaScript, too. */
function withoutScript(path: string, basePath: string): { plainHref?: string } {
  const requestId = /^\/account\/approvals\/(req_[A-Za-z0-9_-]+)$/.exec(path)?.[1]
  return requestId === undefined ? {} : { plainHref: `${basePath}/approvals/${requestId}?view=page` }
}
