/** Marks of messages that were sent, so that a redelivered event sends none twice. */
import { toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

const MEMORY_SECONDS = 30 * 86_400

export function sentMarkStore(shelf: Shelf) {
  const key = (idempotencyKey: string) => ({ pk: shelf.keys.used('sent', idempotencyKey), sk: 'X' })
  return {
    async has(idempotencyKey: string): Promise<boolean> {
      return (await shelf.table.get(key(idempotencyKey), { consistent: true })).item !== undefined
    },
    async mark(idempotencyKey: string): Promise<void> {
      await shelf.table.put(toItem(key(idempotencyKey), { sentAt: shelf.now() }, { ttl: shelf.now() + MEMORY_SECONDS }))
    },
  }
}
