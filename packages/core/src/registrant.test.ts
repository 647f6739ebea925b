import { expect, test } from 'vitest'
import { checkTyped, personOf } from './registrant.ts'

const TYPED = { given_name: ' Pat ', family_name: 'Doe', email: ' pat@example.org ', phone_number: '' }

test('names and an address are required, a phone number is not', () => {
  expect(checkTyped(TYPED)).toEqual({})
  expect(checkTyped({ given_name: ' ', family_name: '', email: '', phone_number: '' })).toEqual({
    given_name: 'required',
    family_name: 'required',
    email: 'required',
  })
})

test.each([
  'pat',
  'pat@',
  '@example.org',
  'pat@localhost',
  'pat @example.org',
  'pat@example.org\r\nbcc: x@example.org',
  `${'p'.repeat(250)}@example.org`,
])('%j is no address', (email) => {
  expect(checkTyped({ ...TYPED, email })).toHaveProperty('email')
})

test.each(['12', '0301234567', '+0301234567', '+49 30 abc'])('%j is no phone number', (phone_number) => {
  expect(checkTyped({ ...TYPED, phone_number })).toHaveProperty('phone_number')
})

test('a person is kept trimmed, with the number in E.164, and nothing proved yet', () => {
  expect(personOf({ ...TYPED, phone_number: '+49 (30) 123-4567' })).toEqual({
    name: { givenName: 'Pat', familyName: 'Doe' },
    emails: [{ value: 'pat@example.org', primary: true, verified: false }],
    phoneNumbers: [{ value: '+49301234567', primary: true, verified: false }],
  })
})
