/** Associations as administrators write them: an operation needs this workflow, when the condition holds. */
import { checkCondition, type FactCondition, isOperation, OPERATIONS, type Operation } from '@gatehouse/core/approval/operation.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { Association } from '@gatehouse/store/association.ts'
import type { ApprovalContext } from './approval_context.ts'
import { loadWorkflow } from './definitions.ts'

export type AssociationInput = {
  readonly operation: string
  /** By name. */
  readonly workflow: string
  /** All must hold; none given: always. */
  readonly condition?: FactCondition
  readonly enabled?: boolean
}

/** Creates or changes the association of this operation with this workflow. Saving the same again writes nothing. */
export async function saveAssociation(ctx: ApprovalContext, input: AssociationInput): Promise<Association> {
  const operation = parseOperation(input.operation)
  const { condition = [], enabled = true } = input
  checkCondition(operation, condition)
  const workflowId = (await loadWorkflow(ctx, input.workflow)).id
  const existing = await ctx.stores.associations.find({ operation, workflowId })
  if (existing && existing.enabled === enabled && JSON.stringify(existing.condition) === JSON.stringify(condition)) return existing
  const { version, createdAt } = existing ?? { version: 0, createdAt: ctx.clock.now() }
  return ctx.stores.associations.save({ operation, workflowId, enabled, condition, createdAt, version }, ctx.actor)
}

export async function removeAssociation(
  ctx: ApprovalContext,
  of: { readonly operation: string; readonly workflow: string },
): Promise<void> {
  const operation = parseOperation(of.operation)
  const association = await ctx.stores.associations.find({ operation, workflowId: (await loadWorkflow(ctx, of.workflow)).id })
  if (!association) throw new IamError('not_found', `${operation} is not associated with ${of.workflow}`)
  await ctx.stores.associations.remove(association, ctx.actor)
}

/** In the order in which they are tried. */
export async function listAssociations(ctx: ApprovalContext): Promise<Required<AssociationInput>[]> {
  const [associations, workflows] = await Promise.all([ctx.stores.associations.list(), ctx.stores.workflows.list()])
  const names = new Map(workflows.map((workflow) => [workflow.id, workflow.name]))
  return associations.map(({ operation, workflowId, condition, enabled }) => ({
    operation,
    workflow: names.get(workflowId) ?? workflowId,
    condition,
    enabled,
  }))
}

function parseOperation(text: string): Operation {
  if (isOperation(text)) return text
  throw new IamError('validation_failed', `"${text}" is none of ${Object.keys(OPERATIONS).join(', ')}`, {
    fields: { operation: 'unknown' },
  })
}
