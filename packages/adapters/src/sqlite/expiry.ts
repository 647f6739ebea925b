/** Deletes what expired, a bounded piece at a time and late by design: readers compare `ttl` with the clock for themselves. */
import type { DatabaseSync } from 'node:sqlite'
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { Key } from '@gatehouse/ports/table.ts'
import type { CommitQueue } from './commit_queue.ts'

const PIECE = 200
const PAUSE_MILLISECONDS = 60_000
/** Between two pieces while more is due: requests come first. */
const BREATH_MILLISECONDS = 50

export type Sweeper = {
  /** One piece; says whether more may be due. */
  sweep(): Promise<boolean>
  stop(): void
}

export type SweeperOptions = {
  readonly onDeleted: (key: Key) => void
  readonly onFailure: (error: unknown) => void
}

export function openSweeper(database: DatabaseSync, queue: CommitQueue, clock: Clock, { onDeleted, onFailure }: SweeperOptions): Sweeper {
  const drop = database.prepare(
    'DELETE FROM items WHERE rowid IN (SELECT rowid FROM items WHERE ttl IS NOT NULL AND ttl < ? ORDER BY ttl LIMIT ?) RETURNING pk, sk',
  )
  let stopped = false
  let timer = schedule(PAUSE_MILLISECONDS)

  async function sweep(): Promise<boolean> {
    const deleted = await queue.enqueue(() => {
      const keys = drop.all(Math.floor(clock.now() / 1000), PIECE) as Key[]
      keys.forEach(onDeleted)
      return keys.length
    })
    return deleted === PIECE
  }

  function schedule(milliseconds: number): NodeJS.Timeout {
    return setTimeout(turn, milliseconds).unref()
  }

  function turn(): void {
    sweep()
      .catch((error: unknown) => {
        if (!stopped) onFailure(error)
        return false
      })
      .then((more) => {
        if (!stopped) timer = schedule(more ? BREATH_MILLISECONDS : PAUSE_MILLISECONDS)
      })
  }

  return {
    sweep,
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
