/** Mails and text messages of a house without a post office: kept in a file of their own, for the dev inbox to show. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { Mail, Mailer } from '@gatehouse/ports/mailer.ts'
import type { Texter, TextMessage } from '@gatehouse/ports/texter.ts'
import { makePrivate } from '../sqlite/database.ts'

export type OutboxMessage = { readonly sentAt: number } & (({ readonly kind: 'mail' } & Mail) | ({ readonly kind: 'text' } & TextMessage))

export type OutboxPage = {
  /** Newest first. */
  readonly messages: readonly OutboxMessage[]
  /** To the older ones; undefined: there are none. */
  readonly cursor: string | undefined
}

export type OutboxQuery = {
  /** 1 to 200. */
  readonly limit: number
  readonly cursor?: string
  /** Only what was sent to this address or number; letters of either case. */
  readonly to?: string
}

export type Outbox = {
  readonly mailer: Mailer
  readonly texter: Texter
  list(query: OutboxQuery): OutboxPage
  read(id: string): OutboxMessage | undefined
  /** Everyone who was sent something, in alphabetical order. */
  receivers(): readonly string[]
  clear(): void
  /** Calls back after each message; returns how to stop. */
  onMessage(listener: (message: OutboxMessage) => void): () => void
  close(): void
}

export type OutboxOptions = { readonly file: string; readonly clock: Clock }

type Row = { readonly position: number; readonly message: string }

const MAXIMUM_PAGE = 200

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS messages (
    position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, receiver TEXT NOT NULL COLLATE NOCASE, message TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS messages_receiver ON messages (receiver, position);
`

/** A message is on the disk when `send` resolves. One that comes again, known by its id, is kept once. */
export function openOutbox({ file, clock }: OutboxOptions): Outbox {
  const database = openFile(file)
  const insert = database.prepare('INSERT INTO messages (id, receiver, message) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING')
  const one = database.prepare('SELECT position, message FROM messages WHERE id = ?')
  const page = database.prepare('SELECT position, message FROM messages WHERE position < ? ORDER BY position DESC LIMIT ?')
  const pageTo = database.prepare(
    'SELECT position, message FROM messages WHERE position < ? AND receiver = ? ORDER BY position DESC LIMIT ?',
  )
  const everyone = database.prepare('SELECT DISTINCT receiver FROM messages ORDER BY receiver')
  const listeners = new Set<(message: OutboxMessage) => void>()

  function keep(message: OutboxMessage): void {
    const { changes } = insert.run(message.id, message.to, JSON.stringify(message))
    if (changes === 0) return
    for (const listener of listeners) listener(message)
  }

  return {
    mailer: { send: async (mail) => keep({ ...mail, sentAt: clock.now(), kind: 'mail' }) },
    texter: { send: async (message) => keep({ ...message, sentAt: clock.now(), kind: 'text' }) },
    list({ limit, cursor, to }) {
      checkLimit(limit)
      const before = parseCursor(cursor)
      const rows = (to === undefined ? page.all(before, limit + 1) : pageTo.all(before, to, limit + 1)) as Row[]
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        messages: shown.map(messageOf),
        cursor: rows.length > limit && last !== undefined ? String(last.position) : undefined,
      }
    },
    read(id) {
      const row = one.get(id) as Row | undefined
      return row === undefined ? undefined : messageOf(row)
    },
    receivers: () => everyone.all().map((row) => String(row.receiver)),
    clear: () => database.exec('DELETE FROM messages'),
    onMessage(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => database.close(),
  }
}

function openFile(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  makePrivate(file)
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec(SCHEMA)
  return database
}

function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAXIMUM_PAGE)
    throw new TypeError(`The limit of a list is 1 to ${MAXIMUM_PAGE}, not ${limit}.`)
}

/** What is no cursor of ours begins at the newest: the page is for a developer's eyes, not a contract. */
function parseCursor(cursor: string | undefined): number {
  return cursor !== undefined && /^\d{1,15}$/.test(cursor) ? Number(cursor) : Number.MAX_SAFE_INTEGER
}

function messageOf({ message }: Row): OutboxMessage {
  return JSON.parse(message) as OutboxMessage
}
