/** The request ended without being fulfilled, and its last write set the name free. Makes sure of it: a name that stayed held would be lost to everybody. */
import { due } from '@gatehouse/core/approval/due.ts'
import type { ApprovalContext } from '../approval_context.ts'
import type { TaskInput } from './task_input.ts'

export async function decline(ctx: ApprovalContext, { requestId }: TaskInput): Promise<{ released: boolean }> {
  const record = await ctx.stores.requests.find(requestId, { consistent: true })
  if (!record || !due(record.request, { task: 'decline' })) return { released: false }
  const { userName } = record.request.requestedBy
  const holder = await ctx.stores.users.findNameHolder(userName)
  if (holder?.kind !== 'pending' || holder.requestId !== requestId) return { released: false }
  ctx.log.write('warn', 'the name of a declined request was still held', { tenant: ctx.stores.id, requestId })
  await ctx.stores.users.releaseName(userName, requestId)
  return { released: true }
}
