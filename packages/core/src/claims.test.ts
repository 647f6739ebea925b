import { expect, test } from 'vitest'
import { CLAIMS, claimsOf, SAYABLE } from './claims.ts'
import type { User } from './user.ts'

const jo: User = {
  id: 'usr_jo',
  userName: 'jo',
  active: true,
  name: { givenName: 'Jo', familyName: 'Fischer' },
  emails: [
    { value: 'old@example.org', verified: true },
    { value: 'jo@example.org', primary: true, verified: false },
  ],
  phoneNumbers: [],
  roles: [],
  groups: [],
  securityEpoch: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
  version: 1,
}

test('a claim is what the record says now, of the primary address', () => {
  expect(claimsOf({ user: jo, roles: [] }, ['name', 'email', 'email_verified', 'updated_at', 'preferred_username'])).toEqual({
    name: 'Jo Fischer',
    email: 'jo@example.org',
    email_verified: false,
    updated_at: 1_767_312_000,
    preferred_username: 'jo',
  })
})

test('what is not there is left out, and what was not asked for is never there', () => {
  expect(
    claimsOf({ user: jo, roles: ['manager'] }, ['nickname', 'phone_number', 'phone_number_verified', 'constructor', '__proto__']),
  ).toEqual({})
  expect(claimsOf({ user: jo, roles: ['manager'] }, ['roles'])).toEqual({ roles: ['manager'] })
})

test('what a script says stands in place of the record, of what people call themselves and of nothing else', () => {
  const said = Object.fromEntries([...Object.keys(CLAIMS), 'sub', '__proto__'].map((name) => [name, 'said']))

  const claims = claimsOf({ user: jo, roles: ['manager'], said }, Object.keys(CLAIMS))

  for (const [name, value] of Object.entries(claims)) expect(value === 'said', name).toBe(SAYABLE.has(name))
  expect(claimsOf({ user: jo, roles: [], said: { nickname: 'said' } }, ['name'])).not.toHaveProperty('nickname')
})
