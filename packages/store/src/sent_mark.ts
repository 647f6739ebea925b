/** Marks of messages that were sent, or are being sent, so that a redelivered one goes out once. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import { ABSENT, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

const MEMORY_SECONDS = 30 * 86_400

export type SentMarks = ReturnType<typeof sentMarkStore>
/** `until`, in milliseconds since the epoch, tells this claim from a later one. */
export type Claim = { readonly kind: 'claimed'; readonly until: number } | { readonly kind: 'being_sent' } | { readonly kind: 'sent' }

export function sentMarkStore(shelf: Shelf) {
  const key = (idempotencyKey: string) => ({ pk: shelf.keys.used('sent', idempotencyKey), sk: 'X' })
  const sent = (idempotencyKey: string, event?: HouseEvent) =>
    toItem(key(idempotencyKey), { sentAt: shelf.now() }, { ttl: shelf.now() + MEMORY_SECONDS, ...(event ? { event } : {}) })
  return {
    async has(idempotencyKey: string): Promise<boolean> {
      return (await shelf.table.get(key(idempotencyKey), { consistent: true })).item !== undefined
    },
    /** `event`: why it was not sent, and never will be. */
    async mark(idempotencyKey: string, event?: HouseEvent): Promise<void> {
      await shelf.table.put(sent(idempotencyKey, event))
    },
    /** Marks it if nobody has; false: somebody has. */
    async markFirst(idempotencyKey: string): Promise<boolean> {
      try {
        await shelf.table.put(sent(idempotencyKey), ABSENT)
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },
    /** Takes the sending of it, until the lease is over; the next may take it then. */
    async claim(idempotencyKey: string, leaseMilliseconds: number): Promise<Claim> {
      const now = shelf.clock.now()
      const until = now + leaseMilliseconds
      const claimed = toItem(key(idempotencyKey), { claimedUntil: until }, { ttl: shelf.now() + MEMORY_SECONDS })
      try {
        await shelf.table.put(claimed, [
          {
            any: [
              { attribute: 'pk', is: 'absent' },
              { attribute: 'claimedUntil', is: 'at_most', value: now },
            ],
          },
        ])
        return { kind: 'claimed', until }
      } catch (error) {
        if (!isConflict(error)) throw error
        return { kind: error.existing?.sentAt === undefined ? 'being_sent' : 'sent' }
      }
    },
    /** It was not sent after all. */
    async unmark(idempotencyKey: string): Promise<void> {
      await shelf.table.remove(key(idempotencyKey))
    },
    /** Gives a claim back, unless it ended and somebody else has taken it since. */
    async release(idempotencyKey: string, until: number): Promise<void> {
      try {
        await shelf.table.remove(key(idempotencyKey), [{ attribute: 'claimedUntil', is: 'equal', value: until }])
      } catch (error) {
        if (!isConflict(error)) throw error
      }
    },
  }
}
