/**
 * The rival's sign-in and consent pages. It ships none for earnest use, so it is given the house's own, drawn by the house's own functions at their cost, with
 * the same headers: whatever the house gains on its pages, the rival gains, too.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pageHeaders } from '@gatehouse/http/headers.ts'
import { renderConsent } from '@gatehouse/pages/consent.tsx'
import { renderLogin } from '@gatehouse/pages/login.tsx'
import type Provider from 'oidc-provider'
import { CLIENT } from './client.ts'
import { consentProps, pageProps } from './page_props.ts'

type Details = Awaited<ReturnType<Provider['interactionDetails']>>

/** `BENCH_PAGES=bare`: one line each, the least that the rival can be given. */
const isBare = process.env.BENCH_PAGES === 'bare'

export function showPage(request: IncomingMessage, response: ServerResponse, details: Details, status = 200): void {
  if (isBare) {
    response
      .writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
      .end(details.prompt.name === 'login' ? BARE_LOGIN : BARE_CONSENT)
    return
  }
  const action = request.url ?? ''
  const page = pageProps(action)
  const form = { action, csrf: details.uid, interaction: details.uid }
  const application = { name: CLIENT.client_name }
  const html =
    details.prompt.name === 'login'
      ? renderLogin({ ...page, ...form, application, signupHref: '/signup' })
      : renderConsent({ ...page, ...form, application, ...consentProps(details.session?.accountId ?? '', String(details.params.scope)) })
  response.writeHead(status, pageHeaders(page.nonce, [new URL(CLIENT.redirect_uris[0]).origin])).end(html)
}

const BARE_LOGIN =
  '<!doctype html><title>Sign in</title><form method="post"><input name="username"><input name="password" type="password"><button>Sign in</button></form>'
const BARE_CONSENT =
  '<!doctype html><title>Share</title><form method="post"><button name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button></form>'
