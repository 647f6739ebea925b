/**
 * Where a link in a mail leads: `GET` and `POST /login/link/open`. GET changes nothing, whoever comes: mail is read by machines, too. In the browser that asked
 * the button signs in; in another it shows a code for the browser that asked.
 */

import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { placeName } from '@gatehouse/core/place.ts'
import { idOf } from '@gatehouse/identity/first_step.ts'
import { withFirstProof } from '@gatehouse/identity/interaction.ts'
import { confirmMagicLink, denyMagicLink, type FoundLink, findMagicLink, spendMagicLink } from '@gatehouse/identity/magic_link.ts'
import { type AskedProps, type LinkState, renderMagicLinkOpen } from '@gatehouse/pages/magic_link_open.tsx'
import { interactionIds } from '../cookies.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { formActionsOf } from '../interaction_page.ts'
import { page, pageLocale, pageProps } from '../page.ts'
import { proceed } from './advance.ts'
import { isNamed } from './first_step.ts'
import { findInteraction } from './interaction_of.ts'

export async function showLink(c: HouseContext): Promise<Response> {
  const token = c.req.query('token') ?? ''
  const found = await findMagicLink(c.env.here, token)
  if (found === undefined) return render(c, { kind: 'gone' }, { status: 410 })
  const interaction = await findAsking(c, found)
  const state: LinkState = {
    kind: interaction === undefined ? 'elsewhere' : 'here',
    form: {
      action: `${c.env.here.basePath}/login/link/open`,
      csrf: await csrfToken(c.env.here, 'magic_link', found.challenge.id),
      hidden: { token },
    },
    asked: await askedProps(c, found),
  }
  return render(c, state, { token, ...(interaction ? { formAction: formActionsOf(interaction) } : {}) })
}

export async function submitLink(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const found = await findMagicLink(here, form.get('token') ?? '')
  if (found === undefined) return render(c, { kind: 'gone' }, { status: 410 })
  await checkCsrf(c, form.get('csrf'), 'magic_link', found.challenge.id)
  if (form.get('decision') !== 'allow') {
    await denyMagicLink(here, found)
    return render(c, { kind: 'denied' })
  }
  const interaction = await findAsking(c, found)
  if (interaction === undefined) {
    const code = await confirmMagicLink(here, found)
    return code === undefined ? render(c, { kind: 'gone' }, { status: 410 }) : render(c, { kind: 'code', code })
  }
  if (!(await spendMagicLink(here, found))) return render(c, { kind: 'gone' }, { status: 410 })
  return proceed(c, withFirstProof(here, interaction, found.user, 'magic_link'), found.user)
}

/** The interaction of this browser that asked for this link. */
async function findAsking(c: HouseContext, { challenge }: FoundLink): Promise<Interaction | undefined> {
  for (const id of interactionIds(c)) {
    const interaction = await findInteraction(c, id)
    if (interaction === undefined || !isNamed(interaction)) continue
    if (idOf({ way: 'magic_link', interactionId: id, userName: interaction.named }) === challenge.id) return interaction
  }
  return undefined
}

async function askedProps(c: HouseContext, { challenge, user }: FoundLink): Promise<AskedProps> {
  const { clientId, sentAt, askedFrom } = challenge
  const application = clientId === undefined ? undefined : await c.env.here.configuration.findApplication(clientId)
  const place = askedFrom?.place && placeName(askedFrom.place, pageLocale(c))
  return {
    username: user.userName,
    ...(application ? { application: application.client_name } : {}),
    askedAt: sentAt * 1000,
    ...(askedFrom?.ip === undefined ? {} : { ip: askedFrom.ip }),
    ...(place === undefined ? {} : { place }),
  }
}

type Options = { readonly status?: number; readonly token?: string; readonly formAction?: readonly string[] }

async function render(c: HouseContext, state: LinkState, { status = 200, token, formAction = [] }: Options = {}): Promise<Response> {
  const props = await pageProps(c, token === undefined ? {} : { self: `/login/link/open?token=${token}` })
  return page(c, renderMagicLinkOpen({ ...props, state }), { nonce: props.nonce, status, formAction })
}
