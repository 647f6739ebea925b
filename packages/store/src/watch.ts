/**
 * Who is looked at next, by time, and for what: being idle, or a password that grows old. One item per person of a tenant that wants it, moved once a week or month, or less
 * often. A mark in the person's own partition keeps it one. No sign-in writes here, and no function of people loads this: `idleWatchStore(stores.shelf)`.
 */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { IdleWatch } from '@gatehouse/core/idle.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import type { PasswordWatch } from '@gatehouse/core/password_expiry.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, PRESENT, toItem } from './item.ts'
import { unlessConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

type Watch = { readonly dueAt: number }
export type Watched<W extends Watch> = W & { readonly userId: UserId }
/** How far the walk over everybody has come that begins to watch them. `since` (seconds): from then on whatever tells of a sign-in is kept for long enough; before, it may be gone. */
export type WatchWalk = { readonly cursor?: string; readonly done: boolean; readonly since?: number }
export type WatchStore<W extends Watch> = ReturnType<typeof watchStore<W>>

export const idleWatchStore = (shelf: Shelf) => watchStore<IdleWatch>(shelf, shelf.keys.idleWatches, 'I#WATCHED')
export const passwordWatchStore = (shelf: Shelf) => watchStore<PasswordWatch>(shelf, shelf.keys.passwordWatches, 'I#PASSWORD')

function watchStore<W extends Watch>(shelf: Shelf, pk: string, markKey: string) {
  const { table, keys } = shelf
  const key = ({ userId, dueAt }: Watch & { readonly userId: UserId }) => ({
    pk,
    sk: `DUE#${String(dueAt).padStart(11, '0')}#${userId}`,
  })
  const mark = (userId: UserId) => ({ pk: keys.user(userId), sk: markKey })
  const walkKey = { pk, sk: 'WALK' }
  return {
    /** False when they are watched already. */
    begin(watched: Watched<W>): Promise<boolean> {
      return unlessConflict(
        table.transact([{ put: toItem(mark(watched.userId), {}), condition: ABSENT }, { put: toItem(key(watched), watched) }]),
      )
    },
    /** Those whose time has come, the oldest first. */
    async listDue(limit: number): Promise<Watched<W>[]> {
      const to = `DUE#${String(shelf.now()).padStart(11, '0')}~`
      const { items } = await table.query({ pk, from: 'DUE#', to, limit, consistent: true })
      return items.map((item) => fromItem<Watched<W>>(item))
    },
    /** Once, however many sweep at the same time: false for all but the first. */
    move(before: Watched<W>, next: W, event?: HouseEvent): Promise<boolean> {
      const after = { ...next, userId: before.userId }
      const put: Write = { put: toItem(key(after), after, event ? { event } : {}) }
      const same = key(before).sk === key(after).sk
      return unlessConflict(table.transact(same ? [put] : [{ remove: key(before), condition: PRESENT }, put]))
    },
    /** Stand in the transaction that suspends: the person is watched no more. */
    endWrites(watched: Watched<W>): Write[] {
      return [{ remove: key(watched), condition: PRESENT }, { remove: mark(watched.userId) }]
    },
    async end(watched: Watched<W>): Promise<void> {
      await table.transact([{ remove: key(watched) }, { remove: mark(watched.userId) }])
    },
    async findWalk(): Promise<WatchWalk | undefined> {
      const { item } = await table.get(walkKey)
      return item && fromItem<WatchWalk>(item)
    },
    async keepWalk(walk: WatchWalk): Promise<void> {
      await table.put(toItem(walkKey, walk))
    },
  }
}
