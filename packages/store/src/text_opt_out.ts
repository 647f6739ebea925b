/** Numbers whose owner wants no text messages. Only the hash is kept. */
import type { Actor } from '@gatehouse/core/event.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import { ABSENT, fromItem, PRESENT, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

/** `network`: the carrier of messages said so, since its owner answered STOP. */
export type TextOptOut = { readonly by: 'administrator' | 'network'; readonly at: number }

export function textOptOutStore(shelf: Shelf) {
  const key = (number: string) => ({ pk: shelf.keys.textOptOut(number), sk: 'M' })
  return {
    async find(number: string): Promise<TextOptOut | undefined> {
      const { item } = await shelf.table.get(key(number))
      return item && fromItem<TextOptOut>(item)
    },
    /** The first one stays. */
    async add(number: string, by: TextOptOut['by'], actor: Actor = {}): Promise<void> {
      const event = shelf.event('text.opted_out', { actor, data: { by } })
      try {
        await shelf.table.put(toItem(key(number), { by, at: shelf.clock.now() } satisfies TextOptOut, { event }), ABSENT)
      } catch (error) {
        if (!isConflict(error)) throw error
      }
    },
    /** False: there was none. */
    async remove(number: string, actor: Actor): Promise<boolean> {
      const event = shelf.event('text.opted_in', { actor })
      const gone = toItem({ ...key(number), sk: `GONE#${event.id}` }, {}, { ttl: shelf.now() + 86_400, event })
      try {
        await shelf.table.transact([{ remove: key(number), condition: PRESENT }, { put: gone }])
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },
  }
}
