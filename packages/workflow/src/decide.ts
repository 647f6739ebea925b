/**
 * A person approves or rejects the open level. One transaction holds the decision, its evidence, the next level's tasks or the end with all that it brings,
 * and the proof that the person is still as they were read: it happens once, or not at all, and no engine is needed for it.
 */
import { decide as decideLevel } from '@gatehouse/core/approval/decide.ts'
import type { ApprovalRequest, Verdict } from '@gatehouse/core/approval/request.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import { type ApprovalContext, loadActingPerson, loadRecord } from './approval_context.ts'
import { approverOf, withoutLapsedClaim } from './eligibility.ts'
import { endDeclined, endFulfilled, type Together } from './finish.ts'
import { taskOpenedEvent } from './task_event.ts'
import { untilFresh } from './try_again.ts'

export const LONGEST_COMMENT = 2000

export type Asked = { readonly requestId: RequestId; readonly level: number; readonly verdict: Verdict; readonly comment?: string }

/** Throws `forbidden`, `already_decided`, `conflict` (claimed by another, or not open yet) or `not_found`. Answers with the request as it is now. */
export async function decide(ctx: ApprovalContext, asked: Asked): Promise<ApprovalRequest> {
  const comment = checkedComment(asked.comment)
  return untilFresh(async () => {
    const user = await loadActingPerson(ctx)
    const record = await loadRecord(ctx, asked.requestId)
    const person = await approverOf(ctx, record.request, asked.level, user)
    const request = await withoutLapsedClaim(ctx, record.request, user.id)
    const decided = decideLevel(request, record.decisions, { ...asked, comment, person }, ctx.clock.now())

    const { operation } = request
    const event = ctx.stores.shelf.event('request.decided', {
      actor: ctx.actor,
      requestId: request.id,
      data: { operation, level: asked.level, verdict: asked.verdict },
    })
    const together: Together = { decision: { made: decided.decision, event }, checks: [ctx.stores.users.unchangedWrite(user)] }
    if (decided.kind === 'fulfil') return endFulfilled(ctx, record, together)
    if (decided.kind === 'declined') return endDeclined(ctx, record, decided.request, together)
    const move = { record, after: decided.request, event: taskOpenedEvent(ctx, decided.request), ...together }
    return (await ctx.stores.requests.move(move)) === 'moved' ? decided.request : undefined
  })
}

function checkedComment(comment: string | undefined): string {
  const text = (comment ?? '').trim()
  if (text.length > LONGEST_COMMENT) {
    throw new IamError('validation_failed', 'the comment is too long', { fields: { comment: `at most ${LONGEST_COMMENT} characters` } })
  }
  return text
}
