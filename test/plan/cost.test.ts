import { expect, test } from 'vitest'
import { idleCost } from '../../infra/plan/idle_cost.ts'
import { costOf, PRICES, READ_ON } from '../../infra/prices.ts'
import { describePlans } from './plans.ts'

describePlans('a month in which nobody comes', (plans) => {
  test('costs a person at most 20 cents for a stage of their own', () => {
    expect(idleCost(plans.personal).dollars).toBeLessThanOrEqual(0.2)
  })

  test.each(['staging', 'production', 'production_with_domain'] as const)('costs at most three dollars in %s', (stage) => {
    expect(idleCost(plans[stage]).dollars).toBeLessThanOrEqual(3)
  })

  test('costs what the switches cost, once they are on', () => {
    const extra = new Set(idleCost(plans.everything_on).lines.map(({ price }) => price))

    expect(extra).toContain('waf_acls')
    expect(extra).toContain('lambda_provisioned_gigabyte_seconds')
    expect(idleCost(plans.everything_on).dollars).toBeGreaterThan(idleCost(plans.production).dollars + 10)
  })
})

test('a price is counted by its unit, above what is free', () => {
  expect(costOf('sqs_requests', 3_000_000)).toBeCloseTo(0.8)
  expect(costOf('sqs_requests', 3_000_000, { free: false })).toBeCloseTo(1.2)
  expect(costOf('sqs_requests', 900_000)).toBe(0)
})

test('every price says where it was read, and when', () => {
  for (const [name, price] of Object.entries(PRICES))
    expect(price.source, name).toMatch(/^https:\/\/aws\.amazon\.com\/[\w-]+\/(sms-)?pricing\//)
  expect(READ_ON).toMatch(/^\d{4}-\d\d-\d\d$/)
})
