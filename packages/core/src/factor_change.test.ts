import { expect, test } from 'vitest'
import { SURE_SECONDS, sureUntil } from './factor_change.ts'

const AT = 1_000_000
const totp = (at: number) => ({
  authTime: AT,
  factors: [
    { kind: 'password', at: AT },
    { kind: 'totp', at },
  ] as const,
})

test('without a second factor a fresh sign-in is enough', () => {
  expect(sureUntil({ authTime: AT }, {})).toBe(AT + SURE_SECONDS)
})

test('with one it takes that, as fresh; a remembered browser has not proven it', () => {
  expect(sureUntil({ authTime: AT }, { factors: ['totp'] })).toBeLessThan(AT)
  expect(sureUntil(totp(AT - 100), { factors: ['totp'] })).toBe(AT - 100 + SURE_SECONDS)
})

test('a code that was given later makes the sign-in no fresher', () => {
  expect(sureUntil(totp(AT + 100), { factors: ['totp'] })).toBe(AT + SURE_SECONDS)
})
