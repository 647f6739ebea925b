/** `/api/v1/me/consents`: what the person shares with whom, and taking it back. */
import type { Consent } from '@gatehouse/core/consent.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { ListOf, MyConsent } from '@gatehouse/core/my_account.ts'
import { findConsent, listConsents, withdrawConsent } from '@gatehouse/privacy/consents.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { HouseContext } from '../house.ts'
import { iso } from './iso.ts'
import { requireSignedIn, requireWriter } from './signed_in.ts'

export async function readConsents(c: HouseContext): Promise<Response> {
  const { here, user } = await requireSignedIn(c)
  const consents = await listConsents(here, user.id)
  const items = await Promise.all(consents.map((consent) => shown(here, consent)))
  return c.json({ items } satisfies ListOf<MyConsent>)
}

export async function removeConsent(c: HouseContext): Promise<Response> {
  const { here, user } = await requireWriter(c)
  const clientId = c.req.param('client_id') ?? ''
  if (!(await findConsent(here, user.id, clientId))) throw new IamError('not_found', 'you share nothing with this application')
  await withdrawConsent(here, user.id, clientId)
  return c.body(null, 204)
}

async function shown(here: TenantContext, consent: Consent): Promise<MyConsent> {
  const application = await here.configuration.findApplicationAnywhere(consent.clientId)
  return {
    clientId: consent.clientId,
    applicationName: consent.clientName,
    logoUri: application?.logo_uri,
    clientUri: application?.client_uri,
    policyUri: application?.policy_uri,
    purpose: consent.purpose,
    scopes: consent.scopes,
    claims: consent.claims,
    declined: consent.declined,
    grantedAt: iso(consent.grantedAt),
    updatedAt: iso(consent.updatedAt),
  }
}
