/** What happened, kept in the same file and the same commit as the items, until the relay has committed its position. */
import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { Stream, StreamRecord } from '@gatehouse/ports/stream.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import { systemRandom } from '../random/system.ts'
import type { CommitQueue } from './commit_queue.ts'
import { openRecentRecords } from './recent_records.ts'
import type { EventSink } from './writes.ts'

type EventRow = readonly [position: number, id: string, writtenAt: number, event: string]

export type OpenStream = { readonly stream: Stream; readonly sink: EventSink; wakeAll(): void }

export function openStream(database: DatabaseSync, queue: CommitQueue, clock: Clock): OpenStream {
  const insert = database.prepare('INSERT INTO events (position, id, written_at, event) VALUES (?, ?, ?, ?)')
  const select = database.prepare('SELECT position, id, written_at, event FROM events WHERE position > ? ORDER BY position LIMIT ?', {
    returnArrays: true,
  })
  const drop = database.prepare('DELETE FROM events WHERE position <= ?')
  const advance = database.prepare(
    'INSERT INTO committed VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET position = max(position, excluded.position)',
  )
  /** Counted here: SQLite's AUTOINCREMENT would write one page more into every commit. */
  let written = lastPosition(database)
  const recent = openRecentRecords(written)
  queue.onUndone(() => recent.forgetUpTo(written))
  const sleepers = new Set<() => void>()
  /** Something was written behind what the last `read` returned: whoever asks to wait has not seen it. */
  let unread = false

  function wakeAll(): void {
    for (const wake of sleepers) wake()
  }

  return {
    wakeAll,
    sink(event) {
      written += 1
      // Drawn, not counted: a store that is restored from a backup gives new ids to new events.
      const [id, writtenAt] = [systemRandom.token(12), clock.now()]
      insert.run(written, id, writtenAt, JSON.stringify(event))
      recent.add(written, { position: String(written), id, writtenAt, event })
      unread = true
      // The commit that this write belongs to ends before the event loop turns.
      if (sleepers.size > 0) setImmediate(wakeAll)
    },
    stream: {
      async read(limit, after = '0') {
        const from = positionOf(after)
        const records = recent.behind(from, limit) ?? (select.all(from, limit) as unknown as EventRow[]).map(recordOf)
        unread = records.length === limit
        return records
      },
      async commit(position) {
        const last = positionOf(position)
        await queue.enqueue(() => {
          drop.run(last)
          advance.run(last)
        })
        recent.forgetUpTo(last)
      },
      wait(milliseconds) {
        if (unread) return Promise.resolve()
        return new Promise((resolve) => {
          const wake = () => {
            clearTimeout(timer)
            sleepers.delete(wake)
            resolve()
          }
          const timer = setTimeout(wake, milliseconds)
          sleepers.add(wake)
        })
      },
    },
  }
}

/** Also where all records are done and gone: no position is given twice. */
function lastPosition(database: DatabaseSync): number {
  const row = database
    .prepare('SELECT max(coalesce((SELECT max(position) FROM events), 0), coalesce((SELECT position FROM committed), 0)) AS last')
    .get()
  return Number(row?.last)
}

function positionOf(position: string): number {
  const found = Number(position)
  if (!Number.isSafeInteger(found)) throw new TypeError(`"${position}" is no position of this stream.`)
  return found
}

function recordOf([position, id, writtenAt, event]: EventRow): StreamRecord {
  return { position: String(position), id, writtenAt, event: JSON.parse(event) as Value }
}
