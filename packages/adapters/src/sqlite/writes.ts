/** The four writes, each in two steps: `plan` reads and decides and may refuse, `apply` cannot refuse any more. A transaction plans all before it applies any. */
import { isConflict, TableError } from '@gatehouse/core/table_error.ts'
import { checkUnits, transactionUnits, type Units, writeUnits } from '@gatehouse/core/units.ts'
import type { Change, Condition, Item, Key, Transacted, Value, Write, Written } from '@gatehouse/ports/table.ts'
import {
  checkChange,
  checkCondition,
  checkItem,
  checkItemBytes,
  checkKey,
  checkTransaction,
  checkTransactionBytes,
} from '../table/limits.ts'
import { refusedTransactionUnits, refusedUnits } from '../table/price.ts'
import { changed } from './change.ts'
import { holds } from './condition.ts'
import { type Image, imageOf, type Rows, type Stored } from './rows.ts'

type Plan = { readonly units: Units; readonly bytes: number; readonly item: Item | undefined; readonly apply: () => void }

/** Prepared once, when the call comes in: what is wrong with the call itself is thrown here. */
export type Planned = () => Plan

export function planPut(rows: Rows, events: EventSink, item: Item, condition?: Condition, attempt?: string): Planned {
  checkItem(item)
  if (condition !== undefined) checkCondition(condition)
  const image = imageOf(item, attempt ?? null)
  checkItemBytes(image.footprint.bytes)
  return () => {
    const before = rows.stored(item)
    checkHolds(condition, before, image.footprint.bytes)
    return {
      units: writeUnits(before?.footprint, image.footprint),
      bytes: image.footprint.bytes,
      item,
      apply: () => write(rows, events, image, item.event !== undefined),
    }
  }
}

export function planUpdate(rows: Rows, events: EventSink, key: Key, change: Change, condition?: Condition, attempt?: string): Planned {
  checkKey(key)
  checkChange(change)
  if (condition !== undefined) checkCondition(condition)
  return () => {
    const before = rows.stored(key)
    checkHolds(condition, before)
    const image = imageOf(changed(key, before?.item, change), attempt ?? before?.attempt ?? null)
    checkItemBytes(image.footprint.bytes)
    return {
      units: writeUnits(before?.footprint, image.footprint),
      bytes: image.footprint.bytes,
      item: image.item,
      apply: () => write(rows, events, image, change.set?.event !== undefined),
    }
  }
}

export function planRemove(rows: Rows, key: Key, condition?: Condition): Planned {
  checkKey(key)
  if (condition !== undefined) checkCondition(condition)
  return () => {
    const before = rows.stored(key)
    checkHolds(condition, before)
    return {
      units: writeUnits(before?.footprint, undefined),
      bytes: before?.footprint.bytes ?? 0,
      item: before?.item,
      apply: () => rows.remove(key),
    }
  }
}

export function planTransaction(rows: Rows, events: EventSink, writes: readonly Write[]): () => Transacted {
  checkTransaction(writes)
  const prepared = writes.map((write) => prepare(rows, events, write))
  return () => {
    const plans = prepared.map((plan, index) => planAt(plan, index, writes))
    checkTransactionBytes(plans.reduce((sum, plan) => sum + plan.bytes, 0))
    for (const plan of plans) plan.apply()
    return { units: transactionUnits(plans.map((plan) => plan.units)) }
  }
}

export function run(planned: Planned): Written {
  const { units, item, apply } = planned()
  apply()
  return { item, units }
}

/** Receives the image of each item whose event was written, within the same commit. */
export type EventSink = (event: Value) => void

function prepare(rows: Rows, events: EventSink, write: Write): Planned {
  if ('put' in write) return planPut(rows, events, write.put, write.condition)
  if ('update' in write) return planUpdate(rows, events, write.update, write.change, write.condition)
  if ('remove' in write) return planRemove(rows, write.remove, write.condition)
  return planCheck(rows, write.check, write.condition)
}

function planCheck(rows: Rows, key: Key, condition: Condition): Planned {
  checkKey(key)
  checkCondition(condition)
  return () => {
    const before = rows.stored(key)
    checkHolds(condition, before)
    return { units: checkUnits(before?.footprint.bytes ?? 0), bytes: before?.footprint.bytes ?? 0, item: undefined, apply: () => {} }
  }
}

function planAt(plan: Planned, index: number, writes: readonly Write[]): Plan {
  try {
    return plan()
  } catch (error) {
    if (!isConflict(error)) throw error
    throw new TableError('conflict', `The condition of write ${index} of the transaction failed.`, {
      existing: error.existing,
      index,
      units: refusedTransactionUnits(writes),
    })
  }
}

function checkHolds(condition: Condition | undefined, before: Stored | undefined, sentBytes = 0): void {
  if (holds(condition, before?.item)) return
  throw new TableError('conflict', 'The condition of the write failed.', {
    existing: before?.item,
    units: refusedUnits(before?.footprint.bytes ?? 0, sentBytes),
  })
}

function write(rows: Rows, events: EventSink, image: Image, withEvent: boolean): void {
  rows.write(image)
  const { event } = image.item
  if (withEvent && event !== undefined) events(event)
}
