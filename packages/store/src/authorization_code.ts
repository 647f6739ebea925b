/** Authorization codes that are too long to travel: their sealed content waits here, under the hash of the code that names it. */
import { fromItem, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

export function authorizationCodeStore(shelf: Shelf) {
  const key = (name: string) => ({ pk: shelf.keys.used('code', name), sk: 'X' })
  return {
    /** Seconds since the epoch. The content says for itself when it ends. */
    async keep(name: string, sealed: string, expiresAt: number): Promise<void> {
      await shelf.table.put(toItem(key(name), { sealed }, { ttl: expiresAt + 60 }))
    },
    /** Redeeming comes right after keeping, so the read is consistent. */
    async find(name: string): Promise<string | undefined> {
      const { item } = await shelf.table.get(key(name), { consistent: true })
      return item && fromItem<{ sealed: string }>(item).sealed
    },
  }
}
