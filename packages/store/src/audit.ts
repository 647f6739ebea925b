/** The audit record: append-only, by day and shard; written by `relay` from events, once per event however often it is delivered. */
import { hash } from 'node:crypto'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import { ABSENT, fromItem, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

const AUDIT_SHARDS = 4

export type AuditRecord = HouseEvent

export function auditStore(shelf: Shelf) {
  return {
    /** At the event's own time, with its id in the key: repeating it changes nothing. */
    async append(event: HouseEvent): Promise<void> {
      const day = new Date(event.at).toISOString().slice(0, 10)
      const shard = hash('sha256', event.id, 'buffer').readUInt8(0) % AUDIT_SHARDS
      const sk = `${String(event.at).padStart(14, '0')}#${event.id}`
      try {
        await shelf.table.put(toItem({ pk: shelf.keys.audit(day, shard), sk }, event), ABSENT)
      } catch (error) {
        if (!isConflict(error)) throw error
      }
    },
    /** One day (`YYYY-MM-DD`, UTC), newest first. */
    async list(day: string, limit: number): Promise<AuditRecord[]> {
      const pages = await Promise.all(
        Array.from({ length: AUDIT_SHARDS }, (_, shard) =>
          shelf.table.query({ pk: shelf.keys.audit(day, shard), limit, direction: 'descending' }),
        ),
      )
      return pages
        .flatMap((page) => page.items)
        .sort((a, b) => (a.sk < b.sk ? 1 : -1))
        .slice(0, limit)
        .map((item) => fromItem<AuditRecord>(item))
    },
  }
}
