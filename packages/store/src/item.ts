/** Between a stored item and a noun: the one place where stored attributes become a type again. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { Item, Key, Value } from '@gatehouse/ports/table.ts'

/** Attributes that are the store's, not the noun's. */
export type Extras = { ttl?: number; ipk?: string; isk?: string; label?: Readonly<Record<string, Value | undefined>>; event?: HouseEvent }

/** Undefined fields are left out; the noun's fields stand beside the keys, so that conditions and updates can name them. */
export function toItem(key: Key, noun: object, extras: Extras = {}): Item {
  const item: Record<string, Value> & Key = { pk: key.pk, sk: key.sk }
  for (const attributes of [noun, extras] as Readonly<Record<string, unknown>>[]) {
    for (const name in attributes) {
      const value: unknown = attributes[name]
      if (value !== undefined && name !== 'pk' && name !== 'sk') item[name] = plain(value)
    }
  }
  return item
}

/**
 * The noun that `toItem` stored. Items are written by this package only, so their shape is known: this cast is the only one, and what
 * comes from outside has been parsed at the door long before.
 */
export function fromItem<T>(item: Item): T {
  const { pk, sk, ttl, ipk, isk, label, event, ...noun } = item
  return noun as T
}

/** Drops undefined fields at every depth, as JSON does. */
export function plain(value: unknown): Value {
  if (Array.isArray(value)) return value.map(plain)
  if (value !== null && typeof value === 'object') {
    const record: Record<string, Value> = {}
    for (const name in value) {
      const inner: unknown = (value as Readonly<Record<string, unknown>>)[name]
      if (inner !== undefined) record[name] = plain(inner)
    }
    return record
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) return value
  throw new TypeError(`cannot store a ${typeof value}`)
}

export const ABSENT = [{ attribute: 'pk', is: 'absent' }] as const
export const PRESENT = [{ attribute: 'pk', is: 'present' }] as const
