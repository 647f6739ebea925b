/** The consent page: `GET` and `POST /consent`. What is allowed is what was offered and ticked; what is mandatory goes with allowing at all. */

import type { ClaimValue } from '@gatehouse/core/claims.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { chooseFrom } from '@gatehouse/core/interaction/consent.ts'
import { CLAIMS_OF_SCOPE } from '@gatehouse/core/scope.ts'
import { shownName } from '@gatehouse/core/user.ts'
import { renderConsent } from '@gatehouse/pages/consent.tsx'
import { follow, respond } from '../authorize/advance.ts'
import { loadInteraction } from '../authorize/interaction_of.ts'
import { applicationProps } from '../authorize/login_page.ts'
import { type Standing, standingOf } from '../authorize/standing.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import { formActionOf } from '../headers.ts'
import type { HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'

export async function showConsent(c: HouseContext): Promise<Response> {
  const standing = await standingOf(c, await loadInteraction(c, c.req.query('interaction')))
  return standing.step.kind === 'consent' ? renderConsentPage(c, standing) : follow(c, standing)
}

export async function submitConsent(c: HouseContext): Promise<Response> {
  const form = await readForm(c)
  const interaction = await loadInteraction(c, form.get('interaction'))
  const standing = await standingOf(c, interaction)
  const { application, consent, user } = standing
  if (standing.step.kind !== 'consent' || !application || !consent || !user) return follow(c, standing)
  // With the person: a page that was rendered for one does not decide for another who signed in meanwhile.
  await checkCsrf(c, form.get('csrf'), interaction.id, user.id)
  const decision = form.get('decision')
  if (decision === 'deny') return respond(c, standing, { kind: 'deny' })
  if (decision !== 'allow') throw new IamError('invalid_request', 'decision is allow or deny')
  return respond(c, standing, { kind: 'allow', choice: chooseFrom(consent.offer, form.getAll('claim')) })
}

async function renderConsentPage(c: HouseContext, { interaction, application, consent, user }: Standing): Promise<Response> {
  const { here } = c.env
  const { target } = interaction
  if (target.kind !== 'authorization' || !application || !consent || !user)
    throw new IamError('invalid_request', 'there is nothing to agree to')
  const props = await pageProps(c, {
    self: `/consent?interaction=${interaction.id}`,
    uiLocales: [...target.request.uiLocales, user.locale ?? ''],
  })
  const { gatehouse_purpose } = application
  const html = renderConsent({
    ...props,
    action: `${here.basePath}/consent`,
    csrf: await csrfToken(here, interaction.id, user.id),
    interaction: interaction.id,
    application: applicationProps(application),
    user: { username: user.userName, displayName: shownName(user) },
    switchUserHref: `${here.basePath}/login?interaction=${interaction.id}&switch=1`,
    claims: consent.offer.claims.map((claim) => ({ ...claim, ...shownValue(consent.values[claim.name]) })),
    scopes: consent.offer.scopes.map((name) => ({
      name,
      mandatory: true,
      allowed: true,
      chosenAbove: consent.offer.oneByOne && Object.hasOwn(CLAIMS_OF_SCOPE, name),
    })),
    ...(gatehouse_purpose === undefined ? {} : { purpose: gatehouse_purpose }),
    redirectHost: new URL(target.request.redirectUri).host,
  })
  return page(c, html, { nonce: props.nonce, formAction: [formActionOf(target.request.redirectUri)] })
}

function shownValue(value: ClaimValue | undefined): { value?: string } {
  if (value === undefined) return {}
  return { value: typeof value === 'object' ? value.join(', ') : String(value) }
}
