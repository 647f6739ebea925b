/** First step of self-registration: `GET` and `POST /signup`. A name's dotless last suffix names the tenant to register with. */

import { IamError } from '@gatehouse/core/error.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { addressOf, findUserNameProblem } from '@gatehouse/core/user_name.ts'
import type { Notice, Problem } from '@gatehouse/pages/page_props.ts'
import { renderSignupUsername } from '@gatehouse/pages/signup_username.tsx'
import { loadInteraction } from '../authorize/interaction_of.ts'
import { type CaptchaState, captchaGate } from '../captcha_gate.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { formActionsOf, uiLocalesOf } from '../interaction_page.ts'
import { lookUpTenant } from '../name_look_up.ts'
import { page, pageProps } from '../page.ts'
import { checkSelfRegistration, findNameProblem, interactionOf } from './sign_up.ts'
import { pageOptionsOf, passSignUpCaptcha, signUpCaptchaDue } from './sign_up_captcha.ts'

type Shown = {
  readonly username?: string
  readonly problem?: Problem
  readonly notice?: Notice
  readonly status?: number
  readonly retryAfterSeconds?: number
  readonly captcha?: CaptchaState
}

export async function showUserName(c: HouseContext): Promise<Response> {
  const { here } = c.env
  checkSelfRegistration(here)
  const interaction = await interactionOf(c)
  if (interaction instanceof Response) return interaction
  const moved = c.req.query('moved') !== undefined
  return renderUserNamePage(c, interaction, {
    username: c.req.query('username') ?? '',
    ...(moved ? { notice: { code: 'tenant_changed', values: { tenant: here.tenant.display_name } } } : {}),
  })
}

export async function submitUserName(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const interaction = await loadInteraction(c, form.get('interaction'))
  await checkCsrf(c, form.get('csrf'), interaction.id)
  checkSelfRegistration(here)
  const typed = form.get('username') ?? ''
  const addressed = addressOf(typed, here.tenant.id)
  const refused = findUserNameProblem(addressed.userName) === undefined ? await passSignUpCaptcha(c, interaction, form) : undefined
  if (refused) return renderUserNamePage(c, interaction, { username: typed, captcha: refused })
  try {
    if (addressed.kind === 'elsewhere') return await moveTo(c, interaction, typed, addressed)
    const problem = await findNameProblem(here, addressed.userName)
    if (problem !== undefined) return await renderUserNamePage(c, interaction, { username: typed, problem, status: 422 })
  } catch (error) {
    if (!(error instanceof IamError) || error.code !== 'too_many_requests') throw error
    return renderUserNamePage(c, interaction, { username: typed, ...tooMany(error) })
  }
  const query = new URLSearchParams({ interaction: interaction.id, username: addressed.userName })
  return c.redirect(`${here.basePath}/signup/profile?${query}`, 303)
}

/** The other tenant's own page: this interaction is of this tenant's application, so it does not go along. */
async function moveTo(
  c: HouseContext,
  interaction: Interaction,
  typed: string,
  { tenant, userName }: { tenant: string; userName: string },
): Promise<Response> {
  if (!(await lookUpTenant(c, tenant)))
    return renderUserNamePage(c, interaction, { username: typed, problem: { code: 'tenant_unknown', values: { tenant } }, status: 422 })
  const { issuer, origin } = c.env.house.addresses.of(tenant)
  const url = `${issuer}/signup?${new URLSearchParams({ username: userName, moved: '1' })}`
  if (origin === c.env.here.origin) return c.redirect(url, 303)
  // A redirect would have to be in `form-action` of a page that did not know the name yet.
  c.header('refresh', `0; url=${url}`)
  return renderUserNamePage(c, interaction, { username: typed })
}

export function tooMany(error: IamError): Pick<Shown, 'notice' | 'status' | 'retryAfterSeconds'> {
  const seconds = error.retryAfterSeconds ?? 60
  return {
    notice: { code: 'too_many_attempts', values: { count: Math.max(1, Math.ceil(seconds / 60)) } },
    status: 429,
    retryAfterSeconds: seconds,
  }
}

async function renderUserNamePage(c: HouseContext, interaction: Interaction, shown: Shown): Promise<Response> {
  const { here } = c.env
  const props = await pageProps(c, { self: `/signup?interaction=${interaction.id}`, uiLocales: uiLocalesOf(interaction) })
  const captcha = await captchaGate(c, 'sign_up', interaction.id)?.show(props, shown.captcha ?? (await signUpCaptchaDue(c, interaction)))
  const html = renderSignupUsername({
    ...props,
    ...(captcha ? { captcha: captcha.html } : {}),
    action: `${here.basePath}/signup`,
    csrf: await csrfToken(here, interaction.id),
    interaction: interaction.id,
    loginHref: `${here.basePath}/login?interaction=${interaction.id}`,
    ...(shown.username ? { username: shown.username } : {}),
    ...(shown.problem ? { problems: { username: shown.problem } } : {}),
    ...(shown.notice ? { notice: shown.notice } : {}),
  })
  if (shown.retryAfterSeconds !== undefined) c.header('retry-after', String(shown.retryAfterSeconds))
  return page(c, html, { nonce: props.nonce, ...pageOptionsOf(shown.status, captcha), formAction: formActionsOf(interaction) })
}
