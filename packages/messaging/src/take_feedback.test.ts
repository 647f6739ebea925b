import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { openSqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import type { MailFeedback, MailOutcome } from '@gatehouse/core/mail_mark.ts'
import type { Mail } from '@gatehouse/ports/mailer.ts'
import type { Stream } from '@gatehouse/ports/stream.ts'
import { openStores, type Stores } from '@gatehouse/store/stores.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openCarrier, type Wire } from './carrier.ts'
import { takeFeedback } from './take_feedback.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 0, 5, 9)
let folder = ''
let now = 0
let stores: Stores
let stream: Stream
let carrier: Wire
let close = () => {}
let ids = 0
let sent: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-feedback-'))
  now = START
  sent = []
  const clock = { now: () => now }
  const opened = openSqliteTable({ file: join(folder, 'house.db'), clock })
  close = opened.close
  stream = opened.stream
  stores = openStores({ table: opened.table, clock, random: systemRandom })
  carrier = openCarrier(
    { stores, leaseMilliseconds: 1000, log: { write: () => {} } },
    { mailer: { send: async ({ tenant, to }) => void sent.push(`${tenant} ${to}`) }, texter: { send: async () => {} } },
  )
})
afterEach(() => {
  close()
  rmSync(folder, { recursive: true })
})

const told = (outcome: MailOutcome, at = now, tenant = 'main'): Promise<void> =>
  takeFeedback(stores, { tenant, address: 'jo@example.org', outcome, at } satisfies MailFeedback)

async function isWrittenTo(to = 'jo@example.org', tenant = 'main'): Promise<boolean> {
  const before = sent.length
  const mail: Mail = {
    id: `msg_${++ids}`,
    once: 'at_least',
    to,
    tenant,
    from: 'a@b.c',
    subject: '',
    html: '',
    text: '',
    locale: 'en',
    template: 'welcome',
  }
  await carrier.mailer.send(mail)
  return sent.length > before
}

async function events(): Promise<{ kind: string; data?: Record<string, unknown> }[]> {
  return (await stream.read(100)).map(({ event }) => event as never)
}

test('an address that mail came back from is not written to, however it is spelled; at another tenant it is', async () => {
  await told('bounced')
  now += 100 * 24 * HOUR

  expect([await isWrittenTo(), await isWrittenTo(' JO@Example.org '.trim()), await isWrittenTo('jo@example.org', 'acme')]).toEqual([
    false,
    false,
    true,
  ])
})

test('the refusal is recorded, once per message, and tells nothing of the address', async () => {
  await told('complained')
  const mail: Mail = {
    id: 'msg_again',
    once: 'at_least',
    to: 'jo@example.org',
    tenant: 'main',
    from: 'a@b.c',
    subject: '',
    html: '',
    text: '',
    locale: 'en',
    template: 'welcome',
  }

  for (let times = 0; times < 3; times++) await carrier.mailer.send(mail)

  const [marked, refused, ...others] = await events()
  expect(marked).toMatchObject({ kind: 'mail.marked', data: { reason: 'complained', permanent: true } })
  expect(refused).toMatchObject({ kind: 'mail.refused', data: { message: 'msg_again', template: 'welcome', because: 'complained' } })
  expect(others).toEqual([])
  expect(JSON.stringify([marked, refused])).not.toContain('jo@')
})

test('a full mailbox is tried again after six hours, or as soon as a mail arrives there', async () => {
  await told('bounced_for_now')
  expect(await isWrittenTo()).toBe(false)
  now += 6 * HOUR
  expect(await isWrittenTo()).toBe(true)

  await told('bounced_for_now')
  expect(await isWrittenTo()).toBe(false)
  await told('delivered', now + 1)
  expect(await isWrittenTo()).toBe(true)
})

test('a mail that arrived does not excuse a mailbox that is gone, nor a complaint', async () => {
  await told('bounced')
  await told('delivered', now + 1)

  expect(await isWrittenTo()).toBe(false)
})

test('feedback in the wrong order: what is newer, or lasting, stands', async () => {
  await told('bounced')
  await told('bounced_for_now', now + 1)
  now += 7 * HOUR
  expect(await isWrittenTo()).toBe(false)

  await told('complained', now)
  await told('bounced', now - HOUR)
  expect(await stores.forTenant('main').mailMarks.find('jo@example.org')).toMatchObject({ reason: 'complained' })
})

test('a mark that an administrator took away does not come back with old feedback, but with new', async () => {
  const { mailMarks } = stores.forTenant('main')
  await told('bounced', START)
  now += HOUR

  expect([await mailMarks.lift('jo@example.org', {}), await mailMarks.lift('jo@example.org', {})]).toEqual([true, false])
  await told('bounced', START)
  await told('bounced', START + 1)
  expect(await isWrittenTo()).toBe(true)
  await told('bounced', now + 1)
  expect(await isWrittenTo()).toBe(false)
})

test('whoever proved the address is named in the record', async () => {
  await stores.forTenant('main').verifiedEmails.claim('jo@example.org', { kind: 'user', userId: 'usr_jojojojojo' })

  await told('bounced')

  expect(await events()).toMatchObject([{ kind: 'mail.marked', userId: 'usr_jojojojojo' }])
})
