/** The tenant's privacy policy: `/privacy-policy` in its present version, `/privacy-policy/{version}` as it was agreed to. */
import { IamError } from '@gatehouse/core/error.ts'
import { renderPrivacyPolicy } from '@gatehouse/pages/privacy_policy.tsx'
import type { Hono } from 'hono'
import type { Env, HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'

export function mountPrivacyPolicy(app: Hono<Env>): void {
  app.get('/privacy-policy', (c) => showPolicy(c, undefined))
  app.get('/privacy-policy/:version', (c) => showPolicy(c, c.req.param('version')))
}

async function showPolicy(c: HouseContext, version: string | undefined): Promise<Response> {
  const { here } = c.env
  const present = here.tenant.privacyPolicy
  const policy = version === undefined || version === present.version ? present : await here.stores.tenant.findPolicy(version)
  if (policy === undefined) throw new IamError('not_found', 'there is no such version of the privacy policy')
  const props = await pageProps(c, { self: version === undefined ? '/privacy-policy' : `/privacy-policy/${encodeURIComponent(version)}` })
  const html = renderPrivacyPolicy({
    ...props,
    policy,
    ...(here.tenant.locales[0] ? { textLocale: here.tenant.locales[0] } : {}),
    ...(policy.version === present.version ? {} : { currentHref: `${here.basePath}/privacy-policy` }),
  })
  return page(c, html, { nonce: props.nonce })
}
