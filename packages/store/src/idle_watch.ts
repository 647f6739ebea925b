/**
 * Who is looked at next for being idle, by time: one item per person of a tenant that wants it, moved once a month, or less often. A mark in the person's own partition
 * keeps it one. No sign-in writes here.
 */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { IdleWatch } from '@gatehouse/core/idle.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, PRESENT, toItem } from './item.ts'
import { unlessConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

export type WatchedUser = IdleWatch & { readonly userId: UserId }
/** How far the walk over everybody has come that begins to watch them. `since` (seconds): from then on whatever tells of a sign-in is kept for long enough; before, it may be gone. */
export type IdleWalk = { readonly cursor?: string; readonly done: boolean; readonly since?: number }

export function idleWatchStore(shelf: Shelf) {
  const { table, keys } = shelf
  const key = ({ userId, dueAt }: Pick<WatchedUser, 'userId' | 'dueAt'>) => ({
    pk: keys.idleWatches,
    sk: `DUE#${String(dueAt).padStart(11, '0')}#${userId}`,
  })
  const mark = (userId: UserId) => ({ pk: keys.user(userId), sk: 'I#WATCHED' })
  const walkKey = { pk: keys.idleWatches, sk: 'WALK' }
  return {
    /** False when they are watched already. */
    begin(watched: WatchedUser): Promise<boolean> {
      return unlessConflict(
        table.transact([{ put: toItem(mark(watched.userId), {}), condition: ABSENT }, { put: toItem(key(watched), watched) }]),
      )
    },
    /** Those whose time has come, the oldest first. */
    async listDue(limit: number): Promise<WatchedUser[]> {
      const to = `DUE#${String(shelf.now()).padStart(11, '0')}~`
      const { items } = await table.query({ pk: keys.idleWatches, from: 'DUE#', to, limit, consistent: true })
      return items.map((item) => fromItem<WatchedUser>(item))
    },
    /** Once, however many sweep at the same time: false for all but the first. */
    move(before: WatchedUser, next: IdleWatch, event?: HouseEvent): Promise<boolean> {
      const put: Write = {
        put: toItem(key({ ...next, userId: before.userId }), { ...next, userId: before.userId }, event ? { event } : {}),
      }
      const same = key(before).sk === key({ ...next, userId: before.userId }).sk
      return unlessConflict(table.transact(same ? [put] : [{ remove: key(before), condition: PRESENT }, put]))
    },
    /** Stand in the transaction that suspends: the person is watched no more. */
    endWrites(watched: WatchedUser): Write[] {
      return [{ remove: key(watched), condition: PRESENT }, { remove: mark(watched.userId) }]
    },
    async end(watched: WatchedUser): Promise<void> {
      await table.transact([{ remove: key(watched) }, { remove: mark(watched.userId) }])
    },
    async findWalk(): Promise<IdleWalk | undefined> {
      const { item } = await table.get(walkKey)
      return item && fromItem<IdleWalk>(item)
    },
    async keepWalk(walk: IdleWalk): Promise<void> {
      await table.put(toItem(walkKey, walk))
    },
  }
}
