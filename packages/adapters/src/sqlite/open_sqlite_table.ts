/** The Table and its Stream in one SQLite file: durable when a promise resolves, for one process at a time. */
import { dirname } from 'node:path'
import { backup } from 'node:sqlite'
import { readUnits } from '@gatehouse/core/units.ts'
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { Stream } from '@gatehouse/ports/stream.ts'
import type { Table } from '@gatehouse/ports/table.ts'
import { isConditional, newAttempt, updateCarriesAttempt } from '../table/attempt.ts'
import { checkKey } from '../table/limits.ts'
import { openCommitQueue } from './commit_queue.ts'
import { openDatabase } from './database.ts'
import { openSweeper } from './expiry.ts'
import { lockDataDirectory } from './lock.ts'
import { openQuery } from './query.ts'
import { openRecentRows } from './recent_rows.ts'
import { openRows } from './rows.ts'
import { tableFailure } from './sqlite_error.ts'
import { openStream } from './stream.ts'
import { planPut, planRemove, planTransaction, planUpdate, run } from './writes.ts'

export type SqliteTableOptions = {
  /** Its directory is made where it is missing, and locked: `DataDirectoryInUse` is thrown where another process has it. */
  readonly file: string
  readonly clock: Clock
  /** Told of a sweep that failed; the next one tries again. Default: a process warning. */
  readonly onSweepFailure?: (error: unknown) => void
}

export type SqliteTable = {
  readonly table: Table
  readonly stream: Stream
  /** Deletes one piece of what expired; says whether more may be due. Runs by itself, too. */
  sweep(): Promise<boolean>
  /** A consistent copy, while the house goes on working. */
  backup(file: string): Promise<void>
  close(): void
}

export function openSqliteTable({ file, clock, onSweepFailure = warn }: SqliteTableOptions): SqliteTable {
  const lock = lockDataDirectory(dirname(file))
  const database = openLocked(file, lock)
  const queue = openCommitQueue(database)
  const recent = openRecentRows()
  queue.onUndone(recent.forgetAll)
  const rows = openRows(database, recent)
  const query = openQuery(database)
  const { stream, sink, wakeAll } = openStream(database, queue, clock)
  const sweeper = openSweeper(database, queue, clock, { onDeleted: recent.forget, onFailure: onSweepFailure })

  const table: Table = {
    async get(key, options) {
      checkKey(key)
      const found = reading(() => rows.read(key))
      return { item: found?.item, units: readUnits(found?.bytes ?? 0, options?.consistent === true) }
    },
    async query(wanted) {
      return reading(() => query(wanted))
    },
    async put(item, condition) {
      const planned = planPut(rows, sink, item, condition, isConditional(condition) ? newAttempt() : undefined)
      return queue.enqueue(() => run(planned))
    },
    async update(key, change, condition) {
      const planned = planUpdate(rows, sink, key, change, condition, updateCarriesAttempt(change, condition) ? newAttempt() : undefined)
      return queue.enqueue(() => run(planned))
    },
    async remove(key, condition) {
      const planned = planRemove(rows, key, condition)
      return queue.enqueue(() => run(planned))
    },
    async transact(writes) {
      return queue.enqueue(planTransaction(rows, sink, writes))
    },
  }

  return {
    table,
    stream,
    sweep: sweeper.sweep,
    async backup(copy) {
      await backup(database, copy)
    },
    close() {
      sweeper.stop()
      queue.close()
      wakeAll()
      database.close()
      lock.release()
    },
  }
}

function openLocked(file: string, lock: { release(): void }) {
  try {
    return openDatabase(file)
  } catch (error) {
    lock.release()
    throw error
  }
}

function reading<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw tableFailure(error)
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), { code: 'GATEHOUSE_SWEEP_FAILED' })
}
