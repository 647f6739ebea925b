/**
 * Approval requests. Evidence (what was asked, who decided what and when) and the applicant's data are separate items of one partition: evidence is kept,
 * the password hash goes with the final decision and the rest of the data some time later. Every change is one conditional transaction.
 */

import type { Operation } from '@gatehouse/core/approval/operation.ts'
import {
  type ApprovalRequest,
  type Decision,
  isWaiting,
  type Outcome,
  type Verdict,
  type WaitingRequest,
} from '@gatehouse/core/approval/request.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { RequestId, UserId } from '@gatehouse/core/ids.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import type { Email, Name, PhoneNumber } from '@gatehouse/core/user.ts'
import type { Item, Write } from '@gatehouse/ports/table.ts'
import { inboxStore, timeKey } from './approval_inbox.ts'
import { ABSENT, fromItem, PRESENT, plain, toItem } from './item.ts'
import { asConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'
import type { PolicyAcceptance } from './user.ts'

/** The person as they registered: becomes a user at the final approval. */
export type Applicant = {
  readonly userName: string
  readonly name: Name
  readonly emails: readonly Email[]
  readonly phoneNumbers: readonly PhoneNumber[]
  readonly locale?: string
  readonly acceptances: readonly PolicyAcceptance[]
  /** Of somebody whose sign-in is to be let through. */
  readonly signIn?: SignInSeen
}

/** What was seen of a sign-in: what it is approved for, and no other. `seen`: which signals spoke up. */
export type SignInSeen = {
  readonly risk: string
  readonly seen: string
  readonly device: string
  readonly ip: string
  readonly country?: string
  readonly place?: string
}

/** `passwordHash` is gone after the final decision. */
export type RequestData = { readonly applicant: Applicant; readonly passwordHash?: string }
export type RequestRecord = {
  readonly request: ApprovalRequest
  readonly decisions: readonly Decision[]
  readonly data: RequestData | undefined
}

export type RequestSummary = {
  readonly id: RequestId
  readonly operation: Operation
  readonly userName: string
  readonly openedAt: number
  readonly state: 'waiting' | Outcome
  readonly unassigned: boolean
}
export type DecidedSummary = {
  readonly requestId: RequestId
  readonly operation: Operation
  readonly userName: string
  readonly level: number
  readonly verdict: Verdict
  readonly at: number
}

/** One step of a request from the state that was read to the next. */
export type Move = {
  /** As it was read. */
  readonly record: RequestRecord
  readonly after: ApprovalRequest
  readonly event?: HouseEvent
  /** With the event that tells of it. */
  readonly decision?: { readonly made: Decision; readonly event: HouseEvent }
  /** What else must hold at the same moment: the deciding person is unchanged. */
  readonly checks?: readonly Write[]
  /** What is done together with it: the fulfilment, or the name that becomes free. */
  readonly work?: readonly Write[]
}
/** `stale`: the request or the person has changed since it was read. `impossible`: the work's own conditions failed; nothing was written. */
export type Moved = 'moved' | 'stale' | 'impossible'

/** How long the applicant's data outlives the final decision: the answer is mailed with it, and approvers can look back. */
export const DATA_KEPT_SECONDS = 30 * 86_400
const TOKEN_KEPT_SECONDS = 7 * 86_400
/** First word of the place in the index of all requests, so that each kind is one range. */
export type RequestShelf = 'open' | 'unassigned' | 'finished'

export function approvalRequestStore(shelf: Shelf) {
  const { keys, table } = shelf
  const inboxes = inboxStore(shelf)
  const key = (id: RequestId) => ({ pk: keys.request(id), sk: 'REQ' })
  const dataKey = (id: RequestId) => ({ pk: keys.request(id), sk: 'DATA' })
  const tokenKey = (id: RequestId, level: number) => ({ pk: keys.request(id), sk: `TOK#${level}` })

  const requestItem = (request: ApprovalRequest, event?: HouseEvent): Item => {
    const unassigned = isWaiting(request) && request.state.unassigned
    const stands: RequestShelf = unassigned ? 'unassigned' : isWaiting(request) ? 'open' : 'finished'
    const label = {
      id: request.id,
      operation: request.operation,
      userName: request.requestedBy.userName,
      openedAt: request.openedAt,
      state: request.state.kind,
      unassigned,
    }
    return toItem(key(request.id), request, {
      ipk: keys.requests,
      isk: `${stands}#${timeKey(request.openedAt)}#${request.id}`,
      label,
      ...(event ? { event } : {}),
    })
  }

  const decisionItem = (request: ApprovalRequest, decision: Decision, event: HouseEvent): Item =>
    toItem({ pk: keys.request(request.id), sk: `D#${String(decision.level).padStart(2, '0')}#${decision.person}` }, decision, {
      ipk: keys.requestsOf(decision.person),
      isk: `${timeKey(decision.at)}#${request.id}`,
      label: {
        requestId: request.id,
        operation: request.operation,
        userName: request.requestedBy.userName,
        level: decision.level,
        verdict: decision.verdict,
        at: decision.at,
      },
      event,
    })

  const store = {
    /** Evidence, decisions and what is left of the applicant's data, in one query. */
    async find(id: RequestId, options: { consistent?: boolean } = {}): Promise<RequestRecord | undefined> {
      const page = await table.query({ pk: keys.request(id), limit: 100, ...options })
      const request = page.items.find((item) => item.sk === 'REQ')
      if (!request) return undefined
      const data = page.items.find((item) => item.sk === 'DATA' && !isExpired(item))
      return {
        request: fromItem<ApprovalRequest>(request),
        decisions: page.items.filter((item) => item.sk.startsWith('D#')).map((item) => fromItem<Decision>(item)),
        data: data && fromItem<RequestData>(data),
      }
    },

    /** The request, its data and its first task; `work` is what must come into being with it. Throws `conflict` with `description` when that is impossible. */
    async open(
      request: WaitingRequest,
      data: RequestData,
      events: { opened: HouseEvent; taskOpened: HouseEvent },
      work: readonly Write[],
      description: string,
    ): Promise<void> {
      const writes: Write[] = [
        ...work,
        { put: requestItem(request, events.opened), condition: ABSENT },
        { put: toItem(dataKey(request.id), data) },
        ...inboxes.moveWrites(undefined, request, events.taskOpened),
      ]
      await asConflict(table.transact(writes), description)
    },

    /** One transaction on the condition that the request still is as it was read: of two at once, one is `stale`. */
    async move({ record, after, event, decision, checks = [], work = [] }: Move): Promise<Moved> {
      const before = record.request
      const writes: Write[] = [
        { put: requestItem(after, event), condition: [{ attribute: 'revision', is: 'equal', value: before.revision }] },
        ...checks,
      ]
      if (decision) writes.push({ put: decisionItem(after, decision.made, decision.event), condition: ABSENT })
      writes.push(...inboxes.moveWrites(before, after))
      if (record.data && !isWaiting(after)) writes.push(forgetWrite(after.id))
      const workFrom = writes.length
      try {
        await table.transact([...writes, ...work])
        return 'moved'
      } catch (error) {
        if (!isConflict(error)) throw error
        return error.index !== undefined && error.index >= workFrom ? 'impossible' : 'stale'
      }
    },

    /** Lists the request under "my requests" of a person. */
    ownWrite(userId: UserId, request: ApprovalRequest): Write {
      return {
        put: toItem({ pk: keys.requestsOf(userId), sk: `own#${timeKey(request.openedAt)}#${request.id}` }, { requestId: request.id }),
      }
    },

    /** The applicant proved an e-mail address: false when the request waits no more, or the address is not theirs. */
    async markEmailVerified(id: RequestId, isAddress: (address: string) => boolean): Promise<boolean> {
      const { item } = await table.get(dataKey(id), { consistent: true })
      const data = item && fromItem<RequestData>(item)
      if (data?.passwordHash === undefined || !data.applicant.emails.some((email) => isAddress(email.value))) return false
      const emails = data.applicant.emails.map((email) => (isAddress(email.value) ? { ...email, verified: true } : email))
      try {
        // The hash goes with the final decision. One that was being made meanwhile may miss the mark: the person can ask for another mail.
        await table.update(dataKey(id), { set: { applicant: plain({ ...data.applicant, emails }) } }, [
          { attribute: 'passwordHash', is: 'present' },
        ])
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },

    /** Erases what is left of the applicant's data before its time. The evidence stays. */
    async eraseData(id: RequestId): Promise<void> {
      await table.remove(dataKey(id))
    },

    /** The waiting task's token: replaced by the execution that waits now, never shown to anybody. */
    async saveToken(id: RequestId, level: number, token: string, waitSeconds: number): Promise<void> {
      await table.put(toItem(tokenKey(id, level), { token }, { ttl: shelf.now() + waitSeconds + TOKEN_KEPT_SECONDS }))
    },
    async findToken(id: RequestId, level: number): Promise<string | undefined> {
      const { item } = await table.get(tokenKey(id, level), { consistent: true })
      return item && fromItem<{ token: string }>(item).token
    },

    /** All requests, or those of one kind, newest first. For administrators, and for the sweep. */
    async list(
      limit: number,
      options: { stands?: RequestShelf; cursor?: string } = {},
    ): Promise<{ requests: RequestSummary[]; cursor: string | undefined }> {
      const { stands, cursor } = options
      const range = stands === undefined ? {} : { prefix: `${stands}#` }
      const page = await table.query({
        pk: keys.requests,
        index: true,
        direction: 'descending',
        limit,
        ...range,
        ...(cursor === undefined ? {} : { cursor }),
      })
      return { requests: page.items.map((item) => item.label as unknown as RequestSummary), cursor: page.cursor }
    },

    /** What a person has decided, newest first: evidence, whatever roles they hold now. */
    async listDecidedBy(
      userId: UserId,
      limit: number,
      cursor?: string,
    ): Promise<{ decided: DecidedSummary[]; cursor: string | undefined }> {
      const page = await table.query({
        pk: keys.requestsOf(userId),
        index: true,
        direction: 'descending',
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      })
      return { decided: page.items.map((item) => item.label as unknown as DecidedSummary), cursor: page.cursor }
    },

    /** What a person has asked for, newest first. */
    async listOwn(userId: UserId, limit: number, cursor?: string): Promise<{ requestIds: RequestId[]; cursor: string | undefined }> {
      const page = await table.query({
        pk: keys.requestsOf(userId),
        prefix: 'own#',
        direction: 'descending',
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      })
      return { requestIds: page.items.map((item) => fromItem<{ requestId: RequestId }>(item).requestId), cursor: page.cursor }
    },
  }
  return store

  function isExpired(item: Item): boolean {
    return typeof item.ttl === 'number' && item.ttl <= shelf.now()
  }

  function forgetWrite(id: RequestId): Write {
    const change = { remove: ['passwordHash'], set: { ttl: shelf.now() + DATA_KEPT_SECONDS } }
    return { update: dataKey(id), change, condition: PRESENT }
  }
}
