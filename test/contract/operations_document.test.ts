/** docs/operations.md has a section for every alarm of the plan, and none for an alarm that is not there. */
import { readFileSync } from 'node:fs'
import { ACCOUNT_CHECKS } from '@gatehouse/stage/doctor/account_checks.ts'
import { STAGE_CHECKS } from '@gatehouse/stage/doctor/stage_checks.ts'
import { expect, test } from 'vitest'
import { AS_DEPLOYED } from '../../infra/cost/workload.ts'
import { ROOT } from '../house.ts'

const alarms = [...readFileSync(`${ROOT}/infra/plan/snapshots/production.txt`, 'utf8').matchAll(/MetricAlarm Alarm (\S+)/g)].map(
  ([, name = '']) => name,
)
const document = readFileSync(`${ROOT}/docs/operations.md`, 'utf8')
const sections = [...document.slice(document.indexOf('\n## Alarms\n'), document.indexOf('\n## Door secret\n')).matchAll(/^### (.+)$/gm)]

test('every alarm has its section, with something to do', () => {
  expect(alarms.length).toBeGreaterThan(10)
  expect(sections.flatMap(([, names = '']) => names.split(', ')).sort()).toEqual([...alarms].sort())
})

test('the cost of a month counts as many alarms as there are', () => {
  expect(AS_DEPLOYED.alarms).toBe(alarms.length)
})

test('the rights that the doctor needs are all named', () => {
  const asked = [...ACCOUNT_CHECKS, ...STAGE_CHECKS].flatMap((check) => check.asked.match(/\b[a-z]+:[A-Z]\w+/g) ?? [])

  expect(asked.length).toBeGreaterThan(12)
  for (const right of asked) expect(document).toContain(`\`${right}\``)
})
