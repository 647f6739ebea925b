import { expect, test } from 'vitest'
import { addressOf, findUserNameProblem, normaliseUserName } from './user_name.ts'

test.each([
  ['jo', { kind: 'here', userName: 'jo' }],
  ['  jo ', { kind: 'here', userName: 'jo' }],
  ['jo@acme', { kind: 'elsewhere', userName: 'jo', tenant: 'acme' }],
  ['jo@ACME', { kind: 'elsewhere', userName: 'jo', tenant: 'acme' }],
  ['jo@main', { kind: 'here', userName: 'jo' }],
  ['jo@acme.example', { kind: 'here', userName: 'jo@acme.example' }],
  ['jo@acme.example@other', { kind: 'elsewhere', userName: 'jo@acme.example', tenant: 'other' }],
  ['jo@acme.example@main', { kind: 'here', userName: 'jo@acme.example' }],
  ['@acme', { kind: 'here', userName: '@acme' }],
  ['jo@', { kind: 'here', userName: 'jo@' }],
])('%j is for %j', (typed, expected) => {
  expect(addressOf(typed, 'main')).toEqual(expected)
})

test.each(['jo', 'jo@acme.example', 'Zoë', '山田太郎', 'محمد', 'a.b-c_d+e', 'x1'])('%j may be a user name', (name) => {
  expect(findUserNameProblem(normaliseUserName(name))).toBeUndefined()
})

test.each([
  ['', 'required'],
  ['j', 'too_short'],
  ['x'.repeat(101), 'too_long'],
  ['jo smith', 'username_invalid'],
  ['<jo>', 'username_invalid'],
  ['jo\u202e', 'username_invalid'],
  ['jo\nx', 'username_invalid'],
  ['jo@', 'username_invalid'],
  ['@jo', 'username_invalid'],
  ['a@b.c@d.e', 'username_invalid'],
  ['.jo', 'username_invalid'],
  ['jo@acme', 'username_invalid'],
  ['jo@.', 'username_invalid'],
])('%j may not: %s', (name, problem) => {
  expect(findUserNameProblem(name)).toBe(problem)
})

test('look-alikes by width are one name', () => {
  expect(normaliseUserName('ｊｏ')).toBe('jo')
})
