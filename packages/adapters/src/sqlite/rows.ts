/** Items as rows: the prepared statements, and what a row tells without its body being parsed. */
import type { DatabaseSync } from 'node:sqlite'
import { type Footprint, indexEntry, itemBytes } from '@gatehouse/core/units.ts'
import type { Item, Key } from '@gatehouse/ports/table.ts'
import { type RecentRows, type Row, rowOf } from './recent_rows.ts'

/** The order of the SELECT below. */
type Columns = readonly [
  body: string,
  bytes: number,
  attempt: string | null,
  ipk: string | null,
  isk: string | null,
  label: string | null,
  expiry: number | null,
]

/** An item as it stands in the file: as callers see it, without `attempt`. */
export type Stored = { readonly item: Item; readonly attempt: string | null; readonly footprint: Footprint }

/** An item on its way into the file. `body` is its JSON. */
export type Image = { readonly item: Item; readonly attempt: string | null; readonly body: string; readonly footprint: Footprint }

export type Rows = {
  read(key: Key): { readonly item: Item; readonly bytes: number } | undefined
  stored(key: Key): Stored | undefined
  write(image: Image): void
  remove(key: Key): void
}

const ATTEMPT_NAME_BYTES = 'attempt'.length
const EXPIRY_STEP_SECONDS = 3600

export function openRows(database: DatabaseSync, recent: RecentRows): Rows {
  const select = database.prepare('SELECT body, bytes, attempt, ipk, isk, label, ttl FROM items WHERE pk = ? AND sk = ?', {
    returnArrays: true,
  })
  const upsert = database.prepare(
    `INSERT INTO items (pk, sk, body, bytes, attempt, ipk, isk, label, ttl) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (pk, sk) DO UPDATE SET body = excluded.body, bytes = excluded.bytes, attempt = excluded.attempt,
       ipk = excluded.ipk, isk = excluded.isk, label = excluded.label, ttl = excluded.ttl`,
  )
  /** SQLite writes the entry of an index anew when a statement names its column, whether it changes or not. */
  const rewrite = database.prepare('UPDATE items SET body = ?, bytes = ?, attempt = ? WHERE pk = ? AND sk = ?')
  const drop = database.prepare('DELETE FROM items WHERE pk = ? AND sk = ?')

  function find(key: Key): Row | undefined {
    const known = recent.find(key)
    if (known !== undefined) return known
    const columns = select.get(key.pk, key.sk) as Columns | undefined
    if (columns === undefined) return undefined
    const [body, bytes, attempt, ipk, isk, label, expiry] = columns
    const row = rowOf(body, { bytes, attempt, ipk, isk, label, expiry })
    recent.keep(key, row)
    return row
  }

  return {
    read(key) {
      const row = find(key)
      return row === undefined ? undefined : { item: row.item(), bytes: row.bytes }
    },
    stored(key) {
      const row = find(key)
      return row === undefined ? undefined : storedOf(key, row)
    },
    write({ item, body, attempt, footprint }) {
      const row = rowOf(body, { bytes: footprint.bytes, attempt, ...placeOf(item, footprint), expiry: expiryOf(item) })
      const before = recent.find(item)
      const isRewritten =
        before !== undefined && standsWhere(before, row) && rewrite.run(body, row.bytes, attempt, item.pk, item.sk).changes === 1
      // Also where what is remembered were not in the file any more: a write is never lost.
      if (!isRewritten) upsert.run(item.pk, item.sk, body, row.bytes, attempt, row.ipk, row.isk, row.label, row.expiry)
      recent.keep(item, row)
    },
    remove(key) {
      drop.run(key.pk, key.sk)
      recent.forget(key)
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

/** The full hour at which it may go, so that an item whose `ttl` moves a little keeps its place among those that expire. */
function expiryOf({ ttl }: Item): number | null {
  return typeof ttl === 'number' ? Math.ceil(ttl / EXPIRY_STEP_SECONDS) * EXPIRY_STEP_SECONDS : null
}

function standsWhere(before: Row, after: Row): boolean {
  return before.ipk === after.ipk && before.isk === after.isk && before.label === after.label && before.expiry === after.expiry
}

/** Its place in the sparse index; an item without both keys has none. */
function placeOf({ ipk, isk }: Item, { entry }: Footprint): Pick<Row, 'ipk' | 'isk' | 'label'> {
  if (typeof ipk !== 'string' || typeof isk !== 'string') return { ipk: null, isk: null, label: null }
  return { ipk, isk, label: entry?.label ?? null }
}

function storedOf(key: Key, { item, bytes, attempt, ipk, isk, label }: Row): Stored {
  const entry =
    ipk === null ? undefined : indexEntry({ pk: key.pk, sk: key.sk, ipk, isk, label: label === null ? undefined : JSON.parse(label) })
  return { item: item(), attempt, footprint: { bytes, entry } }
}
