/** The Table over DynamoDB. Units of single calls are DynamoDB's own report; a refusal, which reports none, is priced by the same rules. */
import { randomUUID } from 'node:crypto'
import { footprint, itemBytes, readUnits, type Units, writeUnits } from '@gatehouse/core/units.ts'
import type { Item, Query, Table, Written } from '@gatehouse/ports/table.ts'
import { isConditional, newAttempt, updateCarriesAttempt } from '../table/attempt.ts'
import { parseCursor, renderCursor } from '../table/cursor.ts'
import {
  checkChange,
  checkCondition,
  checkItem,
  checkItemBytes,
  checkKey,
  checkQuery,
  checkTransaction,
  EMPTY_PAGE,
  isEmptyRange,
} from '../table/limits.ts'
import { refusedUnits, sentTransactionUnits } from '../table/price.ts'
import { conflict, isUnsure, refusal, tableFailure, transactionFailure } from './dynamodb_error.ts'
import { openPlaceholders, renderRange } from './expression.ts'
import { toAttributes, toItem, toKey } from './marshal.ts'
import { INDEX_NAME } from './table_definition.ts'
import type {
  Attributes,
  ConsumedCapacity,
  DynamodbClient,
  GetItemOutput,
  QueryOutput,
  TransactWriteItemsOutput,
  WriteOutput,
} from './wire.ts'
import { sentPut, sentRemove, sentTransaction, sentUpdate } from './writes.ts'

export type DynamodbTableOptions = {
  readonly client: DynamodbClient
  readonly tableName: string
  /** DynamoDB Local reports transactions wrongly: `computed` counts them by the rule. Default `reported`. */
  readonly transactionUnits?: 'reported' | 'computed'
}

/** Before a call whose first arrival may have won is called busy. Beyond them a caller's new try may meet its own write as a conflict. */
const UNSURE_PAUSES_MILLISECONDS = [25, 75, 150]

export function openDynamodbTable({ client, tableName, transactionUnits = 'reported' }: DynamodbTableOptions): Table {
  const base = { TableName: tableName, ReturnConsumedCapacity: 'TOTAL' } as const
  const written = { ...base, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const

  return {
    async get(key, options) {
      checkKey(key)
      const sent = { ...base, Key: toKey(key), ConsistentRead: options?.consistent === true }
      const found = await client<GetItemOutput>('GetItem', sent).catch(rethrow)
      return { item: found.Item && toItem(found.Item), units: readOf(found.ConsumedCapacity, options?.consistent) }
    },

    async put(item, condition) {
      checkItem(item)
      if (condition !== undefined) checkCondition(condition)
      const attempt = isConditional(condition) ? newAttempt() : undefined
      const bytes = itemBytes({ ...item, attempt })
      checkItemBytes(bytes)
      const sent = sentPut(item, condition, attempt)
      try {
        const { ConsumedCapacity } = await whileUnsure(() => client<WriteOutput>('PutItem', { ...written, ...sent }))
        return { item, units: writtenOf(ConsumedCapacity) }
      } catch (error) {
        return { ...wonBefore(error, attempt, bytes), item }
      }
    },

    async update(key, change, condition) {
      checkKey(key)
      checkChange(change)
      if (condition !== undefined) checkCondition(condition)
      const attempt = updateCarriesAttempt(change, condition) ? newAttempt() : undefined
      const sent = sentUpdate(key, change, condition, attempt)
      try {
        const { Attributes, ConsumedCapacity } = await whileUnsure(() =>
          client<WriteOutput>('UpdateItem', { ...written, ...sent, ReturnValues: 'ALL_NEW' }),
        )
        return { item: Attributes && toItem(Attributes), units: writtenOf(ConsumedCapacity) }
      } catch (error) {
        return wonBefore(error, attempt)
      }
    },

    async remove(key, condition) {
      checkKey(key)
      if (condition !== undefined) checkCondition(condition)
      const sent = sentRemove(key, condition)
      try {
        const { Attributes, ConsumedCapacity } = await client<WriteOutput>('DeleteItem', { ...written, ...sent, ReturnValues: 'ALL_OLD' })
        return { item: Attributes && toItem(Attributes), units: writtenOf(ConsumedCapacity) }
      } catch (error) {
        return wonBefore(error, undefined)
      }
    },

    async query(query) {
      checkQuery(query)
      if (isEmptyRange(query)) return EMPTY_PAGE
      const placeholders = openPlaceholders()
      const sent = {
        ...base,
        IndexName: query.index === true ? INDEX_NAME : undefined,
        KeyConditionExpression: renderRange(query, placeholders),
        ...placeholders.fields(),
        ExclusiveStartKey: startKey(query),
        // One more than asked for tells whether a next page exists, so that no reader is sent to an empty one.
        Limit: query.limit + 1,
        ScanIndexForward: query.direction !== 'descending',
        ConsistentRead: query.consistent === true,
      }
      const page = await client<QueryOutput>('Query', sent).catch(rethrow)
      const found = page.Items ?? []
      const items = found.slice(0, query.limit).map(toItem)
      const last = items.at(-1)
      // A key to go on from, before the limit was passed: the page was cut at a megabyte.
      const more = found.length > query.limit || page.LastEvaluatedKey !== undefined
      const cursor = more && last !== undefined ? renderCursor(query, last) : undefined
      return { items, cursor, units: readOf(page.ConsumedCapacity, query.consistent) }
    },

    async transact(writes) {
      if (writes.length === 0) return { units: { read: 0, write: 0 } }
      checkTransaction(writes)
      const sent = {
        ReturnConsumedCapacity: 'TOTAL',
        // The same on every arrival of this call: DynamoDB applies it once.
        ClientRequestToken: randomUUID(),
        TransactItems: sentTransaction(writes, tableName),
      }
      try {
        const { ConsumedCapacity } = await whileUnsure(() => client<TransactWriteItemsOutput>('TransactWriteItems', sent))
        return { units: transactionUnits === 'computed' ? sentTransactionUnits(writes) : writtenOf(ConsumedCapacity?.[0]) }
      } catch (error) {
        throw transactionFailure(error, writes)
      }
    },
  }
}

/** A failed condition that met our own attempt was won by an earlier arrival of this call. Every other error is thrown. */
function wonBefore(error: unknown, attempt: string | undefined, sentBytes = 0): Written {
  const refused = refusal(error)
  if (refused === undefined) throw tableFailure(error)
  const { existing } = refused
  if (existing === undefined || attempt === undefined || existing.attempt?.S !== attempt) {
    throw conflict(existing, refusedUnits(bytesOf(existing), sentBytes))
  }
  const item = toItem(existing)
  return { item, units: writeUnits(undefined, footprint({ ...item, attempt })) }
}

async function whileUnsure<Result>(send: () => Promise<Result>): Promise<Result> {
  for (const pause of UNSURE_PAUSES_MILLISECONDS) {
    try {
      return await send()
    } catch (error) {
      if (!isUnsure(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return await send()
}

function startKey(query: Query): Attributes | undefined {
  const position = parseCursor(query)
  if (position === undefined) return undefined
  const { pk, sk, isk } = position
  return toAttributes(query.index === true ? { pk, sk, ipk: query.pk, isk } : { pk, sk })
}

function bytesOf(existing: Attributes | undefined): number {
  if (existing === undefined) return 0
  const item: Item = toItem(existing)
  return itemBytes({ ...item, attempt: existing.attempt?.S })
}

/** DynamoDB Local reports nothing for an empty page, DynamoDB the least that a read costs. */
function readOf(consumed: ConsumedCapacity | undefined, consistent = false): Units {
  const least = readUnits(0, consistent)
  return { read: Math.max(consumed?.CapacityUnits ?? 0, least.read), write: 0 }
}

function writtenOf(consumed: ConsumedCapacity | undefined): Units {
  return { read: 0, write: consumed?.CapacityUnits ?? 0 }
}

function rethrow(error: unknown): never {
  throw tableFailure(error)
}
