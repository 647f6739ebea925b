/** What the clock of an approval asks: is a step still due, how long to wait, and what to do when the wait is over. */
import { joinApprovers } from './level.ts'
import { type ApprovalRequest, isWaiting, levelOf, moved, type WaitingRequest } from './request.ts'

/** A waiting task looks again at least this often: whether anybody can still decide. */
export const RECHECK_SECONDS = 86_400

/** A step that an execution was told to do, perhaps long ago or twice. */
export type Step = { readonly task: 'wait_for_decision' | 'overdue'; readonly level: number } | { readonly task: 'fulfil' | 'decline' }

/** Tasks come late, twice, or from an execution of a former definition: a step that the record has passed is not due, and doing nothing is right. */
export function due(request: ApprovalRequest, step: Step): boolean {
  switch (step.task) {
    case 'wait_for_decision':
    case 'overdue':
      return isWaiting(request) && request.state.level === step.level
    case 'fulfil':
      return request.state.kind === 'approved'
    case 'decline':
      return request.state.kind !== 'approved' && !isWaiting(request)
  }
}

/** Seconds until the open level wants attention: its timeout, or the daily look. At least 1. */
export function waitSeconds(request: WaitingRequest, now: number): number {
  const deadline = deadlineOf(request)
  const remaining = deadline === undefined ? RECHECK_SECONDS : Math.ceil((deadline - now) / 1000)
  return Math.min(RECHECK_SECONDS, Math.max(1, remaining))
}

export type Overdue =
  /** Only time to see whether anybody can decide. */
  { readonly kind: 'recheck' } | { readonly kind: 'remind' | 'escalate' | 'expire'; readonly request: ApprovalRequest }

/** What is to be done now. Asked again in the same state at the same time it answers the same, and after its own write it answers `recheck`. */
export function overdue(request: WaitingRequest, now: number): Overdue {
  const deadline = deadlineOf(request)
  const level = levelOf(request, request.state.level)
  if (deadline === undefined || level.timeout === undefined || now < deadline) return { kind: 'recheck' }
  const { state } = request
  if (level.timeout.action === 'expire')
    return { kind: 'expire', request: moved(request, { kind: 'expired', at: now, level: state.level }) }
  // What was missed while the house was closed is made up for by one reminder, not by many.
  const reminders = Math.floor((now - state.openedAt) / (level.timeout.seconds * 1000))
  if (level.timeout.action === 'escalate' && !state.escalated) {
    const wider = { ...level, approvers: joinApprovers(level.approvers, level.timeout.to) }
    const levels = request.levels.map((one, index) => (index === state.level ? wider : one))
    const { claimedBy, ...unclaimed } = state
    return { kind: 'escalate', request: moved({ ...request, levels }, { ...unclaimed, escalated: true, reminders }) }
  }
  return { kind: 'remind', request: moved(request, { ...state, reminders }) }
}

function deadlineOf({ state, levels }: WaitingRequest): number | undefined {
  const timeout = levels[state.level]?.timeout
  return timeout && state.openedAt + timeout.seconds * 1000 * (state.reminders + 1)
}
