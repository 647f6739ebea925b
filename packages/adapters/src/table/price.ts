/** What a refusal costs, and a transaction of which only the call is known. */
import { checkUnits, footprint, itemBytes, transactionUnits, type Units, writeUnits } from '@gatehouse/core/units.ts'
import type { Write } from '@gatehouse/ports/table.ts'

/** A failed condition is charged for the larger of the item that stands there and the one that was to be put. */
export function refusedUnits(existingBytes: number, sentBytes = 0): Units {
  return checkUnits(Math.max(existingBytes, sentBytes))
}

/** AWS reports nothing for a refused transaction. Counted as if each of its writes had been prepared and undone. */
export function refusedTransactionUnits(writes: readonly Write[]): Units {
  return transactionUnits(writes.map((write) => checkUnits('put' in write ? itemBytes(write.put) : 0)))
}

/** For an emulator that reports transactions wrongly: by the rule, from what was sent. Images that the call does not show count as 1 KB. */
export function sentTransactionUnits(writes: readonly Write[]): Units {
  return transactionUnits(writes.map(sentUnits))
}

function sentUnits(write: Write): Units {
  if ('put' in write) return writeUnits(undefined, footprint(write.put))
  if ('update' in write) return writeUnits(undefined, footprint({ ...write.update, ...write.change.set, ...write.change.add }))
  return checkUnits(0)
}
