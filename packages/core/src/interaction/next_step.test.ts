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

function step(facts: Partial<Facts>): string {
  const next = nextStep({ prompt: [], consent: 'known', now: NOW, ...facts })
  return next.kind === 'error' ? next.code : next.kind
}

/** prompt, who, consent -> step. */
// biome-ignore format: a table
const TABLE: readonly (readonly [readonly Prompt[], keyof typeof PEOPLE, Facts['consent'], string])[] = [
  [[], 'NOBODY', 'unneeded', 'login'],            [[], 'NOBODY', 'known', 'login'],            [[], 'NOBODY', 'due', 'login'],
  [[], 'BEFORE', 'unneeded', 'respond'],          [[], 'BEFORE', 'known', 'respond'],          [[], 'BEFORE', 'due', 'consent'],          [[], 'BEFORE', 'given', 'respond'],
  [[], 'HERE', 'unneeded', 'respond'],            [[], 'HERE', 'known', 'respond'],            [[], 'HERE', 'due', 'consent'],            [[], 'HERE', 'given', 'respond'],
  [['none'], 'NOBODY', 'known', 'login_required'],   [['none'], 'NOBODY', 'due', 'login_required'],
  [['none'], 'BEFORE', 'unneeded', 'respond'],    [['none'], 'BEFORE', 'known', 'respond'],    [['none'], 'BEFORE', 'due', 'consent_required'],
  [['login'], 'NOBODY', 'known', 'login'],        [['login'], 'BEFORE', 'known', 'login'],     [['login'], 'BEFORE', 'due', 'login'],
  [['login'], 'HERE', 'known', 'respond'],        [['login'], 'HERE', 'due', 'consent'],       [['login'], 'HERE', 'given', 'respond'],
  [['select_account'], 'NOBODY', 'known', 'login'],  [['select_account'], 'BEFORE', 'known', 'login'],  [['select_account'], 'HERE', 'known', 'respond'],
  [['consent'], 'NOBODY', 'known', 'login'],      [['consent'], 'BEFORE', 'known', 'consent'], [['consent'], 'BEFORE', 'due', 'consent'], [['consent'], 'BEFORE', 'given', 'respond'],
  [['consent'], 'HERE', 'known', 'consent'],      [['consent'], 'HERE', 'given', 'respond'],   [['consent'], 'HERE', 'unneeded', 'respond'],
  [['login', 'consent'], 'BEFORE', 'known', 'login'],  [['login', 'consent'], 'HERE', 'known', 'consent'],  [['login', 'consent'], 'HERE', 'given', 'respond'],
  [['create'], 'NOBODY', 'known', 'signup'],      [['create'], 'BEFORE', 'known', 'signup'],   [['create'], 'HERE', 'due', 'consent'],    [['create'], 'HERE', 'known', 'respond'],
]

test.each(TABLE)('prompt %j, %s, consent %s: %s', (prompt, who, consent, expected) => {
  expect(step({ prompt, consent, ...PEOPLE[who] })).toBe(expected)
})

// biome-ignore format: a table
const AGES: readonly (readonly [number, readonly Prompt[], keyof typeof PEOPLE, string])[] = [
  [100, [], 'BEFORE', 'respond'], [99, [], 'BEFORE', 'login'], [0, [], 'BEFORE', 'login'], [0, [], 'HERE', 'respond'], [1, [], 'HERE', 'respond'],
  [99, ['none'], 'BEFORE', 'login_required'], [100, ['none'], 'BEFORE', 'respond'], [0, ['none'], 'BEFORE', 'login_required'],
]

test.each(AGES)('max_age %i, prompt %j, %s: %s', (maxAge, prompt, who, expected) => {
  expect(step({ maxAge, prompt, ...PEOPLE[who] })).toBe(expected)
})

test('max_age=0 asks even in the second of the last proof', () => {
  expect(step({ maxAge: 0, user: { userId: JO, authTime: NOW, here: false } })).toBe('login')
})

test('an older session of another person than the hinted one is not used; who then signs in as another is refused', () => {
  expect(step({ ...BEFORE, hintedUserId: AL })).toBe('login')
  expect(step({ ...BEFORE, hintedUserId: AL, prompt: ['none'] })).toBe('login_required')
  expect(step({ ...BEFORE, hintedUserId: JO })).toBe('respond')
  expect(step({ ...HERE, hintedUserId: AL })).toBe('login_required')
  expect(step({ ...HERE, hintedUserId: JO, consent: 'due' })).toBe('consent')
})

test('prompt=none never leads to a page, whatever else is asked', () => {
  const facts = [undefined, BEFORE.user].flatMap((user) =>
    (['unneeded', 'known', 'due'] as const).flatMap((consent) =>
      [undefined, 0, 50, 200].flatMap((maxAge) =>
        [undefined, JO, AL].map((hintedUserId) => ({ user, consent, maxAge, hintedUserId, prompt: ['none'] as const })),
      ),
    ),
  )

  const steps = facts.map((one) => step(one as Partial<Facts>))

  expect(new Set(steps)).toEqual(new Set(['login_required', 'consent_required', 'respond']))
})
