/**
 * Follows the stream: every record is handled at least once, many at a time, so that a slow one (an application that does not answer at logout) holds up no
 * other. A position is committed when everything before it is done, and not for each record by itself: what is handed out again after a crash is
 * idempotent.
 */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { Log } from '@gatehouse/ports/log.ts'
import type { Stream, StreamRecord } from '@gatehouse/ports/stream.ts'

export type Follower = {
  /** Resolves when everything that the stream held at the time of the question has been handled. */
  idle(): Promise<void>
  /** Resolves when what is under way has ended; the rest waits for the next start. */
  stop(): Promise<void>
}

export type FollowOptions = {
  readonly stream: Stream
  readonly log: Log
  readonly handle: (event: HouseEvent) => Promise<void>
  /** Told of an event that failed on every try, so that it can be kept; then the stream goes on. */
  readonly giveUp: (event: HouseEvent, error: unknown) => Promise<void>
  readonly pause: (milliseconds: number) => Promise<void>
}

type Flight = { readonly position: string; done: boolean; work: Promise<void> }

const WINDOW = 200
const TRIES = 5
/** So many are done before a position is committed in the midst of work; when nothing comes any more it is committed anyway. */
const COMMIT_EVERY = 100
const QUIET_MILLISECONDS = 25
/** What comes within it is taken along: records that are handled together are written together. */
const GATHER_MILLISECONDS = 15
const WAIT_MILLISECONDS = 1_000

export function follow({ stream, log, handle, giveUp, pause }: FollowOptions): Follower {
  let stopped = false
  let wake = () => {}
  const stopping = new Promise<void>((resolve) => {
    wake = resolve
  })
  let cursor: string | undefined
  /** In the order of the stream, from the oldest that is not committed. */
  const flights: Flight[] = []
  const questions: (() => void)[] = []

  const attempt = async (event: HouseEvent): Promise<void> => {
    for (let tries = 1; ; tries++) {
      try {
        return await handle(event)
      } catch (error) {
        log.write('warn', 'an event was not handled', { kind: event.kind, event: event.id, tries, error: String(error) })
        if (stopped) throw error
        if (tries === TRIES) return await giveUp(event, error)
        await pause(100 * 4 ** (tries - 1))
      }
    }
  }

  /** Where even keeping it aside fails (a full disk), it is tried again for as long as the house is open. */
  const take = async (event: HouseEvent, flight: Flight): Promise<void> => {
    while (!flight.done) {
      try {
        await attempt(event)
        flight.done = true
      } catch (error) {
        if (stopped) return
        log.write('error', 'an event could be neither handled nor kept aside', { kind: event.kind, event: event.id, error: String(error) })
        await Promise.race([pause(WAIT_MILLISECONDS), stopping])
        if (stopped) return
      }
    }
  }

  const takeMore = async (): Promise<boolean> => {
    if (flights.length >= WINDOW) return false
    const records = await stream.read(WINDOW - flights.length, cursor)
    for (const record of records) {
      cursor = record.position
      const event = eventOf(record)
      const flight: Flight = { position: record.position, done: event === undefined, work: Promise.resolve() }
      if (event) flight.work = take(event, flight)
      flights.push(flight)
    }
    return records.length > 0
  }

  const commit = async (least: number): Promise<void> => {
    const firstOpen = flights.findIndex((flight) => !flight.done)
    const count = firstOpen === -1 ? flights.length : firstOpen
    const last = flights[count - 1]
    if (!last || count < least) return
    await stream.commit(last.position)
    flights.splice(0, count)
  }

  const loop = async (): Promise<void> => {
    while (!stopped) {
      try {
        const asked = questions.splice(0)
        const more = await takeMore()
        await commit(COMMIT_EVERY)
        if (!more && flights.every((flight) => flight.done)) for (const answer of asked) answer()
        else questions.unshift(...asked)
        if (more) continue
        await Promise.race([stream.wait(flights.length > 0 ? QUIET_MILLISECONDS : WAIT_MILLISECONDS), stopping])
        await Promise.race([pause(GATHER_MILLISECONDS), stopping])
        // Nobody waits for this write.
        if (flights.length > 0) await commit(1)
      } catch (error) {
        log.write('error', 'the stream could not be followed', { error: String(error) })
        await Promise.race([pause(WAIT_MILLISECONDS), stopping])
      }
    }
    await Promise.all(flights.map((flight) => flight.work))
    await commit(1)
    for (const answer of questions.splice(0)) answer()
  }

  const running = loop()
  return {
    idle: () => (stopped ? Promise.resolve() : new Promise<void>((resolve) => questions.push(resolve))),
    stop: async () => {
      stopped = true
      wake()
      await running
    },
  }
}

function eventOf(record: StreamRecord): HouseEvent | undefined {
  const { event } = record
  return event !== null && typeof event === 'object' && !Array.isArray(event) ? (event as unknown as HouseEvent) : undefined
}
