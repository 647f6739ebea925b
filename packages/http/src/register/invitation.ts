/** The first administrator's page: `GET` and `POST /invitation`. */
import { IamError } from '@gatehouse/core/error.ts'
import { MY_ACCOUNT } from '@gatehouse/core/interaction/interaction.ts'
import { checkTyped, personOf, type Typed } from '@gatehouse/core/registrant.ts'
import { findUserNameProblem, normaliseUserName } from '@gatehouse/core/user_name.ts'
import { createUser } from '@gatehouse/directory/users.ts'
import { askEmailVerification } from '@gatehouse/identity/email_verification.ts'
import { beginInteraction } from '@gatehouse/identity/interaction.ts'
import { findInvitation, type InvitationLink, invitationWrite } from '@gatehouse/identity/invitation.ts'
import { findPasswordFault } from '@gatehouse/identity/password_faults.ts'
import { renderAdminInvite } from '@gatehouse/pages/admin_invite.tsx'
import type { Problem, Problems } from '@gatehouse/pages/page_props.ts'
import { keepInteraction } from '../authorize/interaction_of.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'
import { typedOf } from './profile.ts'

type Shown = { readonly values?: Typed & { readonly username: string }; readonly problems?: Problems; readonly status?: number }

export async function showInvitation(c: HouseContext): Promise<Response> {
  const token = c.req.query('token') ?? ''
  await loadInvitation(c, token)
  return renderInvitationPage(c, token, {})
}

export async function acceptInvitation(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const token = form.get('token') ?? ''
  await checkCsrf(c, form.get('csrf'), 'invitation', token)
  const invitation = await loadInvitation(c, token)
  const username = normaliseUserName(form.get('username') ?? '')
  const typed = typedOf(form)
  const password = form.get('new_password') ?? ''
  const problems = await findProblems(c, username, typed, password)
  if (Object.keys(problems).length > 0) return renderInvitationPage(c, token, { values: { ...typed, username }, problems, status: 422 })

  const person = { userName: username, password, ...personOf(typed), roles: invitation.facts.roles }
  try {
    const { id } = await createUser(here, person, { alongside: [invitationWrite(here, invitation)] })
    // What administrators are told by mail goes to proven addresses only, so this one is asked for its proof as everybody's is.
    await askEmailVerification(here, { kind: 'user', userId: id })
  } catch (error) {
    if (!(error instanceof IamError) || error.code !== 'conflict') throw error
    // Somebody was faster: with this link, which is told so, or with this name.
    await loadInvitation(c, token)
    return renderInvitationPage(c, token, { values: { ...typed, username }, problems: { username: 'username_taken' }, status: 422 })
  }
  return signInAs(c, username)
}

/** The sign-in page, with the new name in it and a word that all went well; whoever else is signed in in this browser. */
async function signInAs(c: HouseContext, username: string): Promise<Response> {
  const { here } = c.env
  const interaction = { ...beginInteraction(here, { kind: 'own', path: MY_ACCOUNT }), named: username }
  await keepInteraction(c, interaction)
  const query = new URLSearchParams({ interaction: interaction.id, page: 'ways', notice: 'account_created' })
  return c.redirect(`${here.basePath}/login?${query}`, 303)
}

async function loadInvitation(c: HouseContext, token: string): Promise<InvitationLink> {
  const invitation = await findInvitation(c.env.here, token)
  if (invitation === undefined) throw gone()
  return invitation
}

function gone(): IamError {
  return new IamError('link_expired', 'this invitation was used, is too old, or there is an administrator already')
}

async function findProblems(c: HouseContext, userName: string, typed: Typed, password: string): Promise<Problems> {
  const { here } = c.env
  const policy = here.tenant.policies.password
  const problems: Record<string, Problem> = { ...checkTyped(typed) } as Record<string, Problem>
  const passwordProblem = await findPasswordFault(here, password, { userName, emails: [typed.email.trim()] })
  if (passwordProblem) problems.new_password = { code: passwordProblem, values: { count: policy.minimumLength } }
  const nameProblem = findUserNameProblem(userName)
  if (nameProblem) problems.username = nameProblem
  else if (await here.stores.users.findNameHolder(userName)) problems.username = 'username_taken'
  return problems
}

async function renderInvitationPage(c: HouseContext, token: string, shown: Shown): Promise<Response> {
  const { here } = c.env
  const props = await pageProps(c, { self: `/invitation?token=${encodeURIComponent(token)}` })
  const html = renderAdminInvite({
    ...props,
    action: `${here.basePath}/invitation`,
    csrf: await csrfToken(here, 'invitation', token),
    hidden: { token },
    passwordPolicy: here.tenant.policies.password,
    ...(shown.values ? { values: shown.values } : {}),
    ...(shown.problems ? { problems: shown.problems } : {}),
  })
  return page(c, html, { nonce: props.nonce, status: shown.status ?? 200 })
}
