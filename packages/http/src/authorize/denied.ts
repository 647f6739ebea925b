/**
 * A sign-in that is not let through for its risk: `GET` and `POST /login/denied`. It is judged anew with each look, so whoever has moved goes on; the application hears
 * of it when the person goes back to it. What was seen is not told here: a stranger with the password would learn what to change.
 */
import { IamError } from '@gatehouse/core/error.ts'
import { renderSignInDenied } from '@gatehouse/pages/sign_in_denied.tsx'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { formActionsOf, uiLocalesOf } from '../interaction_page.ts'
import { page, pageProps } from '../page.ts'
import { follow, giveUp } from './advance.ts'
import { loadInteraction } from './interaction_of.ts'
import { standingOf } from './standing.ts'

export async function showDenied(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const standing = await standingOf(c, await loadInteraction(c, c.req.query('interaction')))
  const { interaction, step, user, application } = standing
  if (step.kind !== 'denied') return follow(c, standing)
  const self = `/login/denied?interaction=${interaction.id}`
  const props = await pageProps(c, { self, uiLocales: uiLocalesOf(interaction, user) })
  const html = renderSignInDenied({
    ...props,
    againHref: `${here.basePath}${self}`,
    recoverHref: `${here.basePath}/recover?interaction=${interaction.id}`,
    ...(application
      ? {
          back: {
            application: application.client_name,
            action: `${here.basePath}/login/denied`,
            csrf: await csrfToken(here, interaction.id, 'denied'),
            interaction: interaction.id,
          },
        }
      : {}),
  })
  return page(c, html, { nonce: props.nonce, status: 403, formAction: formActionsOf(interaction) })
}

export async function submitDenied(c: HouseContext): Promise<Response> {
  const form = await readForm(c)
  const interaction = await loadInteraction(c, form.get('interaction'))
  await checkCsrf(c, form.get('csrf'), interaction.id, 'denied')
  const standing = await standingOf(c, interaction)
  const { target } = interaction
  if (standing.step.kind !== 'denied' || target.kind === 'own') return follow(c, standing)
  return giveUp(c, standing, target.request, new IamError('access_denied', 'this sign-in was not let through'))
}
