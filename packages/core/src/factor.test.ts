import { expect, test } from 'vitest'
import { maskedAddress } from './credential.ts'
import { amrOf, type FactorKind, identifiedAt, secondFactorAt } from './factor.ts'
import { DEFAULT_SIGN_IN, findLevelProblems, findStepProblems, type SignInStep } from './sign_in_policy.ts'

test('amr has the values of each factor once, and mfa where they show more than one thing: RFC 8176', () => {
  expect(amrOf([{ kind: 'password' }])).toEqual(['pwd'])
  expect(amrOf([{ kind: 'password' }, { kind: 'totp' }])).toEqual(['pwd', 'otp', 'mfa'])
  expect(amrOf([{ kind: 'password' }, { kind: 'email_otp' }, { kind: 'sms_otp' }])).toEqual(['pwd', 'otp', 'sms', 'mfa'])
  expect(amrOf([{ kind: 'totp' }, { kind: 'email_otp' }])).toEqual(['otp'])
})

test('a passkey says what is known of its key, and shows two things where the device made sure of its user', () => {
  expect(amrOf([{ kind: 'passkey' }])).toEqual(['pop', 'user'])
  expect(amrOf([{ kind: 'passkey', userVerified: true, amr: ['hwk', 'user'] }])).toEqual(['hwk', 'user', 'mfa'])
  expect(amrOf([{ kind: 'password' }, { kind: 'passkey' }])).toEqual(['pwd', 'pop', 'user', 'mfa'])
  expect(secondFactorAt([{ kind: 'passkey', at: 5, first: true, userVerified: true }])).toBe(5)
  expect(secondFactorAt([{ kind: 'passkey', at: 5, first: true }])).toBeUndefined()
  expect(identifiedAt([{ kind: 'passkey', at: 5, userVerified: true }])).toBeUndefined()
})

test('a second factor added later makes nobody identified later', () => {
  const factors = [
    { kind: 'password', at: 100 },
    { kind: 'totp', at: 200 },
  ] as const

  expect(identifiedAt(factors)).toBe(100)
  expect(secondFactorAt(factors)).toBe(200)
  expect(identifiedAt(factors.slice(1))).toBeUndefined()
  expect(secondFactorAt(factors.slice(0, 1))).toBeUndefined()
})

test.each([
  ['jo.miller@example.org', 'j•••@example.org'],
  ['+491701234567', '+49 ••• 67'],
])('%s is shown as %s', (address, shown) => {
  expect(maskedAddress(address)).toBe(shown)
})

const step = (change: Partial<SignInStep>): SignInStep => ({ anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false, ...change })
const problemsOf = (...steps: SignInStep[]) => findStepProblems({ steps }).map(({ path }) => path.join('/'))

test('the default policy is without a fault', () => {
  expect(problemsOf(...DEFAULT_SIGN_IN.steps)).toEqual([])
  expect(findLevelProblems(DEFAULT_SIGN_IN.levels)).toEqual([])
})

test('the first step says who it is, always, and no other does', () => {
  expect(problemsOf(step({ anyOf: ['password', 'totp'] }))).toEqual(['steps/0/anyOf/1'])
  expect(problemsOf(step({ when: { browser: 'new' } }))).toEqual(['steps/0/when'])
  expect(problemsOf(step({ rememberable: true }))).toEqual(['steps/0/rememberable'])
  expect(problemsOf(step({}), step({}))).toEqual(['steps/1/anyOf/0'])
  expect(problemsOf(step({}), step({ anyOf: ['recovery_code'], ifNotEnrolled: 'enrol' }))).toEqual(['steps/1/ifNotEnrolled'])
})

test('a level stands once, and begins with what says who it is', () => {
  const problems = findLevelProblems([
    { acr: 'a', steps: [['password']] },
    { acr: 'a', steps: [['totp']] },
  ])

  expect(problems.map(({ path }) => path.join('/'))).toEqual(['levels/1/acr', 'levels/1/steps/0'])
  expect(findLevelProblems([{ acr: 'a', steps: [['passkey'], ['password']] }]).map(({ path }) => path.join('/'))).toEqual([
    'levels/0/steps/1',
  ])
})

test('a step that must be, and a level, have something left to be proven by', () => {
  const must = (...anyOf: FactorKind[]) => step({ anyOf, ifNotEnrolled: 'enrol' })
  const levels = (...steps: FactorKind[][]) => findLevelProblems([{ acr: 'a', steps }]).map(({ path }) => path.join('/'))

  expect(problemsOf(step({}), must('totp'), must('totp'))).toEqual(['steps/2/anyOf'])
  expect(problemsOf(step({ anyOf: ['email_otp', 'magic_link'] }), must('email_otp'))).toEqual(['steps/1/anyOf'])
  expect(problemsOf(step({ anyOf: ['email_otp', 'password'] }), must('email_otp'))).toEqual([])
  expect(problemsOf(step({}), { ...must('totp'), when: { browser: 'new' } }, { ...must('totp'), when: { browser: 'known' } })).toEqual([])
  expect(problemsOf(step({}), must('totp'), step({ anyOf: ['totp'] }))).toEqual([])
  expect(levels(['magic_link'], ['email_otp'])).toEqual(['levels/0/steps/1'])
  expect(levels(['passkey'], ['passkey'])).toEqual([])
})
