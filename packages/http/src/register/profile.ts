/**
 * Second step of self-registration: `GET` and `POST /signup/profile`. Whether the e-mail address is known is told to nobody here: the answer is the same, the
 * mail to the address is not.
 */

import { IamError } from '@gatehouse/core/error.ts'
import { type Interaction, MY_ACCOUNT } from '@gatehouse/core/interaction/interaction.ts'
import { checkTyped, personOf, type Typed } from '@gatehouse/core/registrant.ts'
import { findUserNameProblem, normaliseUserName } from '@gatehouse/core/user_name.ts'
import { findBrowserSession } from '@gatehouse/identity/browser_session.ts'
import { askEmailVerification } from '@gatehouse/identity/email_verification.ts'
import { beginInteraction, withMoreTime } from '@gatehouse/identity/interaction.ts'
import { findPasswordFault } from '@gatehouse/identity/password_faults.ts'
import type { Notice, Problem, Problems } from '@gatehouse/pages/page_props.ts'
import { renderSignupProfile } from '@gatehouse/pages/signup_profile.tsx'
import type { Applicant } from '@gatehouse/store/approval_request.ts'
import { foldAddress } from '@gatehouse/store/keys.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { type Opened, openRegistration } from '@gatehouse/workflow/open_request.ts'
import { findInteraction, keepInteraction, loadInteraction } from '../authorize/interaction_of.ts'
import { type CaptchaState, captchaGate } from '../captcha_gate.ts'
import { readSessionCookie } from '../cookies.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { formActionsOf, uiLocalesOf } from '../interaction_page.ts'
import { page, pageLocale, pageProps } from '../page.ts'
import { redirectToReceipt } from './received.ts'
import { checkSelfRegistration, findNameProblem } from './sign_up.ts'
import { pageOptionsOf, passSignUpCaptcha, signUpCaptchaDue } from './sign_up_captcha.ts'
import { tooMany } from './user_name.ts'

const MAILS_TO_ADDRESS = { name: 'registration_mail', limit: 20, windowSeconds: 3600 } as const

type Values = Typed & { readonly accept_terms: boolean }
type Shown = {
  readonly values?: Values
  readonly problems?: Problems
  readonly notice?: Notice
  readonly status?: number
  readonly retryAfterSeconds?: number
  readonly captcha?: CaptchaState
}

export async function showProfile(c: HouseContext): Promise<Response> {
  const { here } = c.env
  checkSelfRegistration(here)
  const interaction = await loadInteraction(c, c.req.query('interaction'))
  const userName = normaliseUserName(c.req.query('username') ?? '')
  // Out of order: the name comes first.
  if (userName === '') return c.redirect(`${here.basePath}/signup?interaction=${interaction.id}`, 303)
  const longer = withMoreTime(here, interaction)
  await keepInteraction(c, longer)
  return renderProfilePage(c, longer, userName, {})
}

export async function submitProfile(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  checkSelfRegistration(here)
  const userName = normaliseUserName(form.get('username') ?? '')
  const typed = typedOf(form)
  const values: Values = { ...typed, accept_terms: form.has('accept_terms') }
  const interaction = await findInteraction(c, form.get('interaction'))
  if (interaction === undefined) return startAnew(c, userName, values)
  await checkCsrf(c, form.get('csrf'), interaction.id)
  try {
    const problems = await findProblems(here, form, userName, typed)
    if (Object.keys(problems).length > 0) return await renderProfilePage(c, interaction, userName, { values, problems, status: 422 })
    // Before a name is looked up, a password hashed, and a mail sent.
    const captcha = await passSignUpCaptcha(c, interaction, form)
    if (captcha) return await renderProfilePage(c, interaction, userName, { values, captcha })
    const username = await findNameProblem(here, userName)
    if (username) return await renderProfilePage(c, interaction, userName, { values, problems: { username }, status: 422 })
    const opened = await open(c, interaction, userName, typed, form.get('new_password') ?? '')
    return await redirectToReceipt(c, interaction, { userName, email: typed.email.trim(), opened })
  } catch (error) {
    if (!(error instanceof IamError) || !(error.code in FALLBACKS)) throw error
    return renderProfilePage(c, interaction, userName, { values, ...FALLBACKS[error.code]?.(error) })
  }
}

/** The page was left open for too long. What was typed is shown again, to be sent again; nothing was done. */
async function startAnew(c: HouseContext, userName: string, values: Values): Promise<Response> {
  const interaction = beginInteraction(c.env.here, { kind: 'own', path: MY_ACCOUNT })
  await keepInteraction(c, interaction)
  return renderProfilePage(c, interaction, userName, { values, notice: { code: 'form_expired' }, status: 410 })
}

const FALLBACKS: Readonly<Partial<Record<string, (error: IamError) => Shown>>> = {
  // Somebody took the name between the look-up and the write.
  conflict: () => ({ problems: { username: 'username_taken' }, status: 422 }),
  too_many_requests: tooMany,
}

async function findProblems(here: TenantContext, form: URLSearchParams, userName: string, typed: Typed): Promise<Problems> {
  const { password } = here.tenant.policies
  const problems: Record<string, Problem> = { ...checkTyped(typed) } as Record<string, Problem>
  const passwordProblem = await findPasswordFault(here, form.get('new_password') ?? '', { userName, emails: [typed.email.trim()] })
  if (passwordProblem) problems.new_password = { code: passwordProblem, values: { count: password.minimumLength } }
  // What is agreed to is what was shown: a version that was replaced meanwhile is shown anew.
  if (!form.has('accept_terms') || form.get('policy_version') !== here.tenant.privacyPolicy.version)
    problems.accept_terms = 'terms_required'
  const nameProblem = findUserNameProblem(userName)
  if (nameProblem) problems.username = nameProblem
  return problems
}

async function open(c: HouseContext, interaction: Interaction, userName: string, typed: Typed, password: string): Promise<Opened> {
  const { here } = c.env
  const locale = pageLocale(c, uiLocalesOf(interaction))
  const applicant: Applicant = {
    userName,
    ...personOf(typed),
    locale,
    acceptances: [{ policy: 'privacy', version: here.tenant.privacyPolicy.version, acceptedAt: here.stores.shelf.now(), locale }],
  }
  const signedIn = await findBrowserSession(here, readSessionCookie(c))
  const opened = await openRegistration(here, applicant, await here.hasher.hash(password), signedIn?.user.id)
  if (await mayMail(here, typed.email)) {
    await askEmailVerification(
      here,
      opened.kind === 'waiting' ? { kind: 'pending', requestId: opened.requestId } : { kind: 'user', userId: opened.userId },
    )
  }
  return opened
}

/** An address is only what somebody typed: nobody is to be flooded with our mails. The answer on the page is the same. */
async function mayMail(here: TenantContext, address: string): Promise<boolean> {
  return (await here.stores.rates.take(MAILS_TO_ADDRESS, foldAddress(address))).allowed
}

async function renderProfilePage(c: HouseContext, interaction: Interaction, userName: string, shown: Shown): Promise<Response> {
  const { here } = c.env
  const query = new URLSearchParams({ interaction: interaction.id, username: userName })
  const props = await pageProps(c, { self: `/signup/profile?${query}`, uiLocales: uiLocalesOf(interaction) })
  const { version } = here.tenant.privacyPolicy
  const captcha = await captchaGate(c, 'sign_up', interaction.id)?.show(props, shown.captcha ?? (await signUpCaptchaDue(c, interaction)))
  const html = renderSignupProfile({
    ...props,
    ...(captcha ? { captcha: captcha.html } : {}),
    action: `${here.basePath}/signup/profile`,
    csrf: await csrfToken(here, interaction.id),
    interaction: interaction.id,
    username: userName,
    changeUsernameHref: `${here.basePath}/signup?${query}`,
    loginHref: `${here.basePath}/login?interaction=${interaction.id}`,
    passwordPolicy: here.tenant.policies.password,
    policy: { version, href: `${here.basePath}/privacy-policy/${encodeURIComponent(version)}` },
    ...(shown.values ? { values: shown.values } : {}),
    ...(shown.problems ? { problems: shown.problems } : {}),
    ...(shown.notice ? { notice: shown.notice } : {}),
  })
  if (shown.retryAfterSeconds !== undefined) c.header('retry-after', String(shown.retryAfterSeconds))
  return page(c, html, { nonce: props.nonce, ...pageOptionsOf(shown.status, captcha), formAction: formActionsOf(interaction) })
}

export function typedOf(form: URLSearchParams): Typed {
  const text = (name: keyof Typed) => form.get(name) ?? ''
  return { given_name: text('given_name'), family_name: text('family_name'), email: text('email'), phone_number: text('phone_number') }
}
