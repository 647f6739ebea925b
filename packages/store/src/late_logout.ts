/** Back-channel logouts that an application has not taken yet: by the time at which they are tried again. Those that were given up stay for a while, and are told of. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { ClientId } from '@gatehouse/core/ids.ts'
import type { Key } from '@gatehouse/ports/table.ts'
import { fromItem, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

export type LateLogout = {
  readonly clientId: ClientId
  /** Whose tokens the application has. */
  readonly issuer: string
  /** The `session.ended` that it is about. */
  readonly ended: HouseEvent
  /** Tries that failed so far. */
  readonly failures: number
  readonly lastFailure: string
  /** Seconds since the epoch. */
  readonly dueAt: number
}

const MEMORY_SECONDS = 7 * 86_400

export function lateLogoutStore(shelf: Shelf) {
  const keyOf = (late: LateLogout, place: string): Key => ({
    pk: shelf.keys.lateLogouts,
    sk: `${place}#${String(late.dueAt).padStart(11, '0')}#${late.ended.id}#${late.clientId}`,
  })
  const put = (late: LateLogout, place: string, event?: HouseEvent) =>
    shelf.table.put(toItem(keyOf(late, place), late, { ttl: late.dueAt + MEMORY_SECONDS, ...(event ? { event } : {}) }))
  return {
    async add(late: LateLogout): Promise<void> {
      await put(late, 'DUE')
    },
    /** Those whose time has come, the oldest first. */
    async listDue(limit: number): Promise<LateLogout[]> {
      const until = `DUE#${String(shelf.now()).padStart(11, '0')}~`
      const { items } = await shelf.table.query({ pk: shelf.keys.lateLogouts, from: 'DUE#', to: until, limit, consistent: true })
      return items.map((item) => fromItem<LateLogout>(item))
    },
    /** Written before the other is removed: a crash in between tells an application twice, with the same `jti`, and never not at all. */
    async postpone(before: LateLogout, next: LateLogout): Promise<void> {
      await put(next, 'DUE')
      await shelf.table.remove(keyOf(before, 'DUE'))
    },
    async remove(late: LateLogout): Promise<void> {
      await shelf.table.remove(keyOf(late, 'DUE'))
    },
    /** No more tries. The event tells an operator. */
    async giveUp(late: LateLogout): Promise<void> {
      const { userId, sessionId } = late.ended
      const event = shelf.event('logout.undelivered', {
        clientId: late.clientId,
        ...(userId ? { userId } : {}),
        ...(sessionId ? { sessionId } : {}),
        data: {
          endedBy: late.ended.id,
          endedAt: late.ended.at,
          because: String(late.ended.data?.because),
          failures: late.failures,
          failure: late.lastFailure,
        },
      })
      await put(late, 'GIVEN_UP', event)
      await shelf.table.remove(keyOf(late, 'DUE'))
    },
  }
}
