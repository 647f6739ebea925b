/** Sign-ins that wait for the person's approval: beside the person, an item each. Each step of one is a single conditional write. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import { isPushOpen, type PushId, type PushRequest } from '@gatehouse/core/push.ts'
import type { Condition } from '@gatehouse/ports/table.ts'
import { fromItem, plain, toItem } from './item.ts'
import { unlessConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

/** How often somebody asked is remembered after the last time. */
const MEMORY_SECONDS = 3600

export function pushRequestStore(shelf: Shelf) {
  const { table, keys } = shelf
  const key = (userId: UserId, id: PushId) => ({ pk: keys.user(userId), sk: `P#${id}` })
  const move = (request: PushRequest, from: PushRequest['state'], to: PushRequest['state'], event?: HouseEvent) =>
    unlessConflict(
      table.update(key(request.userId, request.id), { set: { state: to, ...(event ? { event: plain(event) } : {}) } }, [
        { attribute: 'state', is: 'equal', value: from },
        { attribute: 'nonce', is: 'equal', value: request.nonce },
      ]),
    )
  return {
    async find(userId: UserId, id: PushId): Promise<PushRequest | undefined> {
      const { item } = await table.get(key(userId, id), { consistent: true })
      return item && Number(item.ttl) > shelf.now() ? fromItem<PushRequest>(item) : undefined
    },
    async listOpen(userId: UserId): Promise<PushRequest[]> {
      const { items } = await table.query({ pk: keys.user(userId), prefix: 'P#', limit: 100, consistent: true })
      return items.map((item) => fromItem<PushRequest>(item)).filter((request) => isPushOpen(request, shelf.now()))
    },
    /** The first of a sign-in, or one in the place of `before`, which nobody decides then. False when another was opened meanwhile. */
    async open(request: PushRequest, before: PushRequest | undefined, event: HouseEvent): Promise<boolean> {
      const condition: Condition =
        before === undefined
          ? [
              {
                any: [
                  { attribute: 'pk', is: 'absent' },
                  { attribute: 'ttl', is: 'at_most', value: shelf.now() },
                ],
              },
            ]
          : [{ attribute: 'nonce', is: 'equal', value: before.nonce }]
      const ttl = request.expiresAt + MEMORY_SECONDS
      return unlessConflict(table.put(toItem(key(request.userId, request.id), request, { ttl, event }), condition))
    },
    /** True for the first, of this very request. */
    decide(request: PushRequest, state: 'approved' | 'denied', event: HouseEvent): Promise<boolean> {
      return move(request, 'open', state, event)
    },
    /** True once, of what was approved. */
    use(request: PushRequest): Promise<boolean> {
      return move(request, 'approved', 'used')
    },
  }
}
