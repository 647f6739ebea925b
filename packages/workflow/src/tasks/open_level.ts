/** Where the request stands and how long to wait there; on the way, whether anybody can decide. Every way through the state machine comes back here. */
import { waitSeconds } from '@gatehouse/core/approval/due.ts'
import { isWaiting } from '@gatehouse/core/approval/request.ts'
import type { ApprovalContext } from '../approval_context.ts'
import { checkAssigned } from '../assignment.ts'
import type { TaskInput } from './task_input.ts'

/** `kind` is the request's state, or `gone`. All fields are always there: a path of the state machine that finds nothing is an error. */
export type Standing = { readonly kind: string; readonly level: number; readonly waitSeconds: number }

export async function openLevel(ctx: ApprovalContext, { requestId }: TaskInput): Promise<Standing> {
  const request = await checkAssigned(ctx, requestId)
  if (!request) return { kind: 'gone', level: 0, waitSeconds: 1 }
  if (!isWaiting(request)) return { kind: request.state.kind, level: 0, waitSeconds: 1 }
  return { kind: 'waiting', level: request.state.level, waitSeconds: waitSeconds(request, ctx.clock.now()) }
}
