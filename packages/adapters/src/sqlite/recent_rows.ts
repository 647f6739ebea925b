/**
 * The rows that were read or written last, as they stand in the file. The file belongs to this process alone (`lock.ts`) and changes only through `rows.ts`
 * and `expiry.ts`, which say so here, so what is remembered is what SQLite would answer: its page cache one step further up, with the JSON already parsed.
 */
import type { Item, Key } from '@gatehouse/ports/table.ts'

export type Row = {
  readonly bytes: number
  readonly attempt: string | null
  readonly ipk: string | null
  readonly isk: string | null
  readonly label: string | null
  /** When it may be swept; null: never. */
  readonly expiry: number | null
  /** Parsed when it is first asked for. Frozen, since every reader is given the same. */
  item(): Item
}

export type RecentRows = {
  find(key: Key): Row | undefined
  keep(key: Key, row: Row): void
  forget(key: Key): void
  /** Where it is not certain what the file holds: a commit was undone. */
  forgetAll(): void
}

const MOST_BYTES = 16 * 1024 * 1024

export function openRecentRows(mostBytes = MOST_BYTES): RecentRows {
  const rows = new Map<string, Row>()
  let bytes = 0

  function drop(name: string): void {
    const row = rows.get(name)
    if (row === undefined) return
    rows.delete(name)
    bytes -= row.bytes
  }

  return {
    find: (key) => rows.get(nameOf(key)),
    keep(key, row) {
      const name = nameOf(key)
      drop(name)
      if (row.bytes > mostBytes) return
      rows.set(name, row)
      bytes += row.bytes
      for (const oldest of rows.keys()) {
        if (bytes <= mostBytes) return
        drop(oldest)
      }
    },
    forget: (key) => drop(nameOf(key)),
    forgetAll() {
      rows.clear()
      bytes = 0
    },
  }
}

/** `body` is the JSON of the item as callers see it. */
export function rowOf(body: string, rest: Omit<Row, 'item'>): Row {
  let parsed: Item | undefined
  return {
    ...rest,
    item() {
      parsed ??= freeze(JSON.parse(body) as Item)
      return parsed
    },
  }
}

/** Two keys never have one name, whatever stands in them. */
function nameOf({ pk, sk }: Key): string {
  return `${pk.length} ${pk}${sk}`
}

function freeze<T>(value: T): T {
  if (value === null || typeof value !== 'object') return value
  for (const inner of Object.values(value)) freeze(inner)
  return Object.freeze(value)
}
