import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@gatehouse/adapters/clock/system.ts'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { openSqliteTable, type SqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import { openCarrier } from '@gatehouse/messaging/carrier.ts'
import type { Mail } from '@gatehouse/ports/mailer.ts'
import { openStores } from '@gatehouse/store/stores.ts'
import { openConfigurationCache } from '@gatehouse/store/tenant_context.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DeliverOptions, deliverBatch } from './deliver_batch.ts'

const silent = { write() {} }
let directory = ''
let sqlite: SqliteTable
let wire: string[] = []
let refuses: ReadonlySet<string> = new Set()
let on: DeliverOptions

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-deliver-'))
  sqlite = openSqliteTable({ file: join(directory, 'house.sqlite'), clock: systemClock })
  wire = []
  refuses = new Set()
  const send = async ({ id }: { id: string }) => {
    wire.push(id)
    if (refuses.has(id)) throw new Error('refused')
  }
  const stores = openStores({ table: sqlite.table, clock: systemClock, random: systemRandom })
  const carrier = openCarrier(
    { stores, cache: openConfigurationCache(systemClock), log: silent, leaseMilliseconds: 40_000, textCountries: [] },
    { mailer: { send }, texter: { send } },
  )
  on = { ...carrier, log: silent, feedback: async () => {} }
})

afterEach(() => {
  sqlite.close()
  rmSync(directory, { recursive: true })
})

function entry(id: string, once: Mail['once'] = 'at_least'): { messageId: string; body: string } {
  const mail: Mail = {
    id,
    once,
    to: 'a@example.com',
    from: 'b@example.com',
    subject: 's',
    html: 'h',
    text: 't',
    locale: 'en',
    tenant: 'main',
    template: 'x',
  }
  return { messageId: `entry of ${id}`, body: JSON.stringify({ ...mail, channel: 'mail' }) }
}

test('a batch that comes twice goes out once', async () => {
  const batch = { Records: [entry('msg_1'), entry('msg_2', 'at_most')] }

  const results = [await deliverBatch(on, batch), await deliverBatch(on, batch)]

  expect(wire.toSorted()).toEqual(['msg_1', 'msg_2'])
  expect(results).toEqual(Array(2).fill({ batchItemFailures: [] }))
})

test('at the same moment, too: who comes second brings it back later, or not at all', async () => {
  const batch = { Records: [entry('msg_1'), entry('msg_2', 'at_most')] }

  await Promise.all([deliverBatch(on, batch), deliverBatch(on, batch)])
  const again = await deliverBatch(on, batch)

  expect(wire.toSorted()).toEqual(['msg_1', 'msg_2'])
  expect(again).toEqual({ batchItemFailures: [] })
})

test('what the wire refuses is brought again, and only that', async () => {
  const batch = { Records: [entry('msg_1'), entry('msg_2'), entry('msg_3')] }
  refuses = new Set(['msg_2'])

  const first = await deliverBatch(on, batch)
  refuses = new Set()
  const second = await deliverBatch(on, { Records: [entry('msg_2')] })

  expect(first).toEqual({ batchItemFailures: [{ itemIdentifier: 'entry of msg_2' }] })
  expect(second).toEqual({ batchItemFailures: [] })
  expect(wire.filter((id) => id === 'msg_2')).toHaveLength(2)
})

test('a one-time code that the wire refused is not tried again: the person asks for another', async () => {
  const batch = { Records: [entry('msg_1', 'at_most')] }
  refuses = new Set(['msg_1'])

  await deliverBatch(on, batch)
  await deliverBatch(on, batch)

  expect(wire).toEqual(['msg_1'])
})

test.each(['no JSON', '{}', '{"channel":"fax"}', '{"channel":"mail"}', 'null', '[]'])(
  'an entry that is no message fails by itself: %s',
  async (body) => {
    const result = await deliverBatch(on, { Records: [{ messageId: 'poisoned', body }, entry('msg_1')] })

    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'poisoned' }] })
    expect(wire).toEqual(['msg_1'])
  },
)
