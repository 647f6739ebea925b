import { expect, test } from 'vitest'
import { differences, merged } from './differences.ts'

test('what is the same differs nowhere', () => {
  const record = { name: 'Pickup', levels: [{ name: 'One', approvers: { roles: ['a'] } }] }

  expect(differences(record, structuredClone(record), 'whole')).toEqual([])
})

test('a difference is told by its path, however deep', () => {
  const stored = { levels: [{ name: 'One', approvers: { roles: ['a', 'b'] } }] }
  const wanted = { levels: [{ name: 'One', approvers: { roles: ['a', 'c'] } }] }

  expect(differences(stored, wanted, 'whole')).toEqual(['levels.0.approvers.roles.1'])
})

test('a list of another length differs as one', () => {
  expect(differences({ redirect_uris: ['a'] }, { redirect_uris: ['a', 'b'] }, 'named')).toEqual(['redirect_uris'])
})

test('what is stored and not named counts only where the whole is compared', () => {
  const [stored, wanted] = [{ a: 1, inner: { b: 2, c: 3 } }, { inner: { b: 2 } }]

  expect(differences(stored, wanted, 'named')).toEqual([])
  expect(differences(stored, wanted, 'whole').sort()).toEqual(['a', 'inner.c'])
})

test('what is left undefined was not asked for', () => {
  expect(differences({ a: undefined }, { a: undefined }, 'whole')).toEqual([])
  expect(differences({ a: 1 }, { a: undefined }, 'named')).toEqual([])
  expect(differences({ a: 1 }, { a: undefined }, 'whole')).toEqual(['a'])
})

test('merging replaces the named parts of what is stored, and lists as one', () => {
  const stored = { givenName: 'Jo', familyName: 'Fischer', inner: { list: [1, 2], kept: true } }

  expect(merged(stored, { givenName: 'Joan', inner: { list: [3] } })).toEqual({
    givenName: 'Joan',
    familyName: 'Fischer',
    inner: { list: [3], kept: true },
  })
})
