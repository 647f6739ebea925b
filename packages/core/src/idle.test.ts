import { expect, test } from 'vitest'
import { decideIdle, type IdlePolicy } from './idle.ts'

const DAY = 86_400
const policy: IdlePolicy = { warnAfterDays: 60, suspendAfterDays: 90, comeBack: 'administrator' }
const at = (day: number) => day * DAY

test('whoever was seen is looked at again when they would be warned, or in thirty days', () => {
  expect(decideIdle(policy, { lastSeenAt: 0, dueAt: at(30) }, at(29), at(30))).toEqual({
    kind: 'wait',
    next: { lastSeenAt: at(29), dueAt: at(60) },
  })
  expect(decideIdle(policy, { lastSeenAt: at(0), dueAt: at(40) }, 0, at(40))).toEqual({
    kind: 'wait',
    next: { lastSeenAt: 0, dueAt: at(60) },
  })
})

test('who was not seen is warned once, and suspended thirty days later', () => {
  const warned = decideIdle(policy, { lastSeenAt: 0, dueAt: at(60) }, 0, at(60))

  expect(warned).toEqual({ kind: 'warn', next: { lastSeenAt: 0, warnedAt: at(60), dueAt: at(90) }, suspendAt: at(90) })
  expect(decideIdle(policy, { lastSeenAt: 0, warnedAt: at(60), dueAt: at(90) }, 0, at(90))).toEqual({ kind: 'suspend' })
})

test('a sign-in after the warning takes it back', () => {
  expect(decideIdle(policy, { lastSeenAt: 0, warnedAt: at(60), dueAt: at(90) }, at(89), at(90))).toEqual({
    kind: 'wait',
    next: { lastSeenAt: at(89), dueAt: at(120) },
  })
})

test('a warning that came late leaves as long as one that did not', () => {
  const late = decideIdle({ ...policy, warnAfterDays: 30, suspendAfterDays: 40 }, { lastSeenAt: 0, dueAt: at(100) }, 0, at(101))

  expect(late).toMatchObject({ kind: 'warn', suspendAt: at(111) })
})

test('where nobody looked for days, it begins anew', () => {
  expect(decideIdle(policy, { lastSeenAt: 0, warnedAt: at(60), dueAt: at(90) }, 0, at(200))).toEqual({
    kind: 'wait',
    next: { lastSeenAt: at(200), dueAt: at(230) },
  })
})
