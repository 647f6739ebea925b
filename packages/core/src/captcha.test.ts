import { expect, test } from 'vitest'
import { captchaOn, DEFAULT_CAPTCHA, hasZeroBits, isCaptchaDue } from './captcha.ts'

const BY_RISK = { when: 'by_risk' } as const

test.each([
  ['nothing is known', {}, false],
  ['two tries of the name failed', { nameFailures: 2 }, false],
  ['three tries of the name failed', { nameFailures: 3 }, true],
  ['nine of the network failed', { networkFailures: 9 }, false],
  ['ten of the network failed', { networkFailures: 10 }, true],
  ['ten of a crowd failed', { networkFailures: 10, crowd: true }, false],
  ['two hundred of a crowd failed', { networkFailures: 200, crowd: true }, true],
] as const)('by risk, when %s', (_, facts, due) => {
  expect(isCaptchaDue(BY_RISK, facts)).toBe(due)
})

test.each([
  ['medium', 'low', false],
  ['medium', 'medium', true],
  ['medium', 'high', true],
  ['high', 'medium', false],
  ['high', 'high', true],
  [undefined, 'high', false],
] as const)('where the policy names %s, a request of level %s is asked: %s', (risk, level, due) => {
  expect(isCaptchaDue(risk === undefined ? BY_RISK : { ...BY_RISK, risk }, { level })).toBe(due)
  expect(isCaptchaDue({ when: 'never', ...(risk === undefined ? {} : { risk }) }, { level })).toBe(false)
})

test('always is always, never is never, and a form that is not named asks for none', () => {
  const policy = { ...DEFAULT_CAPTCHA, provider: 'proof_of_work', when: 'always', forms: ['sign_up'] } as const

  expect(isCaptchaDue({ when: 'always' }, {})).toBe(true)
  expect(isCaptchaDue({ when: 'never' }, { nameFailures: 100 })).toBe(false)
  expect(captchaOn(policy, 'sign_up')).toBe(policy)
  expect(captchaOn(policy, 'sign_in')).toBeUndefined()
  expect(captchaOn({ ...policy, when: 'never' }, 'sign_up')).toBeUndefined()
  expect(captchaOn(undefined, 'sign_up')).toBeUndefined()
})

test('leading zero bits are counted across bytes', () => {
  expect(hasZeroBits(Uint8Array.of(0, 0x0f, 0xff), 12)).toBe(true)
  expect(hasZeroBits(Uint8Array.of(0, 0x0f, 0xff), 13)).toBe(false)
  expect(hasZeroBits(Uint8Array.of(0, 0, 0xff), 16)).toBe(true)
  expect(hasZeroBits(Uint8Array.of(0, 1, 0xff), 16)).toBe(false)
})
