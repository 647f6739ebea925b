import { describe, expect, test } from 'vitest'
import { parseMigrationAnswer } from './migrated_person.ts'

const ASKED = { id: 'the-question', userName: 'jo' }
const POLICY = { attributes: {}, groups: ['Drivers'], roles: ['rider'] }
const USER = { userName: 'Jo', name: { givenName: 'Jo' }, emails: [{ value: 'jo@old.example', primary: true, verified: true }] }

const parse = (answer: unknown, policy: Parameters<typeof parseMigrationAnswer>[2] = POLICY) =>
  parseMigrationAnswer(typeof answer === 'string' ? answer : JSON.stringify(answer), ASKED, policy)
const right = (user: object) => ({ id: ASKED.id, outcome: 'right', user })

test('a person in SCIM’s words is taken over; what is not known is left out', () => {
  const answer = parse(
    right({ ...USER, groups: ['Drivers', 'Admins'], roles: [{ value: 'rider' }, { value: 'tenant-admin' }], shoeSize: 44 }),
  )

  expect(answer).toEqual({
    kind: 'right',
    person: { name: { givenName: 'Jo' }, emails: USER.emails, phoneNumbers: [], groups: ['Drivers'], roles: ['rider'] },
  })
})

test('an old system’s own words are read where the policy says', () => {
  const attributes = { 'name.familyName': 'surname', emails: 'contact.mail', emailVerified: 'contact.ok', groups: 'teams' } as const

  const answer = parse(right({ userName: 'jo', surname: 'Fischer', contact: { mail: 'jo@old.example', ok: true }, teams: ['Drivers'] }), {
    ...POLICY,
    attributes,
  })

  expect(answer).toMatchObject({
    kind: 'right',
    person: { name: { familyName: 'Fischer' }, emails: [{ value: 'jo@old.example', primary: true, verified: true }], groups: ['Drivers'] },
  })
})

test('nobody, a wrong password and a suspended person are the same answer', () => {
  expect(parse({ id: ASKED.id, outcome: 'wrong' })).toEqual({ kind: 'wrong' })
  expect(parse(right({ ...USER, active: false }))).toEqual({ kind: 'wrong' })
})

test('an address is unverified unless it is said to be verified, by exactly true', () => {
  const answer = parse(right({ userName: 'jo', emails: ['jo@old.example', { value: 'jo@home.example', verified: 'yes' }] }))

  expect(answer).toMatchObject({
    person: {
      emails: [
        { verified: false, primary: true },
        { verified: false, primary: false },
      ],
    },
  })
})

describe('no usable answer', () => {
  test.each<[string, unknown, string]>([
    ['no JSON', 'right', ''],
    ['a list', [], ''],
    ['an answer to another question', { ...right(USER), id: 'another' }, '/id'],
    ['no outcome', { id: ASKED.id, user: USER }, '/outcome'],
    ['true in place of an outcome', { id: ASKED.id, outcome: true, user: USER }, '/outcome'],
    ['no person', { id: ASKED.id, outcome: 'right' }, '/user'],
    ['somebody else', right({ ...USER, userName: 'al' }), '/user/userName'],
    ['a name that is a number', right({ ...USER, name: { givenName: 7 } }), '/user/name.givenName'],
    ['a name of a thousand letters', right({ ...USER, displayName: 'x'.repeat(1000) }), '/user/displayName'],
    ['a script as an address of a profile', right({ ...USER, profileUrl: 'javascript:alert(1)' }), '/user/profileUrl'],
    ['an address that is none', right({ ...USER, emails: [{ value: 'jo' }] }), '/user/emails/0/value'],
    [
      'two primary addresses',
      right({ ...USER, emails: ['a@x.example', 'b@x.example'].map((value) => ({ value, primary: true })) }),
      '/user/emails',
    ],
    ['a telephone number of a country', right({ ...USER, phoneNumbers: ['0170 1234567'] }), '/user/phoneNumbers/0/value'],
    ['groups that are no list', right({ ...USER, groups: 'Drivers' }), '/user/groups'],
  ])('%s', (_what, answer, path) => {
    expect(parse(answer)).toEqual({ kind: 'unusable', path })
  })
})
