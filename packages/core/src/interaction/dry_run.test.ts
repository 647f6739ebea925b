import { expect, test } from 'vitest'
import { DEFAULT_SIGN_IN, SECOND_STEP, type SignInStep } from '../sign_in_policy.ts'
import type { Composing } from './composition.ts'
import { dryRun } from './dry_run.ts'

const [PASSWORD, MFA] = DEFAULT_SIGN_IN.levels.map(({ acr }) => acr)
const first: SignInStep = { anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false }

function start(change: Partial<Composing> = {}): Composing {
  return {
    steps: DEFAULT_SIGN_IN.steps,
    levels: DEFAULT_SIGN_IN.levels,
    acrValues: [],
    acrEssential: false,
    sure: false,
    proven: [],
    enrolled: [],
    circumstances: { roles: [], ip: '192.0.2.1', browser: 'new', remembered: [] },
    ...change,
  }
}

const enrolled: Composing['enrolled'] = [
  { id: 'crd_00000001', kind: 'totp', createdAt: 1 },
  { id: 'crd_00000002', kind: 'recovery_code', createdAt: 1 },
]

test('a password, and nothing else for whoever has nothing else', () => {
  expect(dryRun(start())).toMatchObject({
    asks: [{ ask: 'identify', choices: ['password'] }],
    outcome: 'signed_in',
    acr: PASSWORD,
  })
})

test('each ask with its choices, and the level that is reached in the end', () => {
  expect(dryRun(start({ enrolled }))).toMatchObject({
    asks: [
      { ask: 'identify', choices: ['password'] },
      { ask: 'prove', choices: ['totp', 'recovery_code'] },
    ],
    outcome: 'signed_in',
    acr: MFA,
    amr: ['pwd', 'otp', 'mfa'],
  })
})

test('what must be is enrolled, or refused', () => {
  const must = (ifNotEnrolled: 'enrol' | 'refuse') =>
    dryRun(start({ steps: [first, { anyOf: SECOND_STEP, ifNotEnrolled, rememberable: false }] }))

  expect(must('enrol')).toMatchObject({
    asks: [{}, { ask: 'enrol', choices: ['passkey', 'totp', 'email_otp', 'sms_otp'] }],
    outcome: 'signed_in',
  })
  expect(must('refuse')).toMatchObject({ asks: [{}], outcome: 'access_denied' })
})

test('a passkey alone is a way in for whoever has one', () => {
  const only = { steps: [{ ...first, anyOf: ['passkey'] as const }] }

  expect(dryRun(start(only)).outcome).not.toBe('signed_in')
  expect(dryRun(start({ ...only, enrolled: [{ id: 'crd_00000003', kind: 'passkey', createdAt: 1 }] }))).toMatchObject({
    outcome: 'signed_in',
    acr: MFA,
    amr: ['pop', 'user', 'mfa'],
  })
})

test('a level that cannot be reached', () => {
  expect(dryRun(start({ acrValues: ['urn:other'], acrEssential: true })).outcome).toBe('unmet_authentication_requirements')
})

test('why a step is not due', () => {
  const { way } = dryRun(
    start({ steps: [first, { anyOf: SECOND_STEP, when: { roles: ['admin'] }, ifNotEnrolled: 'enrol', rememberable: false }] }),
  )

  expect(way[1]).toMatchObject({ outcome: 'not_due', because: 'roles' })
})

test('beginning without a password: of the ways, those that the person has; and none is no way in', () => {
  const ways: SignInStep = { ...first, anyOf: ['magic_link', 'password', 'sms_otp'] }
  const run = (...has: string[]) =>
    dryRun(start({ steps: [ways, ...DEFAULT_SIGN_IN.steps.slice(1)], enrolled }), (kind) => has.includes(kind))

  expect(run('password', 'magic_link')).toMatchObject({
    asks: [
      { ask: 'identify', choices: ['magic_link', 'password'] },
      { ask: 'prove', choices: ['totp', 'recovery_code'] },
    ],
    outcome: 'signed_in',
    amr: ['otp'],
  })
  expect(run()).toMatchObject({ asks: [{ ask: 'identify', choices: [] }], outcome: 'no_way_in', acr: undefined })
})
