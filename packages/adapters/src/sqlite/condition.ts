/** Whether a condition holds for an item, as DynamoDB decides it: types never mix, text is ordered by its UTF-8 bytes. */
import type { Condition, Item, Test } from '@gatehouse/ports/table.ts'

export function holds(condition: Condition | undefined, item: Item | undefined): boolean {
  return condition === undefined || condition.every((test) => testHolds(test, item))
}

type Comparison = Extract<Test, { value: unknown }>

const COMPARISONS: Readonly<Record<Comparison['is'], (found: unknown, value: Comparison['value']) => boolean>> = {
  equal: (found, value) => found === value,
  not_equal: (found, value) => found !== value,
  less: (found, value) => order(found, value) < 0,
  at_most: (found, value) => order(found, value) <= 0,
  greater: (found, value) => order(found, value) > 0,
  at_least: (found, value) => order(found, value) >= 0,
}

function testHolds(test: Test, item: Item | undefined): boolean {
  if ('any' in test) return test.any.some((alternative) => testHolds(alternative, item))
  const found = item?.[test.attribute]
  if ('value' in test) return found !== undefined && COMPARISONS[test.is](found, test.value)
  return (found === undefined) === (test.is === 'absent')
}

/** NaN, with which every comparison fails, where the types differ. */
function order(found: unknown, value: unknown): number {
  if (typeof found === 'number' && typeof value === 'number') return found - value
  if (typeof found === 'string' && typeof value === 'string') return Buffer.compare(Buffer.from(found), Buffer.from(value))
  return Number.NaN
}
