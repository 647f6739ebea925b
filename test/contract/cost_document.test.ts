/** docs/cost.md says what the script computes, from units that are still true; and the goal is met. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { addUsage, cognitoBill, computeBill } from '../../infra/cost/bill.ts'
import { measure } from '../../infra/cost/measure.ts'
import { REGION, renderTables, withTables } from '../../infra/cost/render.ts'
import { type ActCost, billedMilliseconds, type Measured, relayBatch, usageOf } from '../../infra/cost/workload.ts'
import { ROOT } from '../house.ts'

const GOAL_DOLLARS = 45

const measured = JSON.parse(readFileSync(`${ROOT}/infra/cost/measured.json`, 'utf8')) as Measured
const document = readFileSync(`${ROOT}/docs/cost.md`, 'utf8')

test('the tables of docs/cost.md are those of the script: npm run cost', () => {
  expect(document).toBe(withTables(document, renderTables(measured)))
})

test('what the tables stand on is what the house takes today: npm run cost -- --measure', async () => {
  const today = await measure()

  for (const act of ['signIn', 'refresh'] as const) expect(unitsOf(today[act])).toEqual(unitsOf(measured[act]))
  expect(today.mail).toEqual(measured.mail)
  expect(today.relay.tableCalls).toBe(measured.relay.tableCalls)
  for (const [now, then] of pairsOfBytes(today, measured)) expect(Math.abs(now - then)).toBeLessThan(Math.max(200, then / 10))
})

/** To a tenth: how often earlier tries are settled within forty rounds is no constant. */
function unitsOf({ readUnits, writeUnits, events, requests }: ActCost) {
  return { read: Math.round(readUnits), write: writeUnits, events, functions: requests.map((request) => request.function) }
}

function pairsOfBytes(now: Measured, then: Measured): [number, number][] {
  const of = ({ signIn, refresh, userBytes }: Measured): number[] => [
    userBytes,
    ...[signIn, refresh].flatMap((act) => [act.lastingBytes, act.passingBytes, ...act.requests.map((request) => request.responseBytes)]),
  ]
  const [left, right] = [of(now), of(then)]
  return left.map((bytes, index) => [bytes, right[index] ?? 0])
}

test(`100,000 users cost at most $${GOAL_DOLLARS} a month`, () => {
  expect(computeBill(usageOf(100_000, measured), REGION).billed).toBeLessThanOrEqual(GOAL_DOLLARS)
})

test('an allowance is taken off once, and what is not used costs nothing', () => {
  const bill = computeBill(addUsage({ lambda_requests: 600_000 }, { lambda_requests: 900_000 }), 'us-east-1')

  expect(bill.lines).toHaveLength(1)
  expect(bill.list).toBeCloseTo(0.3)
  expect(bill.billed).toBeCloseTo(0.1)
  expect(computeBill({}, 'us-east-1')).toEqual({ lines: [], list: 0, billed: 0 })
})

test("Frankfurt's prices are its own where they differ", () => {
  expect(computeBill({ dynamodb_write_units: 1_000_000 }, 'eu-central-1').billed).toBeCloseTo(0.7625)
  expect(computeBill({ dynamodb_write_units: 1_000_000 }, 'us-east-1').billed).toBeCloseTo(0.625)
  expect(computeBill({ kms_keys: 1 }, 'eu-central-1').billed).toBe(1)
})

test("Cognito's steps are paid one after the other", () => {
  expect(cognitoBill(10_000, 'essentials')).toBe(0)
  expect(cognitoBill(100_000, 'essentials')).toBeCloseTo(1350)
  expect(cognitoBill(100_000, 'lite')).toBeCloseTo(495)
  expect(cognitoBill(1_000_000, 'lite')).toBeCloseTo(495 + 900_000 * 0.0046)
})

test('half the memory takes the processor twice as long; waiting does not', () => {
  expect(billedMilliseconds(1769, 10, 0)).toBe(20)
  expect(billedMilliseconds(884.5, 10, 0)).toBe(40)
  expect(billedMilliseconds(3538, 10, 0)).toBe(20)
  expect(billedMilliseconds(1769, 0, 10) - billedMilliseconds(1769, 0, 0)).toBe(40)
})

test('few events come one by one, many together, never more than a batch holds', () => {
  expect(relayBatch(10_000)).toBe(1)
  expect(relayBatch(46_000_000)).toBeGreaterThan(10)
  expect(relayBatch(1e12)).toBe(25)
})
