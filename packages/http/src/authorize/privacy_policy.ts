/** The tenant's privacy policy: `/privacy-policy` in its present version, `/privacy-policy/{version}` as it was agreed to. */
import { IamError } from '@gatehouse/core/error.ts'
import { renderPrivacyPolicy } from '@gatehouse/pages/privacy_policy.tsx'
import type { HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'

export async function showPolicy(c: HouseContext, version?: string): Promise<Response> {
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
