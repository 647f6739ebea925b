import { describe, expect, test } from 'vitest'
import { DEFAULT_TEXT_POLICY, decideText } from './text_policy.ts'

const NUMBER = '+491701234567'

test('a number, its neighbours, its country and the tenant are counted, by hour and by day', () => {
  const decision = decideText(NUMBER, DEFAULT_TEXT_POLICY, 'every')

  expect(decision.kind === 'counted' && decision.counts.map(({ who, windowSeconds }) => [who, windowSeconds])).toEqual([
    [NUMBER, 3600],
    [NUMBER, 86_400],
    ['+491701234', 3600],
    ['+491701234', 86_400],
    ['DE', 3600],
    ['DE', 86_400],
    ['', 3600],
    ['', 86_400],
  ])
})

describe('countries', () => {
  test.each([
    ['the house and the tenant leave all open', undefined, 'every', 'counted'],
    ['both name it', ['DE', 'AT'], ['DE'], 'counted'],
    ['the house does not name it, whatever the tenant says', ['DE'], ['AT'], 'refused'],
    ['the tenant does not name it', ['AT'], ['AT', 'DE'], 'refused'],
    ['the house names none', undefined, [], 'refused'],
    ['the tenant names none', [], 'every', 'refused'],
  ] as const)('%s: %s', (_what, countries, house, kind) => {
    expect(decideText(NUMBER, { ...DEFAULT_TEXT_POLICY, ...(countries ? { countries } : {}) }, house).kind).toBe(kind)
  })
})

test('a limit of 0 is none at all', () => {
  expect(decideText(NUMBER, { ...DEFAULT_TEXT_POLICY, perTenant: { hour: 0, day: 10 } }, 'every')).toEqual({
    kind: 'refused',
    because: 'too_many_per_tenant',
  })
})
