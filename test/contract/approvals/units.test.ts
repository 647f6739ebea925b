/** What a whole registration with two approvals costs, by DynamoDB's rules. The table in docs/approvals.md states these numbers. */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { decide } from '@gatehouse/workflow/decide.ts'
import { expect, test } from 'vitest'
import { openHouse } from './house.ts'

test('a registration with two approvals costs what docs/approvals.md states', async () => {
  const house = await openHouse()
  const rows: Record<string, { read: number; write: number }> = {}
  const measured = async (name: string, act: () => Promise<unknown>) => {
    const before = { ...house.meter }
    await act()
    rows[name] = { read: house.meter.read - before.read, write: house.meter.write - before.write }
  }
  /** The relay writes one audit item for each audited event; the workflow's tasks run meanwhile. */
  const followed = async (until: () => Promise<boolean>) => {
    const events = await house.deliver(1)
    await house.until(until, 'the engine has followed')
    // Its last read may still be on its way, and a busy machine in no hurry.
    for (let [read, quiet] = [-1, 0]; quiet < 6; await pause(50)) {
      quiet = read === house.meter.read ? quiet + 1 : 0
      read = house.meter.read
    }
    house.meter.write += events.filter((event) => event.audited).length
  }
  const waits = (id: `req_${string}`, level: number) => async () => {
    const { item } = await house.table.get({ pk: `t#main#req#${id}`, sk: `TOK#${level}` })
    return item !== undefined
  }

  let id: `req_${string}` = 'req_'
  await measured('The visitor registers', async () => (id = await house.register('kim')))
  await measured('The relay audits, the workflow waits for level 1', () => followed(waits(id, 0)))
  await measured('Alex approves', () => decide(house.as(house.alex), { requestId: id, level: 0, verdict: 'approve' }))
  await measured('The relay audits, the workflow waits for level 2', () => followed(waits(id, 1)))
  await measured('Cameron approves: the account exists', () =>
    decide(house.as(house.cameron), { requestId: id, level: 1, verdict: 'approve' }),
  )
  await measured('The relay audits, the workflow ends', () => followed(async () => house.workflow().running() === 0))
  const sum = Object.values(rows).reduce((all, one) => ({ read: all.read + one.read, write: all.write + one.write }))

  const stated = readFileSync(new URL('../../../docs/approvals.md', import.meta.url), 'utf8')
  const table = [...Object.entries(rows), ['**Together**', sum] as const].map(
    ([name, { read, write }]) => `| ${name} | ${read} | ${write} |`,
  )
  for (const row of table) expect(stated, table.join('\n')).toContain(row)
})
