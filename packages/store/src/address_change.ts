/** Changes of addresses: an item each in the person's partition, kept for as long as it may be confirmed or undone. What becomes of one is a conditional write of its status. */
import type { AddressChange, AddressChannel, AddressEnd } from '@gatehouse/core/address_change.ts'
import type { Actor, HouseEvent } from '@gatehouse/core/event.ts'
import type { ChangeId, UserId } from '@gatehouse/core/ids.ts'
import type { Item, Write } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, plain, toItem } from './item.ts'
import { unlessConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

const PENDING = { attribute: 'status', is: 'equal', value: 'pending' } as const

export function addressChangeStore(shelf: Shelf) {
  const { table, keys } = shelf
  const key = (userId: UserId, id: ChangeId) => ({ pk: keys.user(userId), sk: `M#${id}` })
  const read = (item: Item) => fromItem<AddressChange>(item)
  return {
    async find(userId: UserId, id: ChangeId): Promise<AddressChange | undefined> {
      const { item } = await table.get(key(userId, id), { consistent: true })
      return item && read(item)
    },
    /** Those that wait, at most one of a channel. */
    async listPending(userId: UserId): Promise<AddressChange[]> {
      const { items } = await table.query({ pk: keys.user(userId), prefix: 'M#', limit: 100, consistent: true })
      return items.map(read).filter(({ status, expiresAt }) => status === 'pending' && expiresAt > shelf.now())
    },
    /** `instead`: one that waits no more, since this one does. */
    async begin(userId: UserId, change: AddressChange, instead: AddressChange | undefined, event: HouseEvent): Promise<void> {
      const put: Write = {
        put: toItem(key(userId, change.id), change, { ttl: Math.max(change.expiresAt, change.undoUntil) + 86_400, event }),
        condition: ABSENT,
      }
      if (!instead) return void (await table.put(put.put, put.condition))
      const ended: Write = { update: key(userId, instead.id), change: { set: { status: 'cancelled' } }, condition: [PENDING] }
      await table.transact([put, ended])
    },
    /** The code of this end was right. Undefined: the change waits no more. */
    async prove(userId: UserId, { id }: AddressChange, end: AddressEnd): Promise<AddressChange | undefined> {
      const name = end === 'new' ? 'newProvenAt' : 'oldProvenAt'
      const proven = table.update(key(userId, id), { set: { [name]: shelf.now() } }, [
        PENDING,
        { attribute: 'expiresAt', is: 'greater', value: shelf.now() },
      ])
      return (await unlessConflict(proven)) ? this.find(userId, id) : undefined
    },
    /** Stands in the transaction that changes the person: once, and not after it was cancelled. */
    doneWrite(userId: UserId, { id }: AddressChange): Write {
      return { update: key(userId, id), change: { set: { status: 'done' } }, condition: [PENDING] }
    },
    async cancel(userId: UserId, { id, channel }: AddressChange, actor: Actor): Promise<boolean> {
      const event = shelf.event('address_change.cancelled', { actor, userId, data: { change: id, channel } })
      return unlessConflict(table.update(key(userId, id), { set: { status: 'cancelled', event: plain(event) } }, [PENDING]))
    },
    /** Stands in the transaction that secures the account: once, within its time, whether the change waits or was made. */
    undoneWrite(userId: UserId, { id }: AddressChange): Write {
      return {
        update: key(userId, id),
        change: { set: { status: 'undone' } },
        condition: [
          { any: [PENDING, { attribute: 'status', is: 'equal', value: 'done' }] },
          { attribute: 'undoUntil', is: 'greater', value: shelf.now() },
        ],
      }
    },
  }
}

export function pendingOf(changes: readonly AddressChange[], channel: AddressChannel): AddressChange | undefined {
  return changes.find((change) => change.channel === channel)
}
