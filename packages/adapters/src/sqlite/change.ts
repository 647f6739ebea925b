/** The image after an update. An absent item begins as its key alone. */
import type { Change, Item, Key, Value } from '@gatehouse/ports/table.ts'

export function changed(key: Key, before: Item | undefined, change: Change): Item {
  const after: Record<string, Value> & Key = before === undefined ? { pk: key.pk, sk: key.sk } : { ...before }
  for (const name of change.remove ?? []) delete after[name]
  for (const name in change.set) {
    const value = change.set[name]
    if (value !== undefined) after[name] = value
  }
  for (const name in change.add) {
    const value = after[name] ?? 0
    if (typeof value !== 'number') throw new TypeError(`The update adds to "${name}", which is no number.`)
    after[name] = value + (change.add[name] ?? 0)
  }
  return after
}
