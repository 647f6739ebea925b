/**
 * Where the link, or a right code, leads: `GET` and `POST /recover/password`. Loading it spends nothing, since mail scanners follow links. Afterwards the sign-in that
 * was open in this browser goes on, and whatever else it asks for is still asked.
 */

import type { Credential } from '@gatehouse/core/credential.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { recoveryPolicyOf } from '@gatehouse/core/recovery_policy.ts'
import { shownName, type User } from '@gatehouse/core/user.ts'
import { checkFactor } from '@gatehouse/identity/factor_check.ts'
import { withFirstProof } from '@gatehouse/identity/interaction.ts'
import { findNewPasswordProblem, findRuleProblem, sessionsEndedBy, setNewPassword } from '@gatehouse/identity/password_change.ts'
import {
  findRecoveryLink,
  provenBeside,
  type RecoveryLink,
  reasonOfLink,
  takeComparison,
  useRecoveryLinkWrite,
} from '@gatehouse/identity/recovery_link.ts'
import { acceptUserInvitation } from '@gatehouse/identity/user_invitation.ts'
import { renderNewPassword } from '@gatehouse/pages/new_password.tsx'
import type { Problem } from '@gatehouse/pages/page_props.ts'
import { renderRecoveryLink } from '@gatehouse/pages/recovery_link.tsx'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { formActionsOf } from '../interaction_page.ts'
import { page, pageProps } from '../page.ts'
import { proceed } from './advance.ts'
import { findInteraction } from './interaction_of.ts'

type Opened = { readonly token: string; readonly link: RecoveryLink; readonly beside: 'nothing' | readonly Credential[] }
type Problems = { readonly password?: Problem; readonly otp?: Problem; readonly changed?: boolean; readonly status?: number }

export async function showRecoveredPassword(c: HouseContext): Promise<Response> {
  const opened = await open(c, c.req.query('token') ?? '')
  return opened instanceof Response ? opened : render(c, opened, {})
}

export async function submitRecoveredPassword(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const token = form.get('token') ?? ''
  await checkCsrf(c, form.get('csrf'), 'recover-password', token)
  const opened = await open(c, token)
  if (opened instanceof Response) return opened
  const { link } = opened
  const password = form.get('new_password') ?? ''
  const isCompared = (await findRuleProblem(here, link.user, password)) === undefined
  if (isCompared && !(await takeComparison(here, link))) return openAgain(c, token)
  const problem = await findNewPasswordProblem(here, link.user, password)
  if (problem !== undefined)
    return render(c, opened, { password: { code: problem, values: { count: here.tenant.policies.password.minimumLength } }, status: 422 })
  const refused = await checkBeside(c, opened, form.get('otp') ?? '')
  if (refused !== undefined) return render(c, opened, refused)
  const changed = await set(c, link, password)
  // Somebody was faster, with this link or by changing the person otherwise.
  if (changed === undefined) return openAgain(c, token)
  const interaction = await findInteraction(c, link.interaction)
  if (interaction !== undefined) return proceed(c, withFirstProof(here, interaction, changed, 'password'), changed)
  return renderDone(c)
}

/** Undefined: it was used, or the person changed, meanwhile. */
async function set(c: HouseContext, link: RecoveryLink, password: string): Promise<User | undefined> {
  const { here } = c.env
  const used = useRecoveryLinkWrite(here, link)
  try {
    if (link.because === 'invitation') return await acceptUserInvitation(here, link, password, [used])
    return await setNewPassword(here, link.user, { password, how: 'recovery', alongside: [used] })
  } catch (error) {
    if (error instanceof IamError && error.code === 'conflict') return undefined
    throw error
  }
}

/** What is to be proven beside the link, if anything: a code of the app, or a recovery code. Tries are counted as in a sign-in. */
async function checkBeside(c: HouseContext, { link, beside }: Opened, text: string): Promise<Problems | undefined> {
  if (beside === 'nothing') return undefined
  if (text.trim() === '') return { otp: 'required', status: 422 }
  const { here } = c.env
  const isDigits = /^[\d\s-]+$/.test(text) && text.replace(/\D/g, '').length === 6
  for (const credential of beside.filter(({ kind }) => (kind === 'totp') === isDigits)) {
    const outcome = await checkFactor(here, {
      user: link.user,
      credential,
      boundTo: link.sealed.id,
      text,
      sessionId: `ses_${here.random.token(24)}`,
      latest: undefined,
    })
    if (outcome.kind === 'right') {
      await here.stores.tries.forget({ userId: link.user.id, factor: credential.kind })
      return undefined
    }
    if (outcome.kind === 'locked')
      throw new IamError('too_many_requests', 'too many tries; wait a little', { retryAfterSeconds: outcome.retryAfterSeconds })
  }
  return { otp: 'code_wrong', status: 400 }
}

async function openAgain(c: HouseContext, token: string): Promise<Response> {
  const again = await open(c, token)
  return again instanceof Response ? again : render(c, again, { changed: true, status: 409 })
}

/** The page for a link that is good no more is one for all reasons. */
async function open(c: HouseContext, token: string): Promise<Opened | Response> {
  const { here } = c.env
  const link = await findRecoveryLink(here, token)
  const isElsewhere = link?.onlyHere && (await findInteraction(c, link.interaction)) === undefined
  const beside = link && !isElsewhere ? await provenBeside(here, link.user, link.address) : 'impossible'
  if (link !== undefined && beside !== 'impossible') return { token, link, beside }
  const props = await pageProps(c)
  const invitation = (await reasonOfLink(here, token)) === 'invitation'
  const html = renderRecoveryLink({
    ...props,
    state: 'expired',
    invitation,
    loginHref: `${here.basePath}/login`,
    ...(invitation || recoveryPolicyOf(here.tenant).password.length === 0 ? {} : { againHref: `${here.basePath}/recover` }),
  })
  return page(c, html, { nonce: props.nonce, status: 410 })
}

async function render(c: HouseContext, { token, link, beside }: Opened, problems: Problems): Promise<Response> {
  const { here } = c.env
  const interaction = await findInteraction(c, link.interaction)
  const props = await pageProps(c, { self: `/recover/password?${new URLSearchParams({ token })}`, uiLocales: [link.user.locale ?? ''] })
  const html = renderNewPassword({
    ...props,
    action: `${here.basePath}/recover/password`,
    csrf: await csrfToken(here, 'recover-password', token),
    hidden: { token },
    because: link.because,
    user: { username: link.user.userName, displayName: shownName(link.user) },
    passwordPolicy: here.tenant.policies.password,
    ...(link.because === 'invitation' ? {} : { ends: sessionsEndedBy(here, 'recovery') }),
    ...(beside === 'nothing' ? {} : { asksCode: true }),
    ...(problems.password === undefined ? {} : { problem: problems.password }),
    ...(problems.otp === undefined ? {} : { codeProblem: problems.otp }),
    ...(problems.changed ? { notice: { code: 'changed' as const } } : {}),
  })
  return page(c, html, {
    nonce: props.nonce,
    status: problems.status ?? 200,
    ...(interaction ? { formAction: formActionsOf(interaction) } : {}),
  })
}

async function renderDone(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const props = await pageProps(c)
  const html = renderRecoveryLink({ ...props, state: 'done', loginHref: `${here.basePath}/login` })
  return page(c, html, { nonce: props.nonce })
}
