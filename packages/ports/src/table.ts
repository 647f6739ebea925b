/**
 * The one store of the house: DynamoDB's semantics and nothing more (one table, partition key `pk`, sort key `sk`, one sparse
 * index `ipk`/`isk`). Adapters: `adapters/sqlite`, `adapters/dynamodb`; one contract suite for both in `test/contract`.
 */
import type { Units } from '@gatehouse/core/units.ts'

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value }

export type Key = { readonly pk: string; readonly sk: string }

/**
 * An item as it is stored. Attribute names with a meaning of their own:
 * - `ttl`: epoch seconds after which the store may delete the item (late by design: readers compare for themselves);
 * - `ipk`, `isk`, `label`: an item with `ipk` and `isk` stands in the sparse index, which holds its keys and `label` only;
 * - `event`: the item's event; a write whose new image has an `event` (set or changed by that write) appears in the stream;
 * - `attempt`: written by the adapters, never seen by callers.
 */
export type Item = Key & { readonly [attribute: string]: Value }

export type Test =
  | { readonly attribute: string; readonly is: 'absent' | 'present' }
  | {
      readonly attribute: string
      readonly is: 'equal' | 'not_equal' | 'less' | 'at_most' | 'greater' | 'at_least'
      readonly value: string | number | boolean
    }
  | { readonly any: readonly Test[] }

/** All must hold. Comparisons on an absent attribute are false (also `not_equal`; say `any: [absent, not_equal]` where it may be absent). */
export type Condition = readonly Test[]

/** Top-level attributes only. `add` starts from 0. Keys cannot be changed. An update of an absent item creates it, unless the condition says otherwise. */
export type Change = {
  readonly set?: Readonly<Record<string, Value>>
  readonly add?: Readonly<Record<string, number>>
  readonly remove?: readonly string[]
}

export type Write =
  | { readonly put: Item; readonly condition?: Condition }
  | { readonly update: Key; readonly change: Change; readonly condition?: Condition }
  | { readonly remove: Key; readonly condition?: Condition }
  | { readonly check: Key; readonly condition: Condition }

export type Query = {
  readonly pk: string
  /** Query the sparse index: `pk` is then `ipk`, and ranges are over `isk`. Always eventually consistent. */
  readonly index?: boolean
  /** Inclusive bounds of the sort key. */
  readonly from?: string
  readonly to?: string
  /** Instead of bounds: sort keys that begin with this. */
  readonly prefix?: string
  /** 1 to 1,000. */
  readonly limit: number
  /** From a former page's `cursor`; opaque; bound to the partition that it was made for. */
  readonly cursor?: string
  readonly direction?: 'ascending' | 'descending'
  readonly consistent?: boolean
}

export type Found = { readonly item: Item | undefined; readonly units: Units }
export type Page = { readonly items: readonly Item[]; readonly cursor: string | undefined; readonly units: Units }
/** `item`: the image after a put or update, the image before a remove. */
export type Written = { readonly item: Item | undefined; readonly units: Units }
export type Transacted = { readonly units: Units }

/** Every method throws `TableError` (`conflict` | `busy` | `too_large`), with the units that the refusal cost. */
export interface Table {
  /** `consistent` (default false) costs 1 read unit per 4 KB, else half. */
  get(key: Key, options?: { readonly consistent?: boolean }): Promise<Found>
  put(item: Item, condition?: Condition): Promise<Written>
  update(key: Key, change: Change, condition?: Condition): Promise<Written>
  remove(key: Key, condition?: Condition): Promise<Written>
  query(query: Query): Promise<Page>
  /** All or nothing, at most 100 writes on distinct keys; 2 units per item and KB. */
  transact(writes: readonly Write[]): Promise<Transacted>
}
