/** Where a mailed link leads: `GET /verify-email` shows a button and changes nothing, since mail scanners follow links; `POST` proves the address. */
import { findEmailLink, verifyEmail } from '@gatehouse/identity/email_verification.ts'
import { renderVerifyEmail } from '@gatehouse/pages/verify_email.tsx'
import { markApplicantEmailVerified } from '@gatehouse/workflow/applicant_email.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'

export async function showEmail(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const token = c.req.query('token') ?? ''
  const link = await findEmailLink(here, token)
  const props = {
    ...(await pageProps(c, { self: `/verify-email?token=${encodeURIComponent(token)}` })),
    loginHref: `${here.basePath}/login`,
  }
  if (link === undefined) return page(c, renderVerifyEmail({ ...props, state: 'expired' }), { nonce: props.nonce, status: 410 })
  const form = { action: `${here.basePath}/verify-email`, csrf: await csrfToken(here, 'verify-email', token), hidden: { token } }
  return page(c, renderVerifyEmail({ ...props, state: 'confirm', email: link.address, form }), { nonce: props.nonce })
}

export async function confirmEmail(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const token = form.get('token') ?? ''
  await checkCsrf(c, form.get('csrf'), 'verify-email', token)
  const link = await findEmailLink(here, token)
  const outcome = link === undefined ? 'expired' : await verifyEmail(here, token, markApplicantEmailVerified)
  const props = { ...(await pageProps(c)), loginHref: `${here.basePath}/login` }
  if (link === undefined || outcome === 'expired')
    return page(c, renderVerifyEmail({ ...props, state: 'expired' }), { nonce: props.nonce, status: 410 })
  return page(c, renderVerifyEmail({ ...props, state: outcome, email: link.address }), { nonce: props.nonce })
}
