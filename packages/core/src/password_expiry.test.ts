import { expect, test } from 'vitest'
import { passwordExpiresAt } from './password_expiry.ts'

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
