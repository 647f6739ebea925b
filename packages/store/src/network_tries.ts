/** Failed sign-ins of one network, over all names: counted by one write each, read before a password is compared. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { NETWORK_MEMORY_SECONDS, networkLockedUntil } from '@gatehouse/core/network_delay.ts'
import { plain } from './item.ts'
import type { Shelf } from './shelf.ts'

export function networkTriesStore(shelf: Shelf) {
  // A window per key, so that an old count ends even where its item is deleted late.
  const key = (network: string) => ({
    pk: shelf.keys.used('network', `${network}\n${Math.floor(shelf.now() / NETWORK_MEMORY_SECONDS)}`),
    sk: 'X',
  })
  return {
    /** `event` says what failed. */
    async count(network: string, event: HouseEvent): Promise<void> {
      const now = shelf.now()
      await shelf.table.update(key(network), {
        add: { failures: 1 },
        set: { lastAt: now, ttl: now + 2 * NETWORK_MEMORY_SECONDS, event: plain(event) },
      })
    },
    /** How many failed within the hour, and the seconds to wait before the next try; 0: none. */
    async find(network: string): Promise<{ readonly failures: number; readonly delay: number }> {
      const { item } = await shelf.table.get(key(network))
      if (typeof item?.failures !== 'number' || typeof item.lastAt !== 'number') return { failures: 0, delay: 0 }
      const { failures, lastAt } = item
      return { failures, delay: Math.max(0, networkLockedUntil(network, failures, lastAt) - shelf.now()) }
    },
    async findDelay(network: string): Promise<number> {
      return (await this.find(network)).delay
    },
  }
}
