import { expect, test } from 'vitest'
import { checkScope, claimsOfScopes, parseScope } from './scope.ts'

test('a scope is a set of printable words', () => {
  expect(parseScope('openid  email openid')).toEqual(['openid', 'email'])
  expect(parseScope('')).toEqual([])
  for (const odd of ['open"id', 'open\\id', 'öpenid', 'open\tid']) expect(() => parseScope(odd)).toThrow('printable ASCII')
})

test('what is outside is named', () => {
  expect(() => checkScope(['openid', 'admin'], ['openid'])).toThrow('admin is not among the scopes')
  expect(() => checkScope([], [])).not.toThrow()
})

test('a scope stands for its claims, an unknown one for none', () => {
  expect(claimsOfScopes(['openid', 'email', 'bookings:read'])).toEqual(['email', 'email_verified'])
})
