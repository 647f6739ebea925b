/** Waiting for a link to be opened, in the browser that asked for it: `GET` and `POST /login/link`, and `GET /login/link/state` for the page's script. */

import { IamError } from '@gatehouse/core/error.ts'
import { identifiedAt } from '@gatehouse/core/factor.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { findBrowserSession } from '@gatehouse/identity/browser_session.ts'
import { idOf } from '@gatehouse/identity/first_step.ts'
import { type LinkNotice, renderLinkDone, renderMagicLink } from '@gatehouse/pages/magic_link.tsx'
import type { Problem } from '@gatehouse/pages/page_props.ts'
import { captchaGate } from '../captcha_gate.ts'
import { captchaPage, type ShownRefusal } from '../captcha_page.ts'
import { readSessionCookie } from '../cookies.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { formActionsOf, uiLocalesOf } from '../interaction_page.ts'
import { page, pageProps } from '../page.ts'
import { proceed } from './advance.ts'
import { takeCode } from './first_code.ts'
import { isNamed, leadsOf, type NamedInteraction, wayPath } from './first_step.ts'
import { findInteraction } from './interaction_of.ts'

type Shown = ShownRefusal & {
  readonly notice?: LinkNotice
  readonly problem?: Problem
}

const WAY = 'magic_link'
const GONE = 'this sign-in has expired or was finished; start again from the application'

export async function showWaiting(c: HouseContext): Promise<Response> {
  const interaction = await findInteraction(c, c.req.query('interaction'))
  if (interaction === undefined) return finished(c)
  // The link was used in another tab, and more is asked for.
  if (isProven(interaction)) return proceed(c, interaction)
  if (!isNamed(interaction)) return c.redirect(`${c.env.here.basePath}/login?interaction=${interaction.id}`, 303)
  if (c.req.query('opened') === undefined) return renderWaiting(c, interaction, {})
  return renderWaiting(c, interaction, { notice: { code: (await isConfirmed(c, interaction, true)) ? 'typeIt' : 'notYet' } })
}

export async function submitWaiting(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const interaction = await findInteraction(c, form.get('interaction'))
  if (interaction === undefined) return finished(c)
  await checkCsrf(c, form.get('csrf'), interaction.id, WAY)
  if (!isNamed(interaction)) return c.redirect(`${here.basePath}/login?interaction=${interaction.id}`, 303)
  const taken = await takeCode(c, form, interaction, WAY)
  return taken instanceof Response ? taken : renderWaiting(c, interaction, taken)
}

/** One read of half a unit while there is something to wait for; none afterwards. */
export async function tellState(c: HouseContext): Promise<Response> {
  const interaction = await findInteraction(c, c.req.query('interaction'))
  const state =
    interaction === undefined || isProven(interaction)
      ? 'done'
      : isNamed(interaction) && (await isConfirmed(c, interaction, false))
        ? 'opened'
        : 'waiting'
  return c.json({ state }, 200, { 'cache-control': 'no-store' })
}

export async function renderWaiting(c: HouseContext, interaction: NamedInteraction, shown: Shown): Promise<Response> {
  const { here } = c.env
  const { notice, problem } = shown
  const props = await pageProps(c, { self: wayPath(interaction, WAY), uiLocales: uiLocalesOf(interaction) })
  const captcha = await captchaGate(c, 'code_resend', interaction.id)?.show(props, shown.captcha)
  const html = renderMagicLink({
    ...props,
    ...(captcha ? { captcha: captcha.html } : {}),
    action: `${here.basePath}/login/link`,
    csrf: await csrfToken(here, interaction.id, WAY),
    interaction: interaction.id,
    username: interaction.named,
    ...(await leadsOf(c, interaction)),
    openedHref: `${here.basePath}/login/link?interaction=${interaction.id}&opened=1`,
    stateHref: `${here.basePath}/login/link/state?interaction=${interaction.id}`,
    ...(notice ? { notice } : {}),
    ...(problem ? { problem } : {}),
  })
  return captchaPage(c, html, { nonce: props.nonce, shown, captcha, formAction: formActionsOf(interaction) })
}

/** The interaction came to its end in another tab, or is too old. */
async function finished(c: HouseContext): Promise<Response> {
  const { here } = c.env
  if ((await findBrowserSession(here, readSessionCookie(c))) === undefined) throw new IamError('gone', GONE)
  const props = await pageProps(c)
  return page(c, renderLinkDone({ ...props, continueHref: `${here.basePath}/account` }), { nonce: props.nonce, status: 410 })
}

function isProven({ proof }: Interaction): boolean {
  return proof !== undefined && identifiedAt(proof.factors) !== undefined
}

async function isConfirmed(c: HouseContext, { id, named }: NamedInteraction, consistent: boolean): Promise<boolean> {
  const challenge = idOf({ way: WAY, interactionId: id, userName: named })
  return (await c.env.here.stores.oneTimePasswords.find(challenge, { consistent }))?.confirmedAt !== undefined
}
