import { expect, test } from 'vitest'
import type { Prompt } from '../authorization_request.ts'
import { type Facts, nextStep } from './next_step.ts'

const NOW = 1_000_000
const JO = 'usr_jojojojojo'
const AL = 'usr_alalalalal'

const NOBODY = {}
const BEFORE = { user: { userId: JO, authTime: NOW - 100, here: false } } as const
const HERE = { user: { userId: JO, authTime: NOW - 3, here: true } } as const
const PEOPLE = { NOBODY, BEFORE, HERE }
type Who = keyof typeof PEOPLE

function step(facts: Partial<Facts>): string {
  const next = nextStep({ prompt: [], consent: 'known', factors: 'complete', now: NOW, ...facts })
  return next.kind === 'error' ? next.code : next.kind
}

const PROMPTS: readonly (readonly Prompt[])[] = [[], ['none'], ['login'], ['select_account'], ['consent'], ['login', 'consent'], ['create']]
const FACTORS = ['complete', 'identify', 'prove', 'enrol', 'approve', 'refused', 'unreachable', 'denied'] as const
const CONSENTS = ['unneeded', 'known', 'due', 'given'] as const

/**
 * Every combination of prompt, person, factors and consent, as rules in the order in which they win: the table that a reviewer reads. `*` is any. The
 * test below walks all 672 combinations and wants exactly one outcome of each, the first rule's.
 */
// biome-ignore format: a table
const RULES: readonly (readonly [prompt: string, who: Who | '*', factors: string, consent: string, outcome: string])[] = [
  // prompt           who       factors        consent     outcome
  ['none',            'NOBODY', '*',           '*',        'login_required'],
  ['none',            '*',      'identify',    '*',        'login_required'],
  ['none',            '*',      'prove',       '*',        'login_required'],
  ['none',            '*',      'enrol',       '*',        'interaction_required'],
  ['none',            '*',      'approve',     '*',        'interaction_required'],
  ['none',            '*',      'refused',     '*',        'access_denied'],
  ['none',            '*',      'denied',      '*',        'access_denied'],
  ['none',            '*',      'unreachable', '*',        'unmet_authentication_requirements'],
  ['none',            '*',      'complete',    'due',      'consent_required'],
  ['none',            '*',      'complete',    '*',        'respond'],
  ['create',          'NOBODY', '*',           '*',        'signup'],
  ['create',          'BEFORE', '*',           '*',        'signup'],
  ['*',               'NOBODY', '*',           '*',        'login'],
  ['login',           'BEFORE', '*',           '*',        'login'],
  ['select_account',  'BEFORE', '*',           '*',        'login'],
  ['login consent',   'BEFORE', '*',           '*',        'login'],
  ['*',               '*',      'identify',    '*',        'login'],
  ['*',               '*',      'prove',       '*',        'factor'],
  ['*',               '*',      'enrol',       '*',        'enrolment'],
  ['*',               '*',      'approve',     '*',        'approval'],
  ['*',               '*',      'refused',     '*',        'access_denied'],
  ['*',               '*',      'denied',      '*',        'denied'],
  ['*',               '*',      'unreachable', '*',        'unmet_authentication_requirements'],
  ['*',               '*',      'complete',    'due',      'consent'],
  ['consent',         '*',      'complete',    'known',    'consent'],
  ['login consent',   '*',      'complete',    'known',    'consent'],
  ['*',               '*',      'complete',    '*',        'respond'],
]

const COMBINATIONS = PROMPTS.flatMap((prompt) =>
  (Object.keys(PEOPLE) as Who[]).flatMap((who) =>
    FACTORS.flatMap((factors) => CONSENTS.map((consent) => [prompt, who, factors, consent] as const)),
  ),
)

test('every combination of prompt, person, factors and consent has the outcome of the first rule that fits', () => {
  const fits = (pattern: unknown, value: string) => pattern === '*' || pattern === value
  const expected = COMBINATIONS.map(([prompt, who, factors, consent]) => {
    const rule = RULES.find(([p, w, f, c]) => fits(p, prompt.join(' ')) && fits(w, who) && fits(f, factors) && fits(c, consent))
    return `${prompt.join(' ')} ${who} ${factors} ${consent}: ${rule?.[4]}`
  })

  const found = COMBINATIONS.map(
    ([prompt, who, factors, consent]) =>
      `${prompt.join(' ')} ${who} ${factors} ${consent}: ${step({ prompt, factors, consent, ...PEOPLE[who] })}`,
  )

  expect(found).toEqual(expected)
  expect(COMBINATIONS).toHaveLength(672)
})

test('every rule of the table decides something', () => {
  const fits = (pattern: unknown, value: string) => pattern === '*' || pattern === value
  const deciding = new Set(
    COMBINATIONS.map(([prompt, who, factors, consent]) =>
      RULES.findIndex(([p, w, f, c]) => fits(p, prompt.join(' ')) && fits(w, who) && fits(f, factors) && fits(c, consent)),
    ),
  )

  expect(deciding).toEqual(new Set(RULES.keys()))
})

test('nobody comes to the end, or to the consent page, with a factor missing', () => {
  const missing = COMBINATIONS.filter(([, , factors]) => factors !== 'complete')

  const outcomes = missing.map(([prompt, who, factors, consent]) => step({ prompt, factors, consent, ...PEOPLE[who] }))

  expect(outcomes).not.toContain('respond')
  expect(outcomes).not.toContain('consent')
})

test.each(['forced', 'expired'] as const)(
  'a password change that is %s stands between the factors and everything after them, and nowhere else',
  (passwordChange) => {
    for (const [prompt, who, factors, consent] of COMBINATIONS) {
      const facts = { prompt, factors, consent, ...PEOPLE[who] }
      const without = step(facts)
      const isAfterFactors = ['respond', 'consent', 'consent_required'].includes(without)
      const expected = !isAfterFactors ? without : prompt.includes('none') ? 'interaction_required' : 'password'

      expect(step({ ...facts, passwordChange }), JSON.stringify(facts)).toBe(expected)
    }
  },
)

test('a password that grows old soon is offered to be changed in the same place, where a page may be shown, and keeps nobody from anything', () => {
  for (const [prompt, who, factors, consent] of COMBINATIONS) {
    const facts = { prompt, factors, consent, ...PEOPLE[who] }
    const without = step(facts)
    const isOffered = ['respond', 'consent'].includes(without) && !prompt.includes('none')

    expect(step({ ...facts, passwordChange: 'near' }), JSON.stringify(facts)).toBe(isOffered ? 'password' : without)
  }
})

test.each([
  ['prompt', 'interaction_required'],
  ['error', 'access_denied'],
] as const)(
  'what a script shows (%s) comes before all but the making of an account, and is %s where nothing may be shown',
  (script, silent) => {
    for (const [prompt, who, factors, consent] of COMBINATIONS) {
      const facts = { prompt, factors, consent, ...PEOPLE[who] }
      const expected = step(facts) === 'signup' ? 'signup' : prompt.includes('none') ? silent : 'prompt'

      expect(step({ ...facts, script }), JSON.stringify(facts)).toBe(expected)
    }
  },
)

test('what a script refuses is refused, whatever else is known', () => {
  const refusal = { code: 'access_denied', description: 'not today' } as const

  const outcomes = COMBINATIONS.map(([prompt, who, factors, consent]) => step({ prompt, factors, consent, refusal, ...PEOPLE[who] }))

  expect(new Set(outcomes)).toEqual(new Set(['access_denied']))
})

// biome-ignore format: a table
const AGES: readonly (readonly [number, readonly Prompt[], Who, string])[] = [
  [100, [], 'BEFORE', 'respond'], [99, [], 'BEFORE', 'login'], [0, [], 'BEFORE', 'login'], [0, [], 'HERE', 'respond'], [1, [], 'HERE', 'respond'],
  [99, ['none'], 'BEFORE', 'login_required'], [100, ['none'], 'BEFORE', 'respond'], [0, ['none'], 'BEFORE', 'login_required'],
]

test.each(AGES)('max_age %i, prompt %j, %s: %s', (maxAge, prompt, who, expected) => {
  expect(step({ maxAge, prompt, ...PEOPLE[who] })).toBe(expected)
})

test('a factor is enrolled in a fresh sign-in only', () => {
  const old = { user: { ...BEFORE.user, authTime: NOW - 901 } }

  expect(step({ ...old, factors: 'enrol' })).toBe('login')
  expect(step({ ...old, factors: 'prove' })).toBe('factor')
  expect(step({ ...BEFORE, factors: 'enrol' })).toBe('enrolment')
})

test('a new password is set in a fresh sign-in only', () => {
  const old = { user: { ...BEFORE.user, authTime: NOW - 901 } }

  expect(step({ ...old, passwordChange: 'forced' })).toBe('login')
  expect(step({ ...BEFORE, passwordChange: 'forced' })).toBe('password')
})

test('max_age=0 asks even in the second of the last proof', () => {
  expect(step({ maxAge: 0, user: { userId: JO, authTime: NOW, here: false } })).toBe('login')
})

test('an older session of another person than the hinted one is not used; who then signs in as another is refused', () => {
  expect(step({ ...BEFORE, hintedUserId: AL })).toBe('login')
  expect(step({ ...BEFORE, hintedUserId: AL, prompt: ['none'] })).toBe('login_required')
  expect(step({ ...BEFORE, hintedUserId: JO })).toBe('respond')
  expect(step({ ...HERE, hintedUserId: AL })).toBe('login_required')
  expect(step({ ...HERE, hintedUserId: AL, factors: 'prove' })).toBe('login_required')
  expect(step({ ...HERE, hintedUserId: JO, consent: 'due' })).toBe('consent')
})

test('prompt=none never leads to a page, whatever else is asked', () => {
  const facts = [undefined, BEFORE.user].flatMap((user) =>
    CONSENTS.flatMap((consent) =>
      FACTORS.flatMap((factors) =>
        [undefined, 0, 50, 200].flatMap((maxAge) =>
          [undefined, JO, AL].map((hintedUserId) => ({ user, consent, factors, maxAge, hintedUserId, prompt: ['none'] as const })),
        ),
      ),
    ),
  )

  const steps = facts.map((one) => step(one as Partial<Facts>))

  expect(new Set(steps)).toEqual(
    new Set([
      'login_required',
      'consent_required',
      'interaction_required',
      'access_denied',
      'unmet_authentication_requirements',
      'respond',
    ]),
  )
})
