/** An operation begins: where an association asks for approval, the request is opened and its first task with it; where none does, it is done at once. */

import type { WorkflowDefinition } from '@gatehouse/core/approval/level.ts'
import { type FactCondition, holdsFor, type Operation } from '@gatehouse/core/approval/operation.ts'
import { openRequest } from '@gatehouse/core/approval/request.ts'
import type { RequestId, UserId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Applicant, SignInSeen } from '@gatehouse/store/approval_request.ts'
import type { ApprovalContext } from './approval_context.ts'
import { OPERATION_ROWS, userOf } from './operations.ts'
import { taskOpenedEvent } from './task_event.ts'

export type Opened = { readonly kind: 'waiting'; readonly requestId: RequestId } | { readonly kind: 'created'; readonly userId: UserId }

const NAME_TAKEN = 'this user name is taken'

/**
 * The password is hashed and has passed the policy. `openedBy`: who was signed in meanwhile. Throws `conflict` when the user name is taken or waits for
 * approval.
 */
export async function openRegistration(
  ctx: ApprovalContext,
  applicant: Applicant,
  passwordHash: string,
  openedBy?: UserId,
): Promise<Opened> {
  const workflow = await findWorkflowFor(ctx, 'self_registration', (condition) =>
    holdsFor(condition, OPERATION_ROWS.self_registration.facts(applicant)),
  )
  if (!workflow) return createAtOnce(ctx, applicant, passwordHash)

  const { requests, users, shelf } = ctx.stores
  const { id, name, version, levels } = workflow
  const request = openRequest(
    {
      id: `req_${ctx.random.token(16)}`,
      operation: 'self_registration',
      requestedBy: { userName: applicant.userName },
      ...(openedBy === undefined ? {} : { openedBy }),
      workflow: { id, name, version },
      levels,
    },
    ctx.clock.now(),
  )
  const opened = shelf.event('request.opened', {
    actor: ctx.actor,
    requestId: request.id,
    data: { operation: request.operation, workflow: name },
  })
  const events = { opened, taskOpened: taskOpenedEvent(ctx, request) }
  await requests.open(request, { applicant, passwordHash }, events, [users.reserveNameWrite(applicant.userName, request.id)], NAME_TAKEN)
  return { kind: 'waiting', requestId: request.id }
}

/** A sign-in that is to be let through. Undefined: the tenant has no workflow for it, so nobody could. */
export async function openRiskySignIn(ctx: ApprovalContext, user: User, signIn: SignInSeen): Promise<RequestId | undefined> {
  const { userName, name, emails, phoneNumbers, locale } = user
  const applicant: Applicant = {
    userName,
    name,
    emails,
    phoneNumbers,
    ...(locale === undefined ? {} : { locale }),
    acceptances: [],
    signIn,
  }
  const workflow = await findWorkflowFor(ctx, 'risky_sign_in', (condition) =>
    holdsFor(condition, OPERATION_ROWS.risky_sign_in.facts(applicant)),
  )
  if (!workflow) return undefined
  const { id, name: workflowName, version, levels } = workflow
  const request = openRequest(
    {
      id: `req_${ctx.random.token(16)}`,
      operation: 'risky_sign_in',
      requestedBy: { userId: user.id, userName },
      workflow: { id, name: workflowName, version },
      levels,
    },
    ctx.clock.now(),
  )
  const data = { operation: request.operation, workflow: workflowName }
  const opened = ctx.stores.shelf.event('request.opened', { actor: ctx.actor, requestId: request.id, userId: user.id, data })
  const events = { opened, taskOpened: taskOpenedEvent(ctx, request) }
  await ctx.stores.requests.open(request, { applicant }, events, [], 'the request could not be opened')
  return request.id
}

async function createAtOnce(ctx: ApprovalContext, applicant: Applicant, passwordHash: string): Promise<Opened> {
  const user = userOf(ctx, applicant)
  await ctx.stores.users.create(user, passwordHash, { actor: ctx.actor, acceptances: applicant.acceptances })
  return { kind: 'created', userId: user.id }
}

/** The first enabled association whose condition holds, in the order in which they were made: one workflow handles a request. */
async function findWorkflowFor(
  ctx: ApprovalContext,
  operation: Operation,
  holds: (condition: FactCondition) => boolean,
): Promise<WorkflowDefinition | undefined> {
  const associations = await ctx.stores.associations.list(operation)
  const chosen = associations.find((association) => association.enabled && holds(association.condition))
  if (!chosen) return undefined
  const workflow = await ctx.stores.workflows.find(chosen.workflowId)
  // Fails closed: what must be approved is not done because its workflow is gone.
  if (!workflow) throw new Error(`the workflow ${chosen.workflowId} that ${operation} is associated with does not exist`)
  return workflow
}
