/** Mails about approvals: to the approvers of the level that is open now, to the applicant at the end, to administrators when nobody can decide. */
import { primaryEmail, shownName } from '@gatehouse/core/user.ts'
import { activeMembersOf, findOutcomeNotice, findTaskNotice } from '@gatehouse/workflow/notices.ts'
import type { Handler } from './relay_house.ts'
import { givenNameOf, tell, verifiedPhone, verifiedReceiver } from './tell.ts'

/** By mail, and by text message to those whose phone number is confirmed. Exactly the members of the level; a level that was decided meanwhile tells nobody. */
export const tellApprovers: Handler = async (ctx, event, house) => {
  const level = event.data?.level
  if (!event.requestId || typeof level !== 'number') return
  const notice = await findTaskNotice(ctx, event.requestId, level)
  if (!notice) return
  const { request, applicant, approvers } = notice
  const name = applicant ? shownName(applicant) : request.requestedBy.userName
  for (const approver of approvers) {
    await tell(ctx, house, event, verifiedReceiver(approver), 'approval_task', {
      ...givenNameOf(approver),
      applicant: { name, username: request.requestedBy.userName },
      operation: request.operation,
      workflow: request.workflow.name,
      level: level + 1,
      levelCount: request.levels.length,
      levelName: request.levels[level]?.name ?? '',
      askedAt: request.openedAt,
      requestUrl: `${ctx.issuer}/approvals/${request.id}`,
      reminder: event.data?.reminder !== undefined,
    })
    await tell(ctx, house, event, verifiedPhone(approver), 'approval_task_text', {
      operation: request.operation,
      applicant: name,
      requestUrl: `${ctx.issuer}/approvals/${request.id}`,
    })
  }
}

/** At the address that they gave: it is how they asked to be reached. */
export const tellApplicant: Handler = async (ctx, event, house) => {
  // Of a sign-in the page tells, in the browser that asked: an address is no part of it.
  if (!event.requestId || event.data?.operation === 'risky_sign_in') return
  const notice = await findOutcomeNotice(ctx, event.requestId)
  const email = notice && primaryEmail(notice.applicant)
  if (!email) return
  const { applicant, state, reason } = notice
  const receiver = { address: email.value, locale: applicant.locale }
  const about = { ...givenNameOf(applicant), username: applicant.userName }
  if (state.kind === 'approved') {
    await tell(ctx, house, event, receiver, 'registration_completed', { ...about, approved: true, loginUrl: `${ctx.issuer}/login` })
  } else {
    await tell(ctx, house, event, receiver, 'registration_rejected', {
      ...about,
      outcome: state.kind,
      ...(reason === undefined ? {} : { reason }),
      ...(ctx.tenant.policies.selfRegistration ? { signupUrl: `${ctx.issuer}/signup` } : {}),
    })
  }
}

export const tellAdministrators: Handler = async (ctx, event, house) => {
  const level = event.data?.level
  if (!event.requestId || typeof level !== 'number') return
  const notice = await findTaskNotice(ctx, event.requestId, level)
  const role = await ctx.stores.roles.findByName('tenant-admin')
  if (!notice || !role) return
  const { request } = notice
  const definition = request.levels[level]
  const names = new Map((await ctx.stores.roles.list()).map(({ id, name }) => [id, name]))
  for (const administrator of await activeMembersOf(ctx, role.id)) {
    await tell(ctx, house, event, verifiedReceiver(administrator), 'approval_unassigned', {
      ...givenNameOf(administrator),
      applicant: request.requestedBy.userName,
      workflow: request.workflow.name,
      level: level + 1,
      levelCount: request.levels.length,
      levelName: definition?.name ?? '',
      roles: (definition?.approvers.roles ?? []).flatMap((id) => names.get(id) ?? []),
      administrationUrl: `${ctx.issuer}/approvals/${request.id}`,
    })
  }
}
