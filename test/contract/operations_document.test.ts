/** docs/operations.md has a section for every alarm of the plan, and none for an alarm that is not there. */
import { readFileSync } from 'node:fs'
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
