import { expect, test } from 'vitest'
import { type AddressChange, dueEnds, withAddress } from './address_change.ts'
import type { User } from './user.ts'

const jo: User = {
  id: 'usr_jojojojo',
  userName: 'jo',
  active: true,
  name: {},
  emails: [
    { value: 'jo@example.org', primary: true, verified: true },
    { value: 'jo@home.example', verified: false, type: 'home' },
  ],
  phoneNumbers: [{ value: '+15550100199', primary: true, verified: true }],
  roles: [],
  groups: [],
  securityEpoch: 3,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  version: 7,
}
const change: AddressChange = {
  id: 'chg_12345678',
  channel: 'email',
  address: 'jo@new.example',
  ends: ['new', 'old'],
  status: 'pending',
  startedAt: 0,
  expiresAt: 1,
  undoUntil: 2,
}

test('a proven address takes the place of the primary one, and nothing else changes', () => {
  expect(withAddress(jo, 'email', 'jo@new.example')).toEqual({
    ...jo,
    emails: [
      { value: 'jo@new.example', primary: true, verified: true },
      { value: 'jo@home.example', verified: false, type: 'home' },
    ],
  })
  expect(withAddress(jo, 'phone_number', undefined)).toEqual({ ...jo, phoneNumbers: [] })
})

test('an address that was there before becomes the primary one, once', () => {
  expect(withAddress(jo, 'email', 'jo@home.example').emails).toEqual([
    { value: 'jo@home.example', verified: true, primary: true, type: 'home' },
  ])
  expect(withAddress(jo, 'email', 'jo@example.org').emails).toHaveLength(2)
})

test('each end that the policy asks for is due until its code was right', () => {
  expect(dueEnds(change)).toEqual(['new', 'old'])
  expect(dueEnds({ ...change, newProvenAt: 1 })).toEqual(['old'])
  expect(dueEnds({ ...change, ends: ['new'], newProvenAt: 1 })).toEqual([])
})
