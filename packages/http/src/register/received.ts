/** What a person sees after registering: `GET /signup/received`, so that loading it again registers nobody. The address carries it, sealed. */

import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { seal, unseal } from '@gatehouse/identity/seal.ts'
import { renderSignupReceived } from '@gatehouse/pages/signup_received.tsx'
import type { Opened } from '@gatehouse/workflow/open_request.ts'
import { findInteraction } from '../authorize/interaction_of.ts'
import type { HouseContext } from '../house.ts'
import { uiLocalesOf } from '../interaction_page.ts'
import { page, pageProps } from '../page.ts'

export type Receipt = { readonly userName: string; readonly email: string; readonly opened: Opened }

const PURPOSE = 'registration_receipt'

export async function redirectToReceipt(c: HouseContext, interaction: Interaction, receipt: Receipt): Promise<Response> {
  const query = new URLSearchParams({ interaction: interaction.id, receipt: await seal(c.env.here, PURPOSE, JSON.stringify(receipt)) })
  return c.redirect(`${c.env.here.basePath}/signup/received?${query}`, 303)
}

export async function showReceived(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const text = await unseal(here, PURPOSE, c.req.query('receipt') ?? '')
  if (text === undefined) return c.redirect(`${here.basePath}/signup`, 303)
  // Only `redirectToReceipt` seals for this purpose, so the shape is known.
  const { userName, email, opened } = JSON.parse(text) as Receipt
  const interaction = await findInteraction(c, c.req.query('interaction'))
  const target = interaction?.target
  const application = target?.kind === 'authorization' ? await here.configuration.findApplication(target.request.clientId) : undefined
  const props = await pageProps(c, interaction ? { uiLocales: uiLocalesOf(interaction) } : {})
  const html = renderSignupReceived({
    ...props,
    username: userName,
    email,
    outcome: opened.kind === 'waiting' ? 'waits_for_approval' : 'account_created',
    ...(opened.kind === 'waiting' ? { reference: opened.requestId } : {}),
    loginHref: `${here.basePath}/login${interaction ? `?interaction=${interaction.id}` : ''}`,
    ...(application?.client_uri ? { application: { name: application.client_name, href: application.client_uri } } : {}),
  })
  return page(c, html, { nonce: props.nonce })
}
