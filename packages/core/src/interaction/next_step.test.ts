import { expect, test } from 'vitest'
import type { Prompt } from '../authorization_request.ts'
import { type Facts, nextStep } from './next_step.ts'

const NOW = 1_000_000
const JO = 'usr_jojojojojo'
const AL = 'usr_alalalalal'

const BEFORE = { user: { userId: JO, authTime: NOW - 100, here: false } } as const
const HERE = { user: { userId: JO, authTime: NOW - 3, here: true } } as const

/** What each fact may be, by the words of the table. `LONG`: by a session whose proof is too old to set up a way in of one's own. */
const FACTS = {
  refusal: { '-': {}, yes: { refusal: { code: 'access_denied', description: 'not today' } } },
  script: { '-': {}, prompt: { script: 'prompt' }, error: { script: 'error' } },
  who: { NOBODY: {}, BEFORE, LONG: { user: { userId: JO, authTime: NOW - 901, here: false } }, HERE },
  hint: { '-': {}, same: { hintedUserId: JO }, other: { hintedUserId: AL } },
  maxAge: { '-': {}, zero: { maxAge: 0 }, short: { maxAge: 50 }, long: { maxAge: 5000 } },
  factors: Object.fromEntries(
    (['complete', 'identify', 'prove', 'enrol', 'approve', 'refused', 'unreachable', 'denied'] as const).map((factors) => [
      factors,
      { factors },
    ]),
  ),
  password: {
    '-': {},
    ...Object.fromEntries(
      (['forced', 'breached', 'expired', 'near'] as const).map((passwordChange) => [passwordChange, { passwordChange }]),
    ),
  },
  consent: Object.fromEntries((['unneeded', 'known', 'due', 'given'] as const).map((consent) => [consent, { consent }])),
} satisfies Readonly<Record<string, Readonly<Record<string, Partial<Facts>>>>>

/** `none` stands alone (OpenID Connect Core 1.0 section 3.1.2.1); the others come in any company. */
const PROMPTS: readonly (readonly Prompt[])[] = [['none'], ...subsets(['login', 'select_account', 'consent', 'create'])]

type Fact = keyof typeof FACTS
type Rule = Readonly<Partial<Record<Fact | 'prompt', string>>>

const MUST = 'forced|breached|expired'

/**
 * Every combination of all facts, as rules in the order in which they win: the table that a reviewer reads. What a rule does not name may be anything; `a|b` is one of these;
 * of prompts, that it is among them. Then what is shown, and what is answered to `prompt=none`.
 */
// biome-ignore format: a table
const RULES: readonly (readonly [rule: Rule, shown: string, silent: string])[] = [
  [{ who: 'HERE', hint: 'other' },                        'login_required',                    'login_required'],
  [{ refusal: 'yes' },                                    'access_denied',                     'access_denied'],
  [{ prompt: 'create', who: 'NOBODY|BEFORE|LONG' },       'signup',                            '-'],
  [{ script: 'prompt' },                                  'prompt',                            'interaction_required'],
  [{ script: 'error' },                                   'prompt',                            'access_denied'],
  [{ who: 'NOBODY' },                                     'login',                             'login_required'],
  [{ factors: 'identify' },                               'login',                             'login_required'],
  [{ who: 'LONG', factors: 'enrol' },                     'login',                             'login_required'],
  [{ who: 'LONG', password: MUST },                       'login',                             'login_required'],
  [{ who: 'BEFORE|LONG', prompt: 'login|select_account' }, 'login',                            '-'],
  [{ who: 'BEFORE|LONG', hint: 'other' },                 'login',                             'login_required'],
  [{ who: 'BEFORE|LONG', maxAge: 'zero|short' },          'login',                             'login_required'],
  [{ factors: 'prove' },                                  'factor',                            'login_required'],
  [{ factors: 'enrol' },                                  'enrolment',                         'interaction_required'],
  [{ factors: 'approve' },                                'approval',                          'interaction_required'],
  [{ factors: 'denied' },                                 'denied',                            'access_denied'],
  [{ factors: 'refused' },                                'access_denied',                     'access_denied'],
  [{ factors: 'unreachable' },                            'unmet_authentication_requirements', 'unmet_authentication_requirements'],
  [{ password: MUST },                                    'password',                          'interaction_required'],
  [{ password: 'near', prompt: '!none' },                 'password',                          '-'],
  [{ consent: 'due' },                                    'consent',                           'consent_required'],
  [{ consent: 'known', prompt: 'consent' },               'consent',                           '-'],
  [{},                                                    'respond',                           'respond'],
]

test('every combination of all facts has the outcome of the first rule that fits, and every rule decides something', () => {
  const rules = RULES.map(([{ prompt, ...facts }, shown, silent]) => ({
    facts: Object.entries(facts).map(([fact, words]) => [fact as Fact, words.split('|')] as const),
    prompts: new Set(PROMPTS.filter((one) => fitsPrompt(prompt, one))),
    shown,
    silent,
  }))
  const deciding = new Set<unknown>()
  const wrong: string[] = []
  let combinations = 0

  for (const [words, facts] of combinationsOf(Object.keys(FACTS) as Fact[])) {
    const fitting = rules.filter((rule) => rule.facts.every(([fact, some]) => some.includes(words[fact] ?? '')))
    for (const prompt of PROMPTS) {
      combinations++
      const rule = fitting.find(({ prompts }) => prompts.has(prompt))
      deciding.add(rule)
      const expected = prompt.includes('none') ? rule?.silent : rule?.shown
      const found = step({ ...facts, prompt })
      if (found !== expected) wrong.push(`${prompt.join(' ')} ${JSON.stringify(words)}: ${found}, not ${expected}`)
    }
  }

  expect(wrong.slice(0, 10)).toEqual([])
  expect(combinations).toBe(783_360)
  expect(rules.filter((rule) => !deciding.has(rule))).toEqual([])
})

// biome-ignore format: a table
const AGES: readonly (readonly [number, readonly Prompt[], keyof typeof FACTS.who, string])[] = [
  [100, [], 'BEFORE', 'respond'], [99, [], 'BEFORE', 'login'], [0, [], 'BEFORE', 'login'], [0, [], 'HERE', 'respond'], [1, [], 'HERE', 'respond'],
  [99, ['none'], 'BEFORE', 'login_required'], [100, ['none'], 'BEFORE', 'respond'], [0, ['none'], 'BEFORE', 'login_required'],
]

test.each(AGES)('max_age %i, prompt %j, %s: %s', (maxAge, prompt, who, expected) => {
  expect(step({ maxAge, prompt, ...FACTS.who[who] })).toBe(expected)
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

function step(facts: Partial<Facts>): string {
  const next = nextStep({ prompt: [], consent: 'known', factors: 'complete', now: NOW, ...facts })
  return next.kind === 'error' ? next.code : next.kind
}

function* combinationsOf([name, ...others]: readonly Fact[]): Generator<
  readonly [Readonly<Partial<Record<Fact, string>>>, Partial<Facts>]
> {
  if (name === undefined) return yield [{}, {}]
  for (const [words, facts] of combinationsOf(others))
    for (const [word, fact] of Object.entries(FACTS[name]))
      yield [
        { ...words, [name]: word },
        { ...facts, ...fact },
      ]
}

function fitsPrompt(pattern: string | undefined, prompt: readonly Prompt[]): boolean {
  if (pattern === undefined) return true
  return pattern === '!none' ? !prompt.includes('none') : prompt.some((one) => pattern.split('|').includes(one))
}

function subsets([one, ...others]: readonly Prompt[]): readonly (readonly Prompt[])[] {
  return one === undefined ? [[]] : subsets(others).flatMap((some) => [some, [one, ...some]])
}
