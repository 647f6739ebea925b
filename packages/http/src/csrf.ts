/**
 * A form is accepted from the page that it was rendered on, in the browser that it was rendered for: the token is an HMAC of the interaction or session whose
 * cookie must come with it, and a browser that says that the form came from another site is believed.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { IamError } from '@gatehouse/core/error.ts'
import { derivedKey } from '@gatehouse/identity/seal.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { HouseContext } from './house.ts'

/** `boundTo`: the id of the interaction or session, and whatever else the form is about. */
export async function csrfToken(here: TenantContext, ...boundTo: readonly string[]): Promise<string> {
  return createHmac('sha256', await derivedKey(here, 'csrf'))
    .update([here.issuer, ...boundTo].join('\n'))
    .digest('base64url')
}

export async function checkCsrf(c: HouseContext, posted: string | null, ...boundTo: readonly string[]): Promise<void> {
  // Fetch Metadata: browsers set it, pages cannot. Another tenant's host is `same-site`.
  const site = c.req.header('sec-fetch-site')
  const fromElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none'
  const [given, expected] = [Buffer.from(posted ?? ''), Buffer.from(await csrfToken(c.env.here, ...boundTo))]
  if (fromElsewhere || given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new IamError('csrf', 'the form had expired or came from somewhere else; open the page again')
  }
}
