/** Brings an authorization response to the application: by redirect, or by a form that posts itself (OAuth 2.0 Form Post Response Mode). */
import type { RedirectResponse } from '@gatehouse/identity/authorization_response.ts'
import { html } from 'hono/html'
import { formActionOf } from '../headers.ts'
import type { HouseContext } from '../house.ts'
import { page } from '../page.ts'

export async function sendResponse(c: HouseContext, response: RedirectResponse): Promise<Response> {
  if (response.kind === 'redirect') {
    c.header('cache-control', 'no-store')
    c.header('referrer-policy', 'no-referrer')
    return c.redirect(response.url, 303)
  }
  const nonce = c.env.here.random.token(16)
  const fields = Object.entries(response.fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
  // The button is for browsers without JavaScript.
  const document = html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>…</title></head><body>
<form method="post" action="${response.action}">${fields}<noscript><button type="submit">→</button></noscript></form>
<script nonce="${nonce}">document.forms[0].submit()</script></body></html>`
  return page(c, String(await document), { nonce, formAction: [formActionOf(response.action)] })
}
