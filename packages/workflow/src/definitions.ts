/** Workflow definitions as administrators write them: approvers by name, kept by id. */
import { type Approvers, checkLevels, type Level, type WorkflowDefinition } from '@gatehouse/core/approval/level.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { roleIdsOf } from '@gatehouse/directory/roles.ts'
import type { ApprovalContext } from './approval_context.ts'

/** Roles by name, users by user name. */
export type NamedApprovers = { readonly roles?: readonly string[]; readonly users?: readonly string[] }
export type NamedTimeout =
  | { readonly seconds: number; readonly action: 'remind' | 'expire' }
  | { readonly seconds: number; readonly action: 'escalate'; readonly to: NamedApprovers }
export type NamedLevel = { readonly name: string; readonly approvers: NamedApprovers; readonly timeout?: NamedTimeout }
export type WorkflowInput = { readonly name: string; readonly levels: readonly NamedLevel[] }

/** Creates or changes the workflow of this name. Saving the same again writes nothing. Requests on their way keep the levels that they started with. */
export async function saveWorkflow(ctx: ApprovalContext, input: WorkflowInput): Promise<WorkflowDefinition> {
  const name = input.name.trim()
  if (name === '') throw new IamError('validation_failed', 'a workflow has a name', { fields: { name: 'required' } })
  const levels = await Promise.all(input.levels.map((level, index) => levelOf(ctx, level, `/levels/${index}`)))
  checkLevels(levels)
  const existing = await ctx.stores.workflows.findByName(name)
  if (existing && JSON.stringify(existing.levels) === JSON.stringify(levels)) return existing
  return ctx.stores.workflows.save(
    { id: existing?.id ?? `wfl_${ctx.random.token(9)}`, name, levels, version: existing?.version ?? 0 },
    ctx.actor,
  )
}

/** Throws `conflict` while an association names it: an operation that must be approved never silently goes unapproved. */
export async function removeWorkflow(ctx: ApprovalContext, name: string): Promise<void> {
  const workflow = await loadWorkflow(ctx, name)
  const associations = await ctx.stores.associations.list()
  if (associations.some((association) => association.workflowId === workflow.id)) {
    throw new IamError('conflict', `${name} is associated with an operation; remove the association first`)
  }
  await ctx.stores.workflows.remove(workflow, ctx.actor)
}

export async function loadWorkflow(ctx: ApprovalContext, name: string): Promise<WorkflowDefinition> {
  const workflow = await ctx.stores.workflows.findByName(name)
  if (!workflow) throw new IamError('not_found', `there is no workflow named ${name}`)
  return workflow
}

/** With names again. What was deleted meanwhile is left out: it approves nothing. */
export async function listWorkflows(ctx: ApprovalContext): Promise<(WorkflowInput & { readonly version: number })[]> {
  const [workflows, roles] = await Promise.all([ctx.stores.workflows.list(), ctx.stores.roles.list()])
  const roleNames = new Map(roles.map((role) => [role.id, role.name]))
  const named = async (approvers: Approvers): Promise<NamedApprovers> => {
    const users = await Promise.all(approvers.users.map((id) => ctx.stores.users.find(id)))
    return { roles: approvers.roles.flatMap((id) => roleNames.get(id) ?? []), users: users.flatMap((user) => user?.userName ?? []) }
  }
  const namedLevel = async ({ name, approvers, timeout }: Level): Promise<NamedLevel> => ({
    name,
    approvers: await named(approvers),
    ...(timeout && { timeout: timeout.action === 'escalate' ? { ...timeout, to: await named(timeout.to) } : timeout }),
  })
  return Promise.all(
    workflows.map(async ({ name, levels, version }) => ({ name, version, levels: await Promise.all(levels.map(namedLevel)) })),
  )
}

async function levelOf(ctx: ApprovalContext, { name, approvers, timeout }: NamedLevel, place: string): Promise<Level> {
  const level = { name: name.trim(), approvers: await approversOf(ctx, approvers, `${place}/approvers`) }
  if (!timeout) return level
  if (timeout.action !== 'escalate') return { ...level, timeout: { seconds: timeout.seconds, action: timeout.action } }
  return {
    ...level,
    timeout: { seconds: timeout.seconds, action: 'escalate', to: await approversOf(ctx, timeout.to, `${place}/timeout/to`) },
  }
}

async function approversOf(ctx: ApprovalContext, { roles = [], users = [] }: NamedApprovers, place: string): Promise<Approvers> {
  const userIds = users.map(async (userName, index) => {
    const user = await ctx.stores.users.findByName(userName)
    if (user) return user.id
    const wrong = `there is no person named ${userName}`
    throw new IamError('validation_failed', wrong, { fields: { [`${place}/users/${index}`]: wrong } })
  })
  return { roles: await roleIdsOf(ctx, roles, `${place}/roles`), users: await Promise.all(userIds) }
}
