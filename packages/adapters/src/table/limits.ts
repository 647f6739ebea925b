/** DynamoDB's limits and shapes, checked before a request leaves, alike for both stores. What a program may meet is `too_large`; what it may not, a TypeError. */
import { TableError } from '@gatehouse/core/table_error.ts'
import { NO_UNITS } from '@gatehouse/core/units.ts'
import type { Change, Condition, Item, Key, Page, Query, Test, Write } from '@gatehouse/ports/table.ts'

export const MAXIMUM_ITEM_BYTES = 400 * 1024
export const MAXIMUM_TRANSACTION_WRITES = 100
export const MAXIMUM_TRANSACTION_BYTES = 4 * 1024 * 1024
/** A page of a query ends here even where its limit is not reached. */
export const MAXIMUM_PAGE_BYTES = 1024 * 1024
const MAXIMUM_PK_BYTES = 2048
const MAXIMUM_SK_BYTES = 1024
const MAXIMUM_PAGE_ITEMS = 1000

export const EMPTY_PAGE: Page = { items: [], cursor: undefined, units: NO_UNITS }

export function checkKey(key: Key): void {
  checkKeyPart('pk', key.pk, MAXIMUM_PK_BYTES)
  checkKeyPart('sk', key.sk, MAXIMUM_SK_BYTES)
}

export function checkItem(item: Item): void {
  checkKey(item)
  checkMeanings(item)
  if ('attempt' in item) throw new TypeError('The attribute "attempt" is written by the adapters only.')
}

/** Of a whole image: after an update, too. */
export function checkItemBytes(bytes: number): void {
  if (bytes > MAXIMUM_ITEM_BYTES)
    throw new TableError('too_large', `An item of ${bytes} bytes came; at most ${MAXIMUM_ITEM_BYTES} are stored.`)
}

export function checkChange(change: Change): void {
  const names = [...Object.keys(change.set ?? {}), ...Object.keys(change.add ?? {}), ...(change.remove ?? [])]
  const seen = new Set<string>()
  for (const name of names) {
    if (name === 'pk' || name === 'sk') throw new TypeError('An update cannot change the key.')
    if (name === 'attempt') throw new TypeError('The attribute "attempt" is written by the adapters only.')
    if (seen.has(name)) throw new TypeError(`The update names "${name}" twice.`)
    seen.add(name)
  }
  for (const [name, amount] of Object.entries(change.add ?? {})) {
    if (!Number.isFinite(amount)) throw new TypeError(`The update adds ${amount} to "${name}".`)
  }
  if (change.set !== undefined) checkMeanings(change.set)
}

export function checkCondition(condition: Condition): void {
  for (const test of condition) checkTest(test)
}

export function checkTransaction(writes: readonly Write[]): void {
  if (writes.length > MAXIMUM_TRANSACTION_WRITES) {
    throw new TableError('too_large', `A transaction of ${writes.length} writes came; at most ${MAXIMUM_TRANSACTION_WRITES} fit.`)
  }
  const seen = new Set<string>()
  for (const write of writes) {
    const { pk, sk } = writeKey(write)
    const key = JSON.stringify([pk, sk])
    if (seen.has(key)) throw new TypeError(`The transaction writes ${key} twice.`)
    seen.add(key)
    if ('check' in write && write.condition.length === 0) throw new TypeError(`The check of ${key} has no condition.`)
    if ('update' in write && isEmptyChange(write.change)) throw new TypeError(`The update of ${key} changes nothing.`)
  }
}

export function checkTransactionBytes(bytes: number): void {
  if (bytes > MAXIMUM_TRANSACTION_BYTES) {
    throw new TableError('too_large', `A transaction of ${bytes} bytes came; at most ${MAXIMUM_TRANSACTION_BYTES} fit.`)
  }
}

export function checkQuery(query: Query): void {
  checkKeyPart('pk', query.pk, MAXIMUM_PK_BYTES)
  if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > MAXIMUM_PAGE_ITEMS) {
    throw new TypeError(`The limit of a query is 1 to ${MAXIMUM_PAGE_ITEMS}, not ${query.limit}.`)
  }
  if (query.prefix !== undefined && (query.from !== undefined || query.to !== undefined)) {
    throw new TypeError('A query has a prefix or bounds, not both.')
  }
  if (query.prefix === '' || query.from === '' || query.to === '') throw new TypeError('A bound of a query is not empty; leave it out.')
  if (query.index === true && query.consistent === true) throw new TypeError('The index is always eventually consistent.')
}

/** Bounds between which nothing fits: DynamoDB refuses them, a reader wants an empty page. */
export function isEmptyRange({ from, to }: Query): boolean {
  return from !== undefined && to !== undefined && Buffer.compare(Buffer.from(from), Buffer.from(to)) > 0
}

export function writeKey(write: Write): Key {
  if ('put' in write) return write.put
  if ('update' in write) return write.update
  if ('remove' in write) return write.remove
  return write.check
}

function isEmptyChange({ set = {}, add = {}, remove = [] }: Change): boolean {
  return Object.keys(set).length + Object.keys(add).length + remove.length === 0
}

/** The store acts on these attributes, so their types are fixed. */
function checkMeanings(attributes: Readonly<Record<string, unknown>>): void {
  const { ttl, ipk, isk } = attributes
  if (ttl !== undefined && !Number.isInteger(ttl)) throw new TypeError(`"ttl" is whole epoch seconds, not ${String(ttl)}.`)
  if (ipk !== undefined) checkKeyPart('ipk', ipk, MAXIMUM_PK_BYTES)
  if (isk !== undefined) checkKeyPart('isk', isk, MAXIMUM_SK_BYTES)
}

function checkKeyPart(name: string, value: unknown, maximumBytes: number): void {
  if (typeof value !== 'string' || value === '') throw new TypeError(`"${name}" is text that is not empty.`)
  // A lone surrogate has no UTF-8 form: two different keys would become one.
  if (!value.isWellFormed()) throw new TypeError(`"${name}" is not well-formed text.`)
  if (value.length * 3 <= maximumBytes) return
  const bytes = Buffer.byteLength(value)
  if (bytes > maximumBytes) throw new TableError('too_large', `"${name}" has ${bytes} bytes; at most ${maximumBytes} fit.`)
}

function checkTest(test: Test): void {
  if ('any' in test) {
    for (const alternative of test.any) checkTest(alternative)
    return
  }
  if (!('value' in test) || test.is === 'equal' || test.is === 'not_equal') return
  if (typeof test.value === 'boolean') throw new TypeError(`"${test.attribute}" is compared with a boolean, which has no order.`)
}
