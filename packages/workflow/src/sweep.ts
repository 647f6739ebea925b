/** Re-enters every request that waits, since its execution may have died: with its process, its definition, or after its last retry. */
import type { Workflow } from '@gatehouse/ports/workflow.ts'
import type { ApprovalContext } from './approval_context.ts'
import { openRequestIds } from './assignment.ts'

/** At start-up and from time to time. An execution that runs is left alone. Answers with the number of open requests. */
export async function sweepRequests(ctx: Pick<ApprovalContext, 'stores'>, workflow: Workflow): Promise<number> {
  let count = 0
  for await (const requestId of openRequestIds(ctx)) {
    await workflow.start(ctx.stores.id, requestId)
    count += 1
  }
  return count
}
