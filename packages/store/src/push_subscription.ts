/** Browsers that want to be woken: beside the person, one item for each session, as long as that may go on. Opened by whoever wakes, or is woken: no other function loads it. */
import type { Actor } from '@gatehouse/core/event.ts'
import type { SessionId, UserId } from '@gatehouse/core/ids.ts'
import type { Session } from '@gatehouse/core/session.ts'
import type { Condition, Item } from '@gatehouse/ports/table.ts'
import { fromItem, plain, toItem } from './item.ts'
import { unlessConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

/** `sealed`: the browser's subscription. */
export type StoredPushSubscription = { readonly sessionId: SessionId; readonly sealed: string }

/** More sessions than these are not woken. */
const MOST = 20
const THERE: Condition = [
  { attribute: 'pk', is: 'present' },
  { attribute: 'sealed', is: 'not_equal', value: '' },
]

export function pushSubscriptionStore(shelf: Shelf) {
  const { table, keys } = shelf
  const key = (userId: UserId, sessionId: SessionId) => ({ pk: keys.user(userId), sk: `W#${sessionId}` })
  return {
    /** In the place of a former one of this session. */
    async keep(userId: UserId, { id, expiresAt }: Session, sealed: string, actor: Actor): Promise<void> {
      const event = shelf.event('push.device_added', { actor, userId, sessionId: id })
      const stored: StoredPushSubscription = { sessionId: id, sealed }
      await table.put(toItem(key(userId, id), stored, { ttl: expiresAt, event }))
    },
    async list(userId: UserId): Promise<StoredPushSubscription[]> {
      const { items } = await table.query({ pk: keys.user(userId), prefix: 'W#', limit: MOST })
      return items.filter(isThere).map((item) => fromItem<StoredPushSubscription>(item))
    },
    async has(userId: UserId, sessionId: SessionId): Promise<boolean> {
      const { item } = await table.get(key(userId, sessionId), { consistent: true })
      return item !== undefined && isThere(item)
    },
    /** False where there was none. `because`: the person asked, the push service knows it no more, the session has ended. */
    remove(userId: UserId, sessionId: SessionId, because: 'asked' | 'gone' | 'ended', actor: Actor = {}): Promise<boolean> {
      const event = shelf.event('push.device_removed', { actor, userId, sessionId, data: { because } })
      return unlessConflict(table.update(key(userId, sessionId), { set: { sealed: '', event: plain(event) } }, THERE))
    },
  }
}

function isThere({ sealed }: Item): boolean {
  return sealed !== ''
}
