/**
 * What an adaptive script was answered in one sign-in: a record per item, beside the interaction that it belongs to. A record is written at the journal's end
 * or not at all, so of two requests at once one goes on, and the other reads what it did.
 */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { ClientId, InteractionId } from '@gatehouse/core/ids.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, toItem } from './item.ts'
import { unlessConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

/** One host call as it was answered. `at`: milliseconds since the epoch, and the script's clock from then on. */
export type JournalAnswer = { readonly name: string; readonly value: Value; readonly at: number }

export type JournalRecord = {
  /** Of the first record, and of one that begins anew. */
  readonly began?: { readonly version: string; readonly clientId?: ClientId; readonly seed: number; readonly at: number }
  readonly answers: readonly JournalAnswer[]
  /** The next call is being done by whoever wrote this, until then at the latest (milliseconds since the epoch). */
  readonly reserved?: { readonly name: string; readonly until: number }
  readonly ended?: Value
}

/** A script with its libraries, as it was when a sign-in began with it. */
export type ScriptVersion = { readonly script: string; readonly libraries: Readonly<Record<string, string>> }

const DIGITS = 4
/** Longer than an interaction may wait for its last page. */
const GRACE_SECONDS = 60

export function adaptiveJournalStore(shelf: Shelf) {
  const { table, keys } = shelf
  const key = (id: InteractionId, index: number) => ({ pk: keys.interaction(id), sk: `J#${String(index).padStart(DIGITS, '0')}` })
  const store = {
    async read(id: InteractionId): Promise<JournalRecord[]> {
      const { items } = await table.query({ pk: keys.interaction(id), prefix: 'J#', limit: 1000, consistent: true })
      return items.map((item) => fromItem<JournalRecord>(item))
    },
    /** False when another record stands at this place already. */
    append(id: InteractionId, index: number, record: JournalRecord, expiresAt: number, event?: HouseEvent): Promise<boolean> {
      const extras = { ttl: expiresAt + GRACE_SECONDS, ...(event === undefined ? {} : { event }) }
      return unlessConflict(table.put(toItem(key(id, index), record, extras), ABSENT))
    },
    /** Waits until there is a record at this place, or for so long. */
    async waitFor(id: InteractionId, index: number, milliseconds: number): Promise<boolean> {
      for (let waited = 0, pause = 20; waited < milliseconds; waited += pause, pause = Math.min(pause * 2, 400)) {
        await new Promise((resolve) => setTimeout(resolve, pause))
        if ((await table.get(key(id, index), { consistent: true })).item !== undefined) return true
      }
      return false
    },
    /** Named by its content: writing it again changes nothing. Kept, since audit records name it. */
    async keepVersion(version: string, content: ScriptVersion): Promise<void> {
      await table.put(toItem({ pk: keys.script(version), sk: 'SCRIPT' }, content))
    },
    async findVersion(version: string): Promise<ScriptVersion | undefined> {
      const { item } = await table.get({ pk: keys.script(version), sk: 'SCRIPT' })
      return item && fromItem<ScriptVersion>(item)
    },
  }
  return store
}
