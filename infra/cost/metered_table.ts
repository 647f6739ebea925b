/** A table that counts what goes through it: calls, units, events, and bytes that are stored and stay. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { TableError } from '@gatehouse/core/table_error.ts'
import { itemBytes, type Units } from '@gatehouse/core/units.ts'
import type { Item, Table } from '@gatehouse/ports/table.ts'

export type Meter = { calls: number; read: number; write: number; passingBytes: number; lastingBytes: number; events: HouseEvent[] }

export function openMeter(): Meter {
  return { calls: 0, read: 0, write: 0, passingBytes: 0, lastingBytes: 0, events: [] }
}

/** `meterNow` gives the meter that is to be read at the moment. */
export function meteredTable(table: Table, meterNow: () => Meter): Table {
  async function call<Result extends { readonly units: Units }>(asked: Promise<Result>): Promise<Result> {
    const meter = meterNow()
    meter.calls += 1
    const add = ({ read, write }: Units): void => {
      meter.read += read
      meter.write += write
    }
    try {
      const result = await asked
      add(result.units)
      return result
    } catch (error) {
      if (error instanceof TableError) add(error.units)
      throw error
    }
  }
  const changed = (image: Partial<Item>): void => {
    if (image.event !== undefined) meterNow().events.push(image.event as unknown as HouseEvent)
  }
  const put = (item: Item): void => {
    changed(item)
    meterNow()[item.ttl === undefined ? 'lastingBytes' : 'passingBytes'] += itemBytes(item) + ITEM_OVERHEAD_BYTES
  }
  return {
    get: (key, options) => call(table.get(key, options)),
    query: (query) => call(table.query(query)),
    remove: (key, condition) => call(table.remove(key, condition)),
    async put(item, condition) {
      const written = await call(table.put(item, condition))
      put(item)
      return written
    },
    async update(key, change, condition) {
      const written = await call(table.update(key, change, condition))
      changed(change.set ?? {})
      return written
    },
    async transact(writes) {
      const written = await call(table.transact(writes))
      for (const write of writes) {
        if ('put' in write) put(write.put)
        else if ('update' in write) changed(write.change.set ?? {})
      }
      return written
    },
  }
}

/** What DynamoDB adds to each item that it stores. */
const ITEM_OVERHEAD_BYTES = 100
