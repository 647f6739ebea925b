import { expect, test } from 'vitest'
import { type FactorKind, firstProof, type ProvenFactor } from '../factor.ts'
import { DEFAULT_SIGN_IN, FIRST_STEP, SECOND_STEP, type SignInStep } from '../sign_in_policy.ts'
import { type Composing, compose, type EnrolledFactor, reachedLevel, wayOf } from './composition.ts'

const NOW = 1_000_000
const [PASSWORD, MFA] = DEFAULT_SIGN_IN.levels.map(({ acr }) => acr) as [string, string]

const enrolled = (...kinds: FactorKind[]): EnrolledFactor[] =>
  kinds.map((kind, index) => ({ id: `crd_${kind}${index}`, kind, createdAt: index }))
const proven = (...kinds: FactorKind[]) => kinds.map((kind) => ({ kind, at: NOW }))
const second = (change: Partial<SignInStep> = {}): SignInStep[] => [
  { anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false },
  { anyOf: SECOND_STEP, ifNotEnrolled: 'skip', rememberable: true, ...change },
]

function composing(change: Partial<Composing> = {}): Composing {
  return {
    steps: second(),
    levels: DEFAULT_SIGN_IN.levels,
    acrValues: [],
    acrEssential: false,
    sure: false,
    proven: proven('password'),
    enrolled: [],
    circumstances: { roles: [], ip: '192.0.2.1', browser: 'new', remembered: [] },
    ...change,
  }
}

/** A step with everything that may begin, and then one of these. */
const begin = (anyOf: readonly FactorKind[], ifNotEnrolled: SignInStep['ifNotEnrolled'] = 'skip'): SignInStep[] => [
  { anyOf: ['password', 'magic_link', 'email_otp', 'sms_otp'], ifNotEnrolled: 'skip', rememberable: false },
  ...(anyOf.length === 0 ? [] : [{ anyOf, ifNotEnrolled, rememberable: false }]),
]
const by = (kind: FactorKind) => [firstProof(kind, NOW)]

const kindOf = (change: Partial<Composing>) => compose(composing(change)).kind

// biome-ignore format: a table
const TABLE: readonly (readonly [string, Partial<Composing>, string])[] = [
  ['nothing proven',                                       { proven: [] },                                                       'identify'],
  ['a second factor alone says nobody',                    { proven: proven('totp') },                                           'identify'],
  ['a password, nothing enrolled, optional step',          {},                                                                   'complete'],
  ['a password, something enrolled',                       { enrolled: enrolled('totp') },                                       'prove'],
  ['both',                                                 { enrolled: enrolled('totp'), proven: proven('password', 'totp') },   'complete'],
  ['an alternative of the step',                           { enrolled: enrolled('totp'), proven: proven('password', 'email_otp') }, 'complete'],
  ['a step that must be, nothing enrolled',                { steps: second({ ifNotEnrolled: 'enrol' }) },                        'enrol'],
  ['a step that must be, and enrolling is not allowed',    { steps: second({ ifNotEnrolled: 'refuse' }) },                       'refused'],
  ['the same factor in two steps that must be',            { steps: [...second({ anyOf: ['totp'], ifNotEnrolled: 'enrol' }), { anyOf: ['totp'], ifNotEnrolled: 'enrol', rememberable: false }], enrolled: enrolled('totp'), proven: proven('password', 'totp') }, 'refused'],
  ['to enrol what cannot be set up here',                  { steps: second({ anyOf: ['passkey'], ifNotEnrolled: 'enrol' }), circumstances: { roles: [], ip: '', browser: 'new', remembered: [], enrollable: ['totp'] } }, 'refused'],
  ['to enrol one, with another that is not proven',        { steps: second({ anyOf: ['sms_otp'], ifNotEnrolled: 'enrol' }), enrolled: enrolled('totp') }, 'prove'],
  ['to enrol one, with another that is proven',            { steps: second({ anyOf: ['sms_otp'], ifNotEnrolled: 'enrol' }), enrolled: enrolled('totp'), proven: proven('password', 'totp') }, 'enrol'],
  ['to enrol one, with another, in a remembered browser',  { steps: [...second(), { anyOf: ['sms_otp'], ifNotEnrolled: 'enrol', rememberable: false }], enrolled: enrolled('totp'), circumstances: { roles: [], ip: '', browser: 'known', remembered: ['totp'] } }, 'prove'],
  ['an essential level by enrolling, with another factor', { steps: second().slice(0, 1), levels: [{ acr: 'x', steps: [['password'], ['sms_otp']] }], acrValues: ['x'], acrEssential: true, enrolled: enrolled('totp') }, 'prove'],
  ['a step for a kind that the person has not',            { steps: second({ anyOf: ['sms_otp'], ifNotEnrolled: 'refuse' }), enrolled: enrolled('totp') }, 'refused'],
  ['no steps beyond the password, though enrolled',        { steps: second().slice(0, 1), enrolled: enrolled('totp') },          'complete'],
  ['a remembered browser',                                 { enrolled: enrolled('totp'), circumstances: { roles: [], ip: '', browser: 'known', remembered: ['totp'] } }, 'complete'],
  ['a browser that is remembered for another factor',      { enrolled: enrolled('totp', 'email_otp'), steps: second({ anyOf: ['totp'] }), circumstances: { roles: [], ip: '', browser: 'known', remembered: ['email_otp'] } }, 'prove'],
  ['a remembered browser where the step does not say so',  { steps: second({ rememberable: false }), enrolled: enrolled('totp'), circumstances: { roles: [], ip: '', browser: 'known', remembered: ['totp'] } }, 'prove'],
  ['to be sure, with a remembered browser',                { sure: true, enrolled: enrolled('totp'), circumstances: { roles: [], ip: '', browser: 'known', remembered: ['totp'] } }, 'prove'],
  ['to be sure, without a policy that asks',               { sure: true, steps: second().slice(0, 1), enrolled: enrolled('totp') }, 'prove'],
  ['to be sure, nothing enrolled',                         { sure: true },                                                       'complete'],
  ['a wished level, enrolled',                             { steps: second().slice(0, 1), acrValues: [MFA], enrolled: enrolled('totp') }, 'prove'],
  ['a wished level, not enrolled',                         { acrValues: [MFA] },                                                 'complete'],
  ['a wished level that nobody knows',                     { acrValues: ['urn:other'] },                                         'complete'],
  ['the lower wish comes first and is reached',            { steps: second().slice(0, 1), acrValues: [PASSWORD, MFA], enrolled: enrolled('totp') }, 'complete'],
  ['an essential level, enrolled',                         { acrValues: [MFA], acrEssential: true, enrolled: enrolled('totp') }, 'prove'],
  ['an essential level, not enrolled',                     { acrValues: [MFA], acrEssential: true },                             'enrol'],
  ['an essential level, reached',                          { acrValues: [MFA], acrEssential: true, proven: proven('password', 'sms_otp') }, 'complete'],
  ['an essential level that nobody knows',                 { acrValues: ['urn:other'], acrEssential: true },                     'unreachable'],
  ['a remembered browser reaches no essential level',      { acrValues: [MFA], acrEssential: true, enrolled: enrolled('totp'), circumstances: { roles: [], ip: '', browser: 'known', remembered: ['totp'] } }, 'prove'],
  ['an essential level of codes that cannot be enrolled',  { acrValues: ['x'], acrEssential: true, levels: [{ acr: 'x', steps: [['password'], ['recovery_code']] }] }, 'unreachable'],
]

test.each(TABLE)('%s', (_, change, expected) => {
  expect(kindOf(change)).toBe(expected)
})

// biome-ignore format: a table
const BEGINNINGS: readonly (readonly [string, Partial<Composing>, string])[] = [
  ['a mailbox first, nothing else asked',                   { steps: begin([]), proven: by('magic_link') },                                                    'complete'],
  ['a code first, and nothing enrolled',                    { steps: begin(SECOND_STEP), proven: by('email_otp') },                                            'complete'],
  ['a code first, another thing enrolled',                  { steps: begin(SECOND_STEP), proven: by('email_otp'), enrolled: enrolled('totp') },                'prove'],
  ['a code first, the same mailbox enrolled',               { steps: begin(SECOND_STEP), proven: by('email_otp'), enrolled: enrolled('email_otp') },           'complete'],
  ['a link first, the same mailbox enrolled',               { steps: begin(SECOND_STEP), proven: by('magic_link'), enrolled: enrolled('email_otp') },          'complete'],
  ['a link first, the same mailbox proven after it',        { steps: begin(['email_otp'], 'refuse'), proven: [...by('magic_link'), ...proven('email_otp')] },  'refused'],
  ['a link first, the phone proven after it',               { steps: begin(SECOND_STEP, 'refuse'), proven: [...by('magic_link'), ...proven('sms_otp')] },      'complete'],
  ['a password first, where the policy knows none',         { steps: begin([]).map((one) => ({ ...one, anyOf: ['magic_link'] as const })) },                   'identify'],
  ['a code after the password, where it may come first',    { steps: begin([]).map((one) => ({ ...one, anyOf: ['email_otp'] as const })), enrolled: enrolled('email_otp') }, 'prove'],
  ['a code alone, which followed something that has ended', { steps: begin([]), proven: proven('totp') },                                                      'identify'],
  ['to be sure, after a link, of who has the mailbox only', { steps: begin([]), sure: true, proven: by('magic_link'), enrolled: enrolled('email_otp') },        'complete'],
  ['to be sure, after a code, of who has an app besides',   { steps: begin([]), sure: true, proven: by('email_otp'), enrolled: enrolled('totp', 'email_otp') }, 'prove'],
  ['to be sure, after a password and a code',               { steps: begin([]), sure: true, proven: proven('password', 'email_otp'), enrolled: enrolled('email_otp') }, 'complete'],
  ['a wished level that begins otherwise',                  { steps: begin([]), acrValues: [MFA], proven: by('magic_link'), enrolled: enrolled('totp') },      'complete'],
  ['an essential level that begins otherwise',              { steps: begin([]), acrValues: [MFA], acrEssential: true, proven: by('magic_link'), enrolled: enrolled('totp') }, 'identify'],
  ['both beginnings, and the second factor',                { steps: begin([]), acrValues: [MFA], acrEssential: true, proven: [...by('magic_link'), ...proven('password', 'totp')], enrolled: enrolled('totp') }, 'complete'],
  ['a level of two things in one mailbox',                  { steps: begin([]), acrValues: ['x'], acrEssential: true, levels: [{ acr: 'x', steps: [['magic_link'], ['email_otp']] }], proven: [...by('magic_link'), ...proven('email_otp')] }, 'unreachable'],
  ['a code first, the same mailbox as a step that must be', { steps: begin(['email_otp'], 'enrol'), proven: by('email_otp') },                                     'identify'],
  ['the same, where nothing else may come first',           { steps: [{ anyOf: ['email_otp'], ifNotEnrolled: 'skip', rememberable: false }, ...begin(['email_otp'], 'enrol').slice(1)], proven: by('email_otp') }, 'refused'],
  ['the same, and then the password',                       { steps: begin(['email_otp'], 'enrol'), proven: [...by('email_otp'), ...proven('password')] },      'complete'],
]

test.each(BEGINNINGS)('beginning: %s', (_, change, expected) => {
  expect(kindOf(change)).toBe(expected)
})

test('what is offered to be set up would prove the step: not the mailbox that said who the person is', () => {
  const composition = compose(composing({ steps: begin(['totp', 'email_otp', 'sms_otp'], 'enrol'), proven: by('magic_link') }))

  expect(composition).toEqual({ kind: 'enrol', kinds: ['totp', 'sms_otp'] })
})

test('a step asks for what would prove it: not for what another step took already', () => {
  const steps: SignInStep[] = [
    ...second({ anyOf: ['totp', 'email_otp'] }),
    { anyOf: ['totp'], ifNotEnrolled: 'refuse', rememberable: false },
  ]

  const composition = compose(composing({ steps, enrolled: enrolled('totp', 'email_otp'), proven: proven('password', 'totp') }))

  expect(composition.kind === 'prove' && composition.choices.map(({ kind }) => kind)).toEqual(['email_otp'])
})

test('a step that is not due, or that a remembered browser passes, takes no proof from those that are', () => {
  const due: SignInStep = { anyOf: ['totp'], ifNotEnrolled: 'refuse', rememberable: false }
  const steps: SignInStep[] = [...second({ when: { roles: ['admin'] } }), due]
  const remembered = { roles: [], ip: '', browser: 'known', remembered: ['totp'] } as const

  expect(kindOf({ steps, proven: proven('password', 'totp') })).toBe('complete')
  expect(kindOf({ steps: [...second(), due], proven: proven('password', 'totp'), circumstances: remembered })).toBe('complete')
})

// biome-ignore format: a table
const CONDITIONS: readonly (readonly [SignInStep['when'], Partial<Composing['circumstances']>, boolean])[] = [
  [{},                                              {},                                  true],
  [{ roles: ['admin'] },                            { roles: ['admin', 'other'] },       true],
  [{ roles: ['admin'] },                            { roles: ['other'] },                false],
  [{ networks: ['10.0.0.0/8'] },                    { ip: '10.1.2.3' },                  true],
  [{ networks: ['10.0.0.0/8'] },                    { ip: '192.0.2.1' },                 false],
  [{ outside: ['10.0.0.0/8', '2001:db8::/32'] },    { ip: '2001:db8:1::7' },             false],
  [{ outside: ['10.0.0.0/8', '2001:db8::/32'] },    { ip: '2001:db9::7' },               true],
  [{ outside: ['10.0.0.0/8'] },                     { ip: undefined },                   true],
  [{ browser: 'new' },                              { browser: 'new' },                  true],
  [{ browser: 'new' },                              { browser: 'known' },                false],
  [{ roles: ['admin'], browser: 'new' },            { roles: ['admin'], browser: 'known' }, false],
]

test.each(CONDITIONS)('a step under %j, in %j: due %s', (when, circumstances, due) => {
  const usual = { roles: [], ip: '192.0.2.1', browser: 'new', remembered: [] } as const
  const change = {
    steps: second({ ...(when ? { when } : {}), ifNotEnrolled: 'enrol' as const }),
    circumstances: { ...usual, ...circumstances },
  }

  expect(kindOf(change)).toBe(due ? 'enrol' : 'complete')
})

test('the last used factor comes first, then the order of the step, then the newest', () => {
  const all: EnrolledFactor[] = [
    { id: 'crd_sms00000', kind: 'sms_otp', createdAt: 1 },
    { id: 'crd_totp0001', kind: 'totp', createdAt: 1 },
    { id: 'crd_totp0002', kind: 'totp', createdAt: 2 },
    { id: 'crd_mail0000', kind: 'email_otp', createdAt: 1, lastUsedAt: 5 },
  ]

  const composition = compose(composing({ enrolled: all }))

  expect(composition.kind === 'prove' && composition.choices.map(({ id }) => id)).toEqual([
    'crd_mail0000',
    'crd_totp0002',
    'crd_totp0001',
    'crd_sms00000',
  ])
})

test('one proof counts for one step, whichever way the steps share their factors', () => {
  const steps: SignInStep[] = [
    ...second({ anyOf: ['totp', 'email_otp'], rememberable: false }),
    { anyOf: ['totp'], ifNotEnrolled: 'refuse', rememberable: false },
  ]
  const has = { steps, enrolled: enrolled('totp', 'email_otp') }

  expect(kindOf({ ...has, proven: proven('password', 'totp') })).toBe('prove')
  expect(kindOf({ ...has, proven: proven('password', 'totp', 'email_otp') })).toBe('complete')
})

const passkey = (change: Partial<ProvenFactor> = {}): ProvenFactor => ({ kind: 'passkey', at: NOW, ...change })
const alone = passkey({ first: true, userVerified: true })

// biome-ignore format: a table
const PASSKEYS: readonly (readonly [string, Partial<Composing>, string])[] = [
  ['alone, of a device that made sure: both steps',        { steps: DEFAULT_SIGN_IN.steps, proven: [alone], enrolled: enrolled('totp', 'passkey') }, 'complete'],
  ['alone, where the second step is a code',               { steps: second({ anyOf: ['totp'] }).with(0, { anyOf: FIRST_STEP, ifNotEnrolled: 'skip', rememberable: false }), proven: [alone], enrolled: enrolled('totp', 'passkey') }, 'prove'],
  ['alone, where the first step is a password',            { steps: second().slice(0, 1), proven: [alone], enrolled: enrolled('passkey') }, 'identify'],
  ['beside a password, though nobody made sure',           { steps: DEFAULT_SIGN_IN.steps, proven: [...proven('password'), passkey()], enrolled: enrolled('passkey') }, 'complete'],
  ['is asked for beside a password',                       { steps: DEFAULT_SIGN_IN.steps, enrolled: enrolled('passkey') },     'prove'],
  ['to be sure, alone',                                    { steps: DEFAULT_SIGN_IN.steps, sure: true, proven: [alone], enrolled: enrolled('passkey', 'totp') }, 'complete'],
  ['reaches more than one factor alone',                   { steps: DEFAULT_SIGN_IN.steps, acrValues: [MFA], acrEssential: true, proven: [alone], enrolled: [] }, 'complete'],
]

test.each(PASSKEYS)('a passkey: %s', (_, change, expected) => {
  expect(kindOf(change)).toBe(expected)
})

test('a passkey alone reaches the level of two factors where the device made sure of its user, else that of one', () => {
  expect(reachedLevel(DEFAULT_SIGN_IN.levels, [alone])).toBe(MFA)
  expect(reachedLevel(DEFAULT_SIGN_IN.levels, [passkey({ first: true })])).toBe(PASSWORD)
})

test('a level is what was proven, never what was remembered; of the levels asked for, the first that was reached is told', () => {
  const { levels } = DEFAULT_SIGN_IN

  expect(reachedLevel(levels, [])).toBeUndefined()
  expect(reachedLevel(levels, proven('password'))).toBe(PASSWORD)
  expect(reachedLevel(levels, proven('password', 'recovery_code'))).toBe(MFA)
  expect(reachedLevel(levels, proven('password', 'totp'), [PASSWORD])).toBe(PASSWORD)
  expect(reachedLevel(levels, proven('password'), [MFA])).toBe(PASSWORD)
})

test('the way says of each step why it is as it is', () => {
  const steps = [...second({ when: { roles: ['admin'] } }), ...second().slice(1)]

  expect(wayOf(composing({ steps, enrolled: enrolled('totp'), sure: true, proven: proven('password') }))).toEqual([
    { anyOf: ['password'], from: 'policy', outcome: 'proven' },
    { anyOf: SECOND_STEP, from: 'policy', outcome: 'not_due', because: 'roles' },
    { anyOf: SECOND_STEP, from: 'policy', outcome: 'prove' },
    { anyOf: ['passkey', 'totp', 'email_otp', 'sms_otp', 'recovery_code', 'x509', 'push'], from: 'my_account', outcome: 'prove' },
  ])
})
