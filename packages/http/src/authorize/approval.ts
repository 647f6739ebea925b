/** A sign-in that somebody of the house has to let through: `GET` and `POST /login/approval`. Asking is an act of the person's; looking changes nothing. */

import { placeName, shownPlaceOf } from '@gatehouse/core/place.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Seen } from '@gatehouse/identity/risk.ts'
import { findApproval, sealApproval } from '@gatehouse/identity/sign_in_approval.ts'
import { renderSignInApproval, type SignInApprovalProps } from '@gatehouse/pages/sign_in_approval.tsx'
import { openRiskySignIn } from '@gatehouse/workflow/open_request.ts'
import { readApprovalCookie, setApprovalCookie } from '../cookies.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { formActionsOf, uiLocalesOf } from '../interaction_page.ts'
import { page, pageProps } from '../page.ts'
import { follow } from './advance.ts'
import { loadInteraction } from './interaction_of.ts'
import { type Standing, standingOf } from './standing.ts'

type Due = { readonly standing: Standing; readonly user: User; readonly seen: Seen }

/** Whoever has the password only, and no patience, does not fill the approvers' inbox. */
const ASKED = { name: 'risky_sign_in', limit: 3, windowSeconds: 86_400 } as const

export async function showApproval(c: HouseContext): Promise<Response> {
  const standing = await standingOf(c, await loadInteraction(c, c.req.query('interaction')))
  const due = dueOf(standing)
  if (due === undefined) return follow(c, standing)
  const approval = await findApproval(c.env.here, readApprovalCookie(c), due.user, due.seen)
  if (approval === undefined) return render(c, due, { state: 'ask' })
  return render(c, due, { state: approval.state === 'declined' ? 'declined' : 'waits', reference: approval.requestId })
}

export async function submitApproval(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const standing = await standingOf(c, await loadInteraction(c, form.get('interaction')))
  const due = dueOf(standing)
  if (due === undefined) return follow(c, standing)
  const { user, seen } = due
  await checkCsrf(c, form.get('csrf'), standing.interaction.id, user.id, 'approval')
  if ((await findApproval(here, readApprovalCookie(c), user, seen)) === undefined) {
    const place = await here.stores.rates.take(ASKED, user.id)
    if (!place.allowed) return render(c, due, { state: 'enough', status: 429 })
    const shown = shownPlaceOf(seen.place)
    const { risk, device } = seen
    const requestId = await openRiskySignIn(here, user, {
      risk: risk.level,
      seen: risk.reasons.map(({ signal }) => signal).join(', '),
      device: device.name,
      ip: here.actor.ip ?? '',
      ...(shown === undefined ? {} : { country: shown.country, place: placeName(shown, 'en') }),
    })
    if (requestId === undefined) return render(c, due, { state: 'nobody', status: 403 })
    setApprovalCookie(c, await sealApproval(here, user, requestId))
  }
  return c.redirect(`${here.basePath}/login/approval?interaction=${standing.interaction.id}`, 303)
}

function dueOf(standing: Standing): Due | undefined {
  const { step, user, steps } = standing
  return step.kind === 'approval' && user && steps?.seen ? { standing, user, seen: steps.seen } : undefined
}

type Shown = Pick<SignInApprovalProps, 'state' | 'reference'> & { readonly status?: number }

async function render(c: HouseContext, { standing, user }: Due, { status = 200, ...shown }: Shown): Promise<Response> {
  const { here } = c.env
  const { interaction } = standing
  const self = `/login/approval?interaction=${interaction.id}`
  const props = await pageProps(c, { self, uiLocales: uiLocalesOf(standing.interaction, user) })
  const html = renderSignInApproval({
    ...props,
    ...shown,
    action: `${here.basePath}/login/approval`,
    csrf: await csrfToken(here, interaction.id, user.id, 'approval'),
    interaction: interaction.id,
    selfHref: `${here.basePath}${self}`,
  })
  return page(c, html, { nonce: props.nonce, status, formAction: formActionsOf(standing.interaction) })
}
