/** What a person may do with an open level: decide, claim, release. Pure: the request as it was read goes in, the request as it will be comes out. */
import { IamError } from '../error.ts'
import type { UserId } from '../ids.ts'
import { type ApprovalRequest, type Decision, isWaiting, levelOf, moved, openLevel, type Verdict, type WaitingRequest } from './request.ts'

/** The person who acts, as they are at this moment. */
export type Approver = {
  readonly id: UserId
  /** As others read it beside the decision, for good. */
  readonly name: string
  /** Active, and an approver of the level by role or by name. */
  readonly eligible: boolean
  /** The request is their own. */
  readonly isApplicant: boolean
}

export type Decided = { readonly decision: Decision } & (
  | { readonly kind: 'next_level' | 'declined'; readonly request: ApprovalRequest }
  /** The last level approved: what was asked is done in the same write, and the request becomes `fulfilled` or, where that is impossible, `failed`. */
  | { readonly kind: 'fulfil' }
)

export function decide(
  request: ApprovalRequest,
  decisions: readonly Decision[],
  asked: { readonly level: number; readonly person: Approver; readonly verdict: Verdict; readonly comment?: string },
  now: number,
): Decided {
  const { level, person, verdict, comment } = asked
  const waiting = checkMayDecide(request, decisions, level, person)
  const decision: Decision = { level, person: person.id, personName: person.name, verdict, ...(comment ? { comment } : {}), at: now }
  if (verdict === 'reject') return { kind: 'declined', decision, request: moved(waiting, { kind: 'rejected', at: now, level }) }
  if (level + 1 < waiting.levels.length) return { kind: 'next_level', decision, request: moved(waiting, openLevel(level + 1, now)) }
  return { kind: 'fulfil', decision }
}

/** `resultId`: what came of it, for a self-registration the new user's id. */
export function fulfilled(request: ApprovalRequest, resultId: string, now: number): ApprovalRequest {
  return moved(request, { kind: 'approved', at: now, resultId })
}

export function failed(request: ApprovalRequest, reason: string, now: number): ApprovalRequest {
  return moved(request, { kind: 'failed', at: now, reason })
}

/** By an administrator, at any open level. */
export function abort(request: ApprovalRequest, now: number): ApprovalRequest {
  if (!isWaiting(request)) throw new IamError('already_decided', 'this request is finished')
  return moved(request, { kind: 'aborted', at: now, level: request.state.level })
}

/** Takes the task for oneself: the other members see it as taken and cannot decide it. Claiming what one has claimed changes nothing. */
export function claim(request: ApprovalRequest, decisions: readonly Decision[], level: number, person: Approver): ApprovalRequest {
  const waiting = checkMayDecide(request, decisions, level, person)
  return waiting.state.claimedBy === person.id ? request : moved(waiting, { ...waiting.state, claimedBy: person.id })
}

/** Gives the task back to the other members of this level; no other level is touched. */
export function release(request: ApprovalRequest, level: number, personId: UserId): ApprovalRequest {
  levelOf(request, level)
  const waiting = checkOpen(request, level)
  if (waiting.state.claimedBy !== personId) throw new IamError('conflict', 'you have not claimed this task')
  const { claimedBy, ...state } = waiting.state
  return moved(waiting, state)
}

/** Eligibility is asked first, so that a stranger learns nothing of the request's state. */
export function checkMayDecide(request: ApprovalRequest, decisions: readonly Decision[], level: number, person: Approver): WaitingRequest {
  levelOf(request, level)
  if (!person.eligible) throw new IamError('forbidden', 'you are not an approver of this level')
  if (person.isApplicant) throw new IamError('forbidden', 'you cannot decide your own request')
  if (decisions.some((decision) => decision.person === person.id && decision.level !== level)) {
    throw new IamError('forbidden', 'you have decided another level of this request')
  }
  const waiting = checkOpen(request, level)
  if (waiting.state.claimedBy !== undefined && waiting.state.claimedBy !== person.id)
    throw new IamError('conflict', 'somebody else has claimed this task')
  return waiting
}

function checkOpen(request: ApprovalRequest, level: number): WaitingRequest {
  if (!isWaiting(request)) throw new IamError('already_decided', 'this request is finished')
  if (level < request.state.level) throw new IamError('already_decided', 'this level has been decided')
  if (level > request.state.level) throw new IamError('conflict', 'this level is not open yet')
  return request
}
