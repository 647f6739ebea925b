/** Every level approved, and the last decision did what was asked in its own transaction. Confirms it, so that a house that is not in order shows a failed execution. */
import { due } from '@gatehouse/core/approval/due.ts'
import { isId } from '@gatehouse/core/ids.ts'
import type { ApprovalContext } from '../approval_context.ts'
import type { TaskInput } from './task_input.ts'

/** `confirmed`: the person exists and no password hash is left with the request. A person who was deleted since then is told apart by the log only. */
export async function fulfil(ctx: ApprovalContext, { requestId }: TaskInput): Promise<{ confirmed: boolean }> {
  const record = await ctx.stores.requests.find(requestId, { consistent: true })
  if (!record || !due(record.request, { task: 'fulfil' })) return { confirmed: true }
  const { state } = record.request
  const resultId = state.kind === 'approved' ? state.resultId : ''
  const exists = isId('usr', resultId) && (await ctx.stores.users.find(resultId, { consistent: true })) !== undefined
  const confirmed = exists && record.data?.passwordHash === undefined
  if (!confirmed) ctx.log.write('warn', 'an approved request is not in order', { tenant: ctx.stores.id, requestId, exists })
  return { confirmed }
}
