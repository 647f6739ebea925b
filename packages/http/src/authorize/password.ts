/** A new password that somebody must set before a sign-in goes on: `GET` and `POST /password`. Whether it is due, the standing says. */

import type { PasswordChange } from '@gatehouse/core/interaction/next_step.ts'
import { shownName, type User } from '@gatehouse/core/user.ts'
import { withNewPassword, withPasswordKept } from '@gatehouse/identity/interaction.ts'
import { findNewPasswordProblem, sessionsEndedBy, setNewPassword } from '@gatehouse/identity/password_change.ts'
import { passwordChangeOf } from '@gatehouse/identity/password_due.ts'
import { renderNewPassword } from '@gatehouse/pages/new_password.tsx'
import type { Problem } from '@gatehouse/pages/page_props.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { formActionsOf, uiLocalesOf } from '../interaction_page.ts'
import { page, pageProps } from '../page.ts'
import { follow, proceed } from './advance.ts'
import { loadInteraction } from './interaction_of.ts'
import { type Standing, standingOf } from './standing.ts'

type Due = { readonly standing: Standing; readonly user: User; readonly because: PasswordChange }

export async function showPassword(c: HouseContext): Promise<Response> {
  const standing = await standingOf(c, await loadInteraction(c, c.req.query('interaction')))
  const due = await dueOf(c, standing)
  return due === undefined ? follow(c, standing) : render(c, due)
}

export async function submitPassword(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const standing = await standingOf(c, await loadInteraction(c, form.get('interaction')))
  const due = await dueOf(c, standing)
  if (due === undefined) return follow(c, standing)
  const { user, because } = due
  const { interaction, current } = standing
  await checkCsrf(c, form.get('csrf'), interaction.id, user.id, 'password')
  if (because === 'near' && form.get('later') !== null) return proceed(c, withPasswordKept(interaction))
  const password = form.get('new_password') ?? ''
  const problem = await findNewPasswordProblem(here, user, password)
  if (problem !== undefined) return render(c, due, { code: problem, values: { count: here.tenant.policies.password.minimumLength } })
  const session = current?.user.id === user.id ? current.session.id : undefined
  const changed = await setNewPassword({ ...here, actor: { ...here.actor, userId: user.id } }, user, {
    password,
    session,
    how: howOf(because),
  })
  return proceed(c, withNewPassword(interaction, changed))
}

async function dueOf(c: HouseContext, standing: Standing): Promise<Due | undefined> {
  const { step, user, interaction } = standing
  const because = user && (await passwordChangeOf(c.env.here, user, undefined, interaction.proof))
  return step.kind === 'password' && user && because ? { standing, user, because } : undefined
}

/** Before it is due it is set as in My Account. */
function howOf(because: PasswordChange) {
  return because === 'near' ? undefined : because
}

async function render(c: HouseContext, { standing, user, because }: Due, problem?: Problem): Promise<Response> {
  const { here } = c.env
  const { interaction } = standing
  const props = await pageProps(c, { self: `/password?interaction=${interaction.id}`, uiLocales: uiLocalesOf(interaction, user) })
  const html = renderNewPassword({
    ...props,
    action: `${here.basePath}/password`,
    csrf: await csrfToken(here, interaction.id, user.id, 'password'),
    interaction: interaction.id,
    because,
    ...(because === 'near' ? { mayWait: true } : {}),
    user: { username: user.userName, displayName: shownName(user) },
    passwordPolicy: here.tenant.policies.password,
    ends: sessionsEndedBy(here, howOf(because)),
    switchUserHref: `${here.basePath}/login?interaction=${interaction.id}&switch=1`,
    ...(problem === undefined ? {} : { problem }),
  })
  return page(c, html, { nonce: props.nonce, status: problem === undefined ? 200 : 422, formAction: formActionsOf(interaction) })
}
