/**
 * Group commit: the writes that arrive within one turn of the event loop share one transaction and one fsync; where the last commit carried several, others
 * are at work and a moment is waited for theirs. Who writes alone waits for nobody. No promise settles before the fsync, a refused condition
 * included, since what refused it may be part of the same commit.
 */
import type { DatabaseSync } from 'node:sqlite'
import { isSqliteError, tableFailure } from './sqlite_error.ts'

/** Must not have written anything when it throws: it plans first, then writes. Errors of SQLite itself undo and fail the whole commit. */
type Job<Result> = () => Result

type Waiting = { readonly run: () => () => void; readonly reject: (error: unknown) => void }

const GATHER_MILLISECONDS = 1

export type CommitQueue = {
  enqueue<Result>(job: Job<Result>): Promise<Result>
  /** Called when a commit was undone: what is kept in memory beside the file must forget what it was told meanwhile. */
  onUndone(forget: () => void): void
  /** Commits what waits and refuses what comes later. */
  close(): void
}

export function openCommitQueue(database: DatabaseSync): CommitQueue {
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const forgetting: (() => void)[] = []
  let waiting: Waiting[] = []
  let closed = false
  /** The last commit carried several writes. */
  let busy = false

  function flush(): void {
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    busy = batch.length > 1
    let settle: (() => void)[]
    try {
      begin.run()
      settle = batch.map((job) => job.run())
      commit.run()
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      for (const forget of forgetting) forget()
      for (const job of batch) job.reject(tableFailure(error))
      return
    }
    for (const done of settle) done()
  }

  return {
    enqueue(job) {
      if (closed) return Promise.reject(new Error('The table is closed.'))
      return new Promise((resolve, reject) => {
        if (waiting.length === 0 && busy) setTimeout(flush, GATHER_MILLISECONDS)
        else if (waiting.length === 0) setImmediate(flush)
        waiting.push({ reject, run: () => settled(job, resolve, reject) })
      })
    },
    onUndone: (forget) => void forgetting.push(forget),
    close() {
      closed = true
      flush()
    },
  }
}

function settled<Result>(job: Job<Result>, resolve: (result: Result) => void, reject: (error: unknown) => void): () => void {
  try {
    const result = job()
    return () => resolve(result)
  } catch (error) {
    if (isSqliteError(error)) throw error
    return () => reject(error)
  }
}
