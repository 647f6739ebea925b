/** One page of a partition, or of the sparse index: a range in SQL's words. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { itemBytes, readUnits } from '@gatehouse/core/units.ts'
import type { Item, Page, Query } from '@gatehouse/ports/table.ts'
import { parseCursor, renderCursor } from '../table/cursor.ts'
import { checkQuery, EMPTY_PAGE, isEmptyRange, MAXIMUM_PAGE_BYTES } from '../table/limits.ts'
import { prefixEnd } from '../table/prefix.ts'
import { parseItem } from './rows.ts'

type TableRow = readonly [body: string, bytes: number]
type IndexRow = readonly [pk: string, sk: string, ipk: string, isk: string, label: string | null]
type Measured = { readonly item: Item; readonly bytes: number }

export function openQuery(database: DatabaseSync): (query: Query) => Page {
  const statements = new Map<string, StatementSync>()

  function prepared(sql: string): StatementSync {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = database.prepare(sql, { returnArrays: true })
    statements.set(sql, statement)
    return statement
  }

  return (query) => {
    checkQuery(query)
    if (isEmptyRange(query)) return EMPTY_PAGE
    const { sql, values } = rangeOf(query)
    // One more than asked for tells whether a next page exists, so that no reader is sent to an empty one.
    const rows = prepared(sql).all(...values, query.limit + 1) as unknown[]
    const found = query.index === true ? (rows as IndexRow[]).map(indexItem) : (rows as TableRow[]).map(tableItem)
    return pageOf(query, found)
  }
}

function rangeOf(query: Query): { sql: string; values: string[] } {
  const ascending = query.direction !== 'descending'
  const index = query.index === true
  const [partition, sort] = index ? ['ipk', 'isk'] : ['pk', 'sk']
  const terms = [`${partition} = ?`]
  const values = [query.pk]
  const add = (term: string, ...bound: string[]) => {
    terms.push(term)
    values.push(...bound)
  }

  const from = query.prefix ?? query.from
  const end = query.prefix === undefined ? undefined : prefixEnd(query.prefix)
  if (from !== undefined) add(`${sort} >= ?`, from)
  if (query.to !== undefined) add(`${sort} <= ?`, query.to)
  if (end !== undefined) add(`${sort} < ?`, end)

  const position = parseCursor(query)
  const beyond = ascending ? '>' : '<'
  if (position !== undefined && index) add(`(isk, pk, sk) ${beyond} (?, ?, ?)`, position.isk, position.pk, position.sk)
  if (position !== undefined && !index) add(`sk ${beyond} ?`, position.sk)

  const columns = index ? 'pk, sk, ipk, isk, label' : 'body, bytes'
  const order = (index ? ['isk', 'pk', 'sk'] : ['sk']).map((column) => `${column} ${ascending ? 'ASC' : 'DESC'}`)
  return { sql: `SELECT ${columns} FROM items WHERE ${terms.join(' AND ')} ORDER BY ${order.join(', ')} LIMIT ?`, values }
}

function pageOf(query: Query, found: readonly Measured[]): Page {
  const items: Item[] = []
  let bytes = 0
  let taken = 0
  for (const row of found) {
    if (bytes >= MAXIMUM_PAGE_BYTES) break
    bytes += row.bytes
    taken += 1
    if (items.length < query.limit) items.push(row.item)
  }
  const last = items.at(-1)
  const more = taken > items.length || taken < found.length
  return {
    items,
    cursor: more && last !== undefined ? renderCursor(query, last) : undefined,
    units: readUnits(bytes, query.consistent === true),
  }
}

function tableItem([body, bytes]: TableRow): Measured {
  return { item: parseItem(body), bytes }
}

function indexItem([pk, sk, ipk, isk, label]: IndexRow): Measured {
  const item: Item = label === null ? { pk, sk, ipk, isk } : { pk, sk, ipk, isk, label: JSON.parse(label) }
  return { item, bytes: itemBytes(item) }
}
