/** Items as rows: the prepared statements, and what a row tells without its body being parsed. */
import type { DatabaseSync } from 'node:sqlite'
import { type Footprint, indexEntry, itemBytes } from '@gatehouse/core/units.ts'
import type { Item, Key } from '@gatehouse/ports/table.ts'

/** The order of the SELECT below. */
type Row = readonly [body: string, bytes: number, attempt: string | null, ipk: string | null, isk: string | null, label: string | null]

/** An item as it stands in the file. `body` is the JSON of the item as callers see it: without `attempt`. */
export type Stored = { readonly item: Item; readonly attempt: string | null; readonly footprint: Footprint }

/** An item on its way into the file. */
export type Image = { readonly item: Item; readonly attempt: string | null; readonly body: string; readonly footprint: Footprint }

export type Rows = {
  read(key: Key): { readonly item: Item; readonly bytes: number } | undefined
  stored(key: Key): Stored | undefined
  write(image: Image): void
  remove(key: Key): void
}

const ATTEMPT_NAME_BYTES = 'attempt'.length

export function openRows(database: DatabaseSync): Rows {
  const select = database.prepare('SELECT body, bytes, attempt, ipk, isk, label FROM items WHERE pk = ? AND sk = ?', { returnArrays: true })
  const upsert = database.prepare(
    `INSERT INTO items (pk, sk, body, bytes, attempt, ipk, isk, label, ttl) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (pk, sk) DO UPDATE SET body = excluded.body, bytes = excluded.bytes, attempt = excluded.attempt,
       ipk = excluded.ipk, isk = excluded.isk, label = excluded.label, ttl = excluded.ttl`,
  )
  const drop = database.prepare('DELETE FROM items WHERE pk = ? AND sk = ?')
  const find = (key: Key): Row | undefined => select.get(key.pk, key.sk) as Row | undefined

  return {
    read(key) {
      const row = find(key)
      return row === undefined ? undefined : { item: parseItem(row[0]), bytes: row[1] }
    },
    stored(key) {
      const row = find(key)
      return row === undefined ? undefined : storedOf(key, row)
    },
    write({ item, body, attempt, footprint }) {
      const { ipk, isk, ttl } = item
      const indexed = typeof ipk === 'string' && typeof isk === 'string'
      const expiry = typeof ttl === 'number' ? ttl : null
      if (indexed) upsert.run(item.pk, item.sk, body, footprint.bytes, attempt, ipk, isk, footprint.entry?.label ?? null, expiry)
      else upsert.run(item.pk, item.sk, body, footprint.bytes, attempt, null, null, null, expiry)
    },
    remove(key) {
      drop.run(key.pk, key.sk)
    },
  }
}

export function parseItem(body: string): Item {
  return JSON.parse(body) as Item
}

export function imageOf(item: Item, attempt: string | null): Image {
  const bytes = itemBytes(item) + (attempt === null ? 0 : ATTEMPT_NAME_BYTES + attempt.length)
  return { item, attempt, body: JSON.stringify(item), footprint: { bytes, entry: indexEntry(item) } }
}

function storedOf(key: Key, [body, bytes, attempt, ipk, isk, label]: Row): Stored {
  const entry =
    ipk === null ? undefined : indexEntry({ pk: key.pk, sk: key.sk, ipk, isk, label: label === null ? undefined : JSON.parse(label) })
  return { item: parseItem(body), attempt, footprint: { bytes, entry } }
}
