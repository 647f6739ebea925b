/** What every noun's store stands on: the table of one tenant, metered, with time and randomness. */
import type { Actor, EventKind, HouseEvent } from '@gatehouse/core/event.ts'
import type { TenantId } from '@gatehouse/core/ids.ts'
import { isBusy, TableError } from '@gatehouse/core/table_error.ts'
import type { Units } from '@gatehouse/core/units.ts'
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { Random } from '@gatehouse/ports/random.ts'
import type { Table } from '@gatehouse/ports/table.ts'
import { keysOf, type TenantKeys } from './keys.ts'

/** Sums what one request read and wrote. */
export type Meter = Units

export type Shelf = {
  readonly tenant: TenantId
  readonly keys: TenantKeys
  readonly table: Table
  readonly clock: Clock
  readonly random: Random
  /** Seconds since the epoch. */
  now(): number
  /** An event of this tenant, now. `audited` unless said otherwise. */
  event(
    kind: EventKind,
    facts: Omit<HouseEvent, 'id' | 'kind' | 'tenant' | 'at' | 'audited' | 'actor'> & { actor?: Actor; audited?: boolean },
  ): HouseEvent
}

export function openShelf(tenant: TenantId, table: Table, clock: Clock, random: Random, meter: Meter): Shelf {
  return {
    tenant,
    keys: keysOf(tenant),
    table: meteredAndPatient(table, meter),
    clock,
    random,
    now: () => Math.floor(clock.now() / 1000),
    event: (kind, { actor = {}, audited = true, ...facts }) => ({
      id: `evt_${random.token(12)}`,
      kind,
      tenant,
      at: clock.now(),
      actor,
      audited,
      ...facts,
    }),
  }
}

const BUSY_TRIES = 4

/**
 * Adds the units of every call to the meter, also of refused ones. `busy` says try again: a few times, each a little later. Unconditional writes are safe to
 * repeat; conditional ones carry their attempt.
 */
function meteredAndPatient(table: Table, meter: Meter): Table {
  const call = async <T extends { readonly units: Units }>(work: () => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        const done = await work()
        add(meter, done.units)
        return done
      } catch (error) {
        if (error instanceof TableError) add(meter, error.units)
        if (!isBusy(error) || attempt === BUSY_TRIES) throw error
        await new Promise((resolve) => setTimeout(resolve, 5 * 3 ** attempt))
      }
    }
  }
  return {
    get: (key, options) => call(() => table.get(key, options)),
    put: (item, condition) => call(() => table.put(item, condition)),
    update: (key, change, condition) => call(() => table.update(key, change, condition)),
    remove: (key, condition) => call(() => table.remove(key, condition)),
    query: (query) => call(() => table.query(query)),
    transact: (writes) => call(() => table.transact(writes)),
  }
}

function add(meter: Meter, { read, write }: Readonly<Units>): void {
  meter.read += read
  meter.write += write
}
