/** Hashes of former passwords, in an item that no sign-in reads. */
import type { UserId } from '@gatehouse/core/ids.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

export function passwordHistoryStore(shelf: Shelf) {
  const key = (id: UserId) => ({ pk: shelf.keys.user(id), sk: 'P#HISTORY' })
  return {
    /** The present one first, also where it opens nothing any more, then the former ones. */
    async list(id: UserId): Promise<string[]> {
      const [present, history] = await Promise.all([
        shelf.table.get({ pk: shelf.keys.user(id), sk: 'A#CRED#password' }, { consistent: true }),
        shelf.table.get(key(id), { consistent: true }),
      ])
      const former = Array.isArray(history.item?.hashes) ? history.item.hashes.map(String) : []
      return [...(present.item ? [String(present.item.hash)] : []), ...former]
    },
    /** Stands in the transaction that sets the new one. */
    keepWrite(id: UserId, hashes: readonly string[]): Write {
      return { put: toItem(key(id), { hashes }) }
    },
  }
}
