import { expect, test } from 'vitest'
import type { IamError } from '../error.ts'
import { type Approver, abort, claim, decide, release } from './decide.ts'
import { due, overdue, RECHECK_SECONDS, waitSeconds } from './due.ts'
import { checkLevels, type Level } from './level.ts'
import { checkCondition, holdsFor } from './operation.ts'
import { type ApprovalRequest, type Decision, isWaiting, openRequest, type WaitingRequest } from './request.ts'

const MINUTE = 60_000
const alex: Approver = { id: 'usr_alexalex', name: 'Alex Miller', eligible: true, isApplicant: false }
const cameron: Approver = { id: 'usr_cameron1', name: 'Cameron Smith', eligible: true, isApplicant: false }
const junior: Level = { name: 'Junior manager', approvers: { roles: ['rol_junior01'], users: [] } }
const senior: Level = { name: 'Senior manager', approvers: { roles: ['rol_senior01'], users: [] } }

function request(levels: readonly Level[] = [junior, senior]): WaitingRequest {
  return openRequest(
    {
      id: 'req_12345678',
      operation: 'self_registration',
      requestedBy: { userName: 'kim' },
      workflow: { id: 'wfl_12345678', name: 'two levels', version: 3 },
      levels,
    },
    1000,
  )
}

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return (error as IamError).code
  }
  return 'none'
}

function atLevel2(): { request: ApprovalRequest; decisions: Decision[] } {
  const decided = decide(request(), [], { level: 0, person: alex, verdict: 'approve' }, 2000)
  if (decided.kind !== 'next_level') throw new Error(`expected the next level, got ${decided.kind}`)
  return { request: decided.request, decisions: [decided.decision] }
}

test('an approval opens the next level, the last one asks for fulfilment', () => {
  const second = atLevel2()
  const last = decide(second.request, second.decisions, { level: 1, person: cameron, verdict: 'approve', comment: 'welcome' }, 3000)

  expect(second.request).toMatchObject({ revision: 2, state: { kind: 'waiting', level: 1, openedAt: 2000 } })
  expect(last).toEqual({
    kind: 'fulfil',
    decision: { level: 1, person: cameron.id, personName: 'Cameron Smith', verdict: 'approve', comment: 'welcome', at: 3000 },
  })
})

test('a rejection at any level ends the request', () => {
  const second = atLevel2()

  expect(decide(request(), [], { level: 0, person: alex, verdict: 'reject' }, 5)).toMatchObject({
    kind: 'declined',
    request: { state: { kind: 'rejected', level: 0 } },
  })
  expect(decide(second.request, second.decisions, { level: 1, person: cameron, verdict: 'reject' }, 5)).toMatchObject({
    kind: 'declined',
    request: { state: { kind: 'rejected', level: 1 } },
  })
})

test.each<[string, string, () => unknown]>([
  [
    'a person who is no approver',
    'forbidden',
    () => decide(request(), [], { level: 0, person: { ...alex, eligible: false }, verdict: 'approve' }, 5),
  ],
  ['the applicant', 'forbidden', () => decide(request(), [], { level: 0, person: { ...alex, isApplicant: true }, verdict: 'approve' }, 5)],
  [
    'a person who decided another level',
    'forbidden',
    () => decide(atLevel2().request, atLevel2().decisions, { level: 1, person: alex, verdict: 'approve' }, 5),
  ],
  [
    'an approver of a level that was decided',
    'already_decided',
    () => decide(atLevel2().request, [], { level: 0, person: cameron, verdict: 'approve' }, 5),
  ],
  [
    'an approver of a level that is not open yet',
    'conflict',
    () => decide(request(), [], { level: 1, person: cameron, verdict: 'approve' }, 5),
  ],
  ['a level that does not exist', 'not_found', () => decide(request(), [], { level: 7, person: cameron, verdict: 'approve' }, 5)],
  ['anybody after the end', 'already_decided', () => decide(abort(request(), 5), [], { level: 0, person: alex, verdict: 'approve' }, 5)],
  [
    'anybody but the one who claimed',
    'conflict',
    () => decide(claim(request(), [], 0, cameron), [], { level: 0, person: alex, verdict: 'approve' }, 5),
  ],
  ['a release by anybody but the one who claimed', 'conflict', () => release(claim(request(), [], 0, cameron), 0, alex.id)],
  ['an end after the end', 'already_decided', () => abort(abort(request(), 5), 5)],
])('%s is refused as %s', (_, code, act) => {
  expect(refusal(act)).toBe(code)
})

test('a claim holds for its level only, and is given back by its holder', () => {
  const claimed = claim(request(), [], 0, alex)
  const approved = decide(claimed, [], { level: 0, person: alex, verdict: 'approve' }, 5)
  const released = release(claimed, 0, alex.id)

  expect(claimed.state).toMatchObject({ claimedBy: alex.id })
  expect(claim(claimed, [], 0, alex)).toBe(claimed)
  expect(approved.kind === 'next_level' && approved.request.state).not.toHaveProperty('claimedBy')
  expect(released.state).not.toHaveProperty('claimedBy')
  expect(released.revision).toBe(3)
})

test('releasing at level 2 leaves level 1 decided', () => {
  const second = atLevel2()
  const released = release(claim(second.request, second.decisions, 1, cameron), 1, cameron.id)

  expect(
    refusal(() => decide(released, second.decisions, { level: 0, person: { ...alex, id: 'usr_another1' }, verdict: 'approve' }, 5)),
  ).toBe('already_decided')
})

test('a step that the record has passed is not due', () => {
  const second = atLevel2().request

  expect(due(request(), { task: 'wait_for_decision', level: 0 })).toBe(true)
  expect(due(second, { task: 'wait_for_decision', level: 0 })).toBe(false)
  expect(due(second, { task: 'overdue', level: 1 })).toBe(true)
  expect(due(second, { task: 'fulfil' })).toBe(false)
  expect(due(abort(second, 5), { task: 'decline' })).toBe(true)
})

test('a level without a timeout is looked at daily and never ends by itself', () => {
  expect(waitSeconds(request(), 1000)).toBe(RECHECK_SECONDS)
  expect(overdue(request(), 1000 + 400 * 86_400_000)).toEqual({ kind: 'recheck' })
})

test('a reminder is sent once for each timeout, and once for all that were missed', () => {
  const waiting = request([{ ...junior, timeout: { seconds: 600, action: 'remind' } }])

  const early = overdue(waiting, 1000 + 9 * MINUTE)
  const first = overdue(waiting, 1000 + 10 * MINUTE)
  const late = overdue(waiting, 1000 + 65 * MINUTE)

  expect(early).toEqual({ kind: 'recheck' })
  expect(first).toMatchObject({ kind: 'remind', request: { state: { reminders: 1 } } })
  expect(late).toMatchObject({ kind: 'remind', request: { state: { reminders: 6 } } })
  if (first.kind !== 'remind' || !isWaiting(first.request)) throw new Error('expected a reminder of a waiting request')
  expect(overdue(first.request, 1000 + 11 * MINUTE)).toEqual({ kind: 'recheck' })
  expect(waitSeconds(first.request, 1000 + 11 * MINUTE)).toBe(540)
})

test('an escalation adds approvers once and gives the task back, then only reminds', () => {
  const waiting = request([{ ...junior, timeout: { seconds: 600, action: 'escalate', to: senior.approvers } }])
  const claimed = claim(waiting, [], 0, alex)
  if (!isWaiting(claimed)) throw new Error('expected a waiting request')

  const escalated = overdue(claimed, 1000 + 10 * MINUTE)
  if (escalated.kind !== 'escalate' || !isWaiting(escalated.request)) throw new Error(`expected an escalation, got ${escalated.kind}`)

  expect(escalated.request.levels[0]?.approvers.roles).toEqual(['rol_junior01', 'rol_senior01'])
  expect(escalated.request.state).not.toHaveProperty('claimedBy')
  expect(overdue(escalated.request, 1000 + 20 * MINUTE).kind).toBe('remind')
})

test('a level that expires ends the request', () => {
  const waiting = request([{ ...junior, timeout: { seconds: 600, action: 'expire' } }])

  expect(overdue(waiting, 1000 + 10 * MINUTE)).toMatchObject({ kind: 'expire', request: { state: { kind: 'expired', level: 0 } } })
})

test('levels without approvers are refused by their place', () => {
  const refused = () => checkLevels([junior, { name: '', approvers: { roles: [], users: [] }, timeout: { seconds: 1, action: 'remind' } }])

  expect(refused).toThrow(
    expect.objectContaining({
      fields: expect.objectContaining({ 'levels/1/approvers': expect.any(String), 'levels/1/name': expect.any(String) }),
    }),
  )
  expect(refusal(() => checkLevels([]))).toBe('validation_failed')
})

test('a condition holds when all of its tests do, without case', () => {
  const condition = [
    { field: 'email_domain', operator: 'equals', value: 'Example.com' },
    { field: 'user_name', operator: 'starts_with', value: 'k' },
  ] as const

  expect(holdsFor(condition, { email_domain: 'example.COM', user_name: 'Kim' })).toBe(true)
  expect(holdsFor(condition, { email_domain: 'example.com', user_name: 'jo' })).toBe(false)
  expect(holdsFor([{ field: 'email_domain', operator: 'not_equals', value: 'example.com' }], {})).toBe(true)
  expect(holdsFor([], {})).toBe(true)
})

test('a condition on an unknown fact is refused', () => {
  expect(refusal(() => checkCondition('self_registration', [{ field: 'shoe_size', operator: 'equals', value: '43' }]))).toBe(
    'validation_failed',
  )
})
