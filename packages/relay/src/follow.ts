/** Follows the stream: every record is handled at least once, in parallel within bounds, and its position committed when all before it are done. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { Log } from '@gatehouse/ports/log.ts'
import type { Stream, StreamRecord } from '@gatehouse/ports/stream.ts'

export type Follower = {
  /** Resolves when everything that the stream holds now has been handled. */
  idle(): Promise<void>
  /** Resolves when what is under way has ended; the rest waits for the next start. */
  stop(): Promise<void>
}

const BATCH = 50
const TRIES = 5
const WAIT_MILLISECONDS = 1_000

export type FollowOptions = {
  readonly stream: Stream
  readonly log: Log
  readonly handle: (event: HouseEvent) => Promise<void>
  /** Told of an event that failed on every try, so that it can be kept; then the stream goes on. */
  readonly giveUp: (event: HouseEvent, error: unknown) => Promise<void>
  readonly pause: (milliseconds: number) => Promise<void>
}

export function follow({ stream, log, handle, giveUp, pause }: FollowOptions): Follower {
  let stopped = false
  const waiting: (() => void)[] = []

  const one = async (record: StreamRecord): Promise<void> => {
    const event = eventOf(record)
    if (!event) return
    for (let attempt = 1; ; attempt++) {
      try {
        return await handle(event)
      } catch (error) {
        log.write('warn', 'an event was not handled', { kind: event.kind, event: event.id, attempt, error: String(error) })
        if (attempt === TRIES || stopped) {
          if (stopped) throw error
          return await giveUp(event, error)
        }
        await pause(100 * 4 ** (attempt - 1))
      }
    }
  }

  const round = async (): Promise<boolean> => {
    const records = await stream.read(BATCH)
    const results = await Promise.allSettled(records.map(one))
    const failed = results.findIndex((result) => result.status === 'rejected')
    const done = failed === -1 ? records.at(-1) : records[failed - 1]
    if (done) await stream.commit(done.position)
    return records.length > 0
  }

  const loop = async (): Promise<void> => {
    while (!stopped) {
      try {
        const asked = waiting.splice(0)
        if (await round()) {
          waiting.unshift(...asked)
          continue
        }
        for (const resolve of asked) resolve()
        await stream.wait(WAIT_MILLISECONDS)
      } catch (error) {
        log.write('error', 'the stream could not be followed', { error: String(error) })
        await pause(WAIT_MILLISECONDS)
      }
    }
    for (const resolve of waiting.splice(0)) resolve()
  }

  const running = loop()
  return {
    // Answered by the first empty read that began after the question.
    idle: () => (stopped ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
    stop: async () => {
      stopped = true
      await running
    },
  }
}

function eventOf(record: StreamRecord): HouseEvent | undefined {
  const { event } = record.image
  return event !== null && typeof event === 'object' && !Array.isArray(event) ? (event as unknown as HouseEvent) : undefined
}
