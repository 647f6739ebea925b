/** Leaves the task token with the request, and only then looks whether the decision came first: one of the two sees the other. */
import { due, waitSeconds } from '@gatehouse/core/approval/due.ts'
import { isWaiting } from '@gatehouse/core/approval/request.ts'
import type { ApprovalContext } from '../approval_context.ts'
import type { TaskInput } from './task_input.ts'

export type Signal = (taskToken: string, output: Readonly<Record<string, unknown>>) => Promise<void>

export async function waitForDecision(
  ctx: ApprovalContext,
  { requestId, level, taskToken }: TaskInput,
  signal: Signal,
): Promise<{ waiting: boolean }> {
  const before = await ctx.stores.requests.find(requestId, { consistent: true })
  if (before && isWaiting(before.request) && due(before.request, { task: 'wait_for_decision', level })) {
    await ctx.stores.requests.saveToken(requestId, level, taskToken, waitSeconds(before.request, ctx.clock.now()))
    const now = await ctx.stores.requests.find(requestId, { consistent: true })
    if (now && due(now.request, { task: 'wait_for_decision', level })) return { waiting: true }
  }
  await signal(taskToken, { level })
  return { waiting: false }
}
