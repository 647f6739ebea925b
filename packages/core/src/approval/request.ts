/** An approval request: what is asked, the levels that it started with, and where it stands. The record is the truth; a workflow engine only follows it. */
import { IamError } from '../error.ts'
import type { RequestId, UserId, WorkflowId } from '../ids.ts'
import type { Level } from './level.ts'
import type { Operation } from './operation.ts'

export type RequestState =
  | {
      readonly kind: 'waiting'
      /** Index into `levels`. */
      readonly level: number
      readonly openedAt: number
      readonly claimedBy?: UserId
      /** How often the approvers of this level were mailed again. */
      readonly reminders: number
      readonly escalated: boolean
      /** Nobody can decide: no active person is an approver of this level. */
      readonly unassigned: boolean
    }
  | { readonly kind: 'approved'; readonly at: number; readonly resultId: string }
  | { readonly kind: 'rejected'; readonly at: number; readonly level: number }
  /** Approved by every level, but what was asked could not be done. */
  | { readonly kind: 'failed'; readonly at: number; readonly reason: string }
  | { readonly kind: 'expired'; readonly at: number; readonly level: number }
  | { readonly kind: 'aborted'; readonly at: number; readonly level: number }

export type WaitingState = Extract<RequestState, { kind: 'waiting' }>
export type FinishedState = Exclude<RequestState, WaitingState>
export type Outcome = FinishedState['kind']

/** Evidence: kept. What is personal and can be erased stands in a record of its own. Times are milliseconds since the epoch. */
export type ApprovalRequest = {
  readonly id: RequestId
  readonly operation: Operation
  /** Who asks. A self-registration has a user name only. */
  readonly requestedBy: { readonly userId?: UserId; readonly userName: string }
  /** Who was signed in at the browser that it came from: to the rules, it is their own. */
  readonly openedBy?: UserId
  readonly openedAt: number
  readonly workflow: { readonly id: WorkflowId; readonly name: string; readonly version: number }
  readonly levels: readonly Level[]
  readonly state: RequestState
  /** Grows with each write. */
  readonly revision: number
}

export type WaitingRequest = ApprovalRequest & { readonly state: WaitingState }

export type Verdict = 'approve' | 'reject'

/** Evidence of one person's decision on one level; append-only. */
export type Decision = {
  readonly level: number
  readonly person: UserId
  /** As it was when the decision was made. */
  readonly personName: string
  readonly verdict: Verdict
  readonly comment?: string
  readonly at: number
}

export function openRequest(
  asked: Pick<ApprovalRequest, 'id' | 'operation' | 'requestedBy' | 'openedBy' | 'workflow' | 'levels'>,
  now: number,
): WaitingRequest {
  return { ...asked, openedAt: now, state: openLevel(0, now), revision: 1 }
}

export function openLevel(level: number, now: number): WaitingState {
  return { kind: 'waiting', level, openedAt: now, reminders: 0, escalated: false, unassigned: false }
}

export function isWaiting(request: ApprovalRequest): request is WaitingRequest {
  return request.state.kind === 'waiting'
}

/** The level's definition; `not_found` for an index that came from outside and does not exist. */
export function levelOf(request: ApprovalRequest, level: number): Level {
  const found = request.levels[level]
  if (found === undefined) throw new IamError('not_found', 'this request has no such level')
  return found
}

/** The request one revision later. */
export function moved(request: ApprovalRequest, state: RequestState): ApprovalRequest {
  return { ...request, state, revision: request.revision + 1 }
}
