import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { openSqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import type { Mail, Once } from '@gatehouse/ports/mailer.ts'
import { openStores } from '@gatehouse/store/stores.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openCarrier, type Wire } from './carrier.ts'

const LEASE = 10_000
const sent: string[] = []
let folder = ''
let now = 0
let close = () => {}
/** What the wire does with a message before it is sent. */
let onTheWire: (id: string) => Promise<void> | void = () => {}
let carrier: Wire

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-carrier-'))
  now = Date.UTC(2026, 0, 5, 9)
  sent.length = 0
  onTheWire = () => {}
  const clock = { now: () => now }
  const opened = openSqliteTable({ file: join(folder, 'house.db'), clock })
  close = opened.close
  const send = async ({ id, tenant }: { id: string; tenant: string }) => {
    await onTheWire(id)
    sent.push(`${tenant} ${id}`)
  }
  carrier = openCarrier(
    { stores: openStores({ table: opened.table, clock, random: systemRandom }), leaseMilliseconds: LEASE, log: { write: () => {} } },
    { mailer: { send }, texter: { send } },
  )
})
afterEach(() => {
  close()
  rmSync(folder, { recursive: true })
})

function mail(id: string, once: Once = 'at_least', tenant = 'main'): Mail {
  return {
    id,
    once,
    to: 'jo@example.org',
    from: 'a@b.example',
    subject: 'S',
    html: 'S',
    text: 'S',
    locale: 'en',
    tenant,
    template: 'welcome',
  }
}

describe.each(['at_least', 'at_most'] as const)('%s once', (once) => {
  test('a message that is brought again is not sent again', async () => {
    for (let times = 0; times < 3; times++) await carrier.mailer.send(mail('msg_1', once))

    expect(sent).toEqual(['main msg_1'])
  })

  test('fifty deliveries of one message at the same moment send it once', async () => {
    await Promise.allSettled(Array.from({ length: 50 }, () => carrier.mailer.send(mail('msg_1', once))))

    expect(sent).toEqual(['main msg_1'])
  })

  test('the same id at another tenant is another message', async () => {
    for (const tenant of ['main', 'acme']) await carrier.mailer.send(mail('msg_1', once, tenant))

    expect(sent).toEqual(['main msg_1', 'acme msg_1'])
  })
})

test('a text message goes the same way', async () => {
  const { subject, html, from, ...text } = mail('msg_1')

  for (let times = 0; times < 2; times++) await carrier.texter.send({ ...text, to: '+4915100000001' })

  expect(sent).toEqual(['main msg_1'])
})

test('what the wire refused is sent by the next delivery, at once', async () => {
  onTheWire = () => Promise.reject(new Error('throttled'))
  await expect(carrier.mailer.send(mail('msg_1'))).rejects.toThrow('throttled')
  onTheWire = () => {}

  await carrier.mailer.send(mail('msg_1'))

  expect(sent).toEqual(['main msg_1'])
})

test('a one-time code that the wire refused is not tried again: nobody knows whether it left', async () => {
  onTheWire = () => Promise.reject(new Error('timed out'))
  await expect(carrier.mailer.send(mail('msg_1', 'at_most'))).rejects.toThrow('timed out')
  onTheWire = () => {}

  await carrier.mailer.send(mail('msg_1', 'at_most'))

  expect(sent).toEqual([])
})

test('a message whose sender died is due again when its claim has ended; a one-time code is not', async () => {
  onTheWire = () => new Promise(() => {})
  for (const once of ['at_least', 'at_most'] as const) void carrier.mailer.send(mail(`msg_${once}`, once))
  await new Promise((resolve) => setTimeout(resolve, 50))
  onTheWire = () => {}

  await expect(carrier.mailer.send(mail('msg_at_least'))).rejects.toMatchObject({ code: 'unavailable' })
  now += LEASE
  await carrier.mailer.send(mail('msg_at_least'))
  await carrier.mailer.send(mail('msg_at_most', 'at_most'))

  expect(sent).toEqual(['main msg_at_least'])
})

test('a slow sender whose claim has ended does not give away the claim of the next', async () => {
  let fail = (_: Error) => {}
  onTheWire = () =>
    new Promise((_, reject) => {
      fail = reject
    })
  const slow = carrier.mailer.send(mail('msg_1'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  now += LEASE
  const failSlow = fail
  void carrier.mailer.send(mail('msg_1'))
  await new Promise((resolve) => setTimeout(resolve, 50))

  failSlow(new Error('gave up'))
  await expect(slow).rejects.toThrow('gave up')

  await expect(carrier.mailer.send(mail('msg_1'))).rejects.toMatchObject({ code: 'unavailable' })
})
