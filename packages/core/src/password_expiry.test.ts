import { expect, test } from 'vitest'
import { decidePasswordWarning, PASSWORD_LOOK_SECONDS, passwordExpiresAt } from './password_expiry.ts'

const expiry = { maximumAgeDays: 90, warnDays: 14, exceptRoles: ['robot'] }

test('a password ends so many days after it was set', () => {
  expect(passwordExpiresAt(expiry, 1000, [])).toBe(1000 + 90 * 86_400)
  expect(passwordExpiresAt(expiry, 1000, ['manager'])).toBe(1000 + 90 * 86_400)
})

test.each([
  ['without a rule', undefined, 1000, []],
  ['of whoever has none', expiry, undefined, []],
  ['of an excepted role', expiry, 1000, ['manager', 'robot']],
] as const)('%s it does not', (_, rule, changedAt, roles) => {
  expect(passwordExpiresAt(rule, changedAt, roles)).toBeUndefined()
})

const DAY = 86_400
const NOW = 1_000 * DAY

test.each([
  ['which has no end', undefined, {}, 'wait', PASSWORD_LOOK_SECONDS],
  ['whose end is far', NOW + 90 * DAY, {}, 'wait', PASSWORD_LOOK_SECONDS],
  ['which is near in three days', NOW + 17 * DAY, {}, 'wait', 3 * DAY],
  ['which is near', NOW + 14 * DAY, {}, 'warn', PASSWORD_LOOK_SECONDS],
  ['which is near, and told of', NOW + 9 * DAY, { warnedOf: NOW + 9 * DAY }, 'wait', PASSWORD_LOOK_SECONDS],
  ['which is near, when another was told of', NOW + 9 * DAY, { warnedOf: NOW - 90 * DAY }, 'warn', PASSWORD_LOOK_SECONDS],
  ['which is over', NOW, {}, 'wait', PASSWORD_LOOK_SECONDS],
] as const)('a password %s', (_, expiresAt, told, kind, next) => {
  const decided = decidePasswordWarning(expiry, { dueAt: NOW, ...told }, expiresAt, NOW)

  expect([decided.kind, decided.next.dueAt - NOW]).toEqual([kind, next])
})

test('where nobody is to be told, nobody is, up to the last second', () => {
  expect(decidePasswordWarning({ warnDays: 0 }, { dueAt: NOW }, NOW + 1, NOW).kind).toBe('wait')
})
