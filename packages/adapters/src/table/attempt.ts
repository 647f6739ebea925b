/**
 * The id of one logical call. A write whose answer was lost is sent again; finding its own id on the item that refuses it, the adapter knows
 * that it had won. SQLite loses no answers but stores the id too, so that both stores cost the same units.
 */
import type { Change, Condition } from '@gatehouse/ports/table.ts'
import { systemRandom } from '../random/system.ts'

const ID_BYTES = 8

/** 11 characters, always: the size of an item does not depend on chance. */
export function newAttempt(): string {
  return systemRandom.token(ID_BYTES)
}

export function isConditional(condition: Condition | undefined): condition is Condition {
  return condition !== undefined && condition.length > 0
}

/** An unconditional `add` that is sent twice would count twice. */
export function updateCarriesAttempt(change: Change, condition: Condition | undefined): boolean {
  return isConditional(condition) || adds(change)
}

export function adds(change: Change): boolean {
  for (const _ in change.add) return true
  return false
}
