import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Outbox, type OutboxMessage, openOutbox } from './open_outbox.ts'

const ONCE = { once: 'at_least' } as const
const MAIL = {
  ...ONCE,
  from: 'house@example.org',
  subject: 'S',
  html: '<p>S</p>',
  text: 'S',
  locale: 'en',
  tenant: 'main',
  template: 'welcome',
}
const TEXT = { ...ONCE, text: 'Code 123456', locale: 'en', tenant: 'main', template: 'one_time_password' }
let directory = ''
let outbox: Outbox
let now = 1000

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-outbox-'))
  outbox = open()
})

afterEach(() => {
  outbox.close()
  rmSync(directory, { recursive: true })
})

function open(): Outbox {
  return openOutbox({ file: join(directory, 'data', 'outbox.sqlite'), clock: { now: () => now++ } })
}

test('what was sent is listed newest first, and read by its id', async () => {
  await outbox.mailer.send({ ...MAIL, id: 'msg_1', to: 'alex@example.org' })
  await outbox.texter.send({ ...TEXT, id: 'msg_2', to: '+4912345' })

  const { messages, cursor } = outbox.list({ limit: 10 })

  expect(messages.map((message) => [message.kind, message.to])).toEqual([
    ['text', '+4912345'],
    ['mail', 'alex@example.org'],
  ])
  expect(cursor).toBeUndefined()
  expect(messages[0]?.sentAt).toBeGreaterThan(messages[1]?.sentAt ?? Number.POSITIVE_INFINITY)
  expect(outbox.read(messages[1]?.id ?? '')).toMatchObject({ ...MAIL, to: 'alex@example.org' })
  expect(outbox.read('no such id')).toBeUndefined()
})

test('a long list has pages, and a filter on the receiver', async () => {
  for (const [index, to] of ['a@example.org', 'b@example.org', 'A@example.org', 'b@example.org', 'a@example.org'].entries())
    await outbox.mailer.send({ ...MAIL, id: `msg_${index}`, to })

  const first = outbox.list({ limit: 2, to: 'a@example.org' })
  const second = outbox.list({ limit: 2, to: 'a@example.org', cursor: first.cursor })

  expect(first.messages.map((message) => message.to)).toEqual(['a@example.org', 'A@example.org'])
  expect(second.messages.map((message) => message.to)).toEqual(['a@example.org'])
  expect(second.cursor).toBeUndefined()
  expect(outbox.receivers()).toHaveLength(2)
  expect(outbox.list({ limit: 5, cursor: 'nonsense' }).messages).toHaveLength(5)
})

test('messages outlive a restart, until they are cleared', async () => {
  await outbox.texter.send({ ...TEXT, id: 'msg_1', to: '+49' })
  outbox.close()

  outbox = open()
  const before = outbox.list({ limit: 1 }).messages
  outbox.clear()

  expect(before).toHaveLength(1)
  expect(outbox.list({ limit: 1 }).messages).toEqual([])
})

test('a listener hears of each message until it stops', async () => {
  const heard: OutboxMessage[] = []
  const stop = outbox.onMessage((message) => heard.push(message))

  await outbox.texter.send({ ...TEXT, id: 'msg_1', to: '+1' })
  stop()
  await outbox.texter.send({ ...TEXT, id: 'msg_2', to: '+2' })

  expect(heard).toEqual([expect.objectContaining({ kind: 'text', to: '+1', text: 'Code 123456' })])
})

test('a message that is sent twice is kept, and heard of, once', async () => {
  const heard: OutboxMessage[] = []
  outbox.onMessage((message) => heard.push(message))

  await outbox.mailer.send({ ...MAIL, id: 'msg_1', to: 'alex@example.org' })
  await outbox.mailer.send({ ...MAIL, id: 'msg_1', to: 'alex@example.org' })

  expect(outbox.list({ limit: 10 }).messages).toHaveLength(1)
  expect(heard).toHaveLength(1)
})

test('the file is private: it holds links that sign people in', () => {
  expect(statSync(join(directory, 'data', 'outbox.sqlite')).mode & 0o077).toBe(0)
})
