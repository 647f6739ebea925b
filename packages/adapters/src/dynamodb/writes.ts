/** The four writes as DynamoDB's fields, for a single call and within a transaction alike. */
import { itemBytes } from '@gatehouse/core/units.ts'
import type { Change, Condition, Item, Key, Write } from '@gatehouse/ports/table.ts'
import { adds, isConditional } from '../table/attempt.ts'
import { checkChange, checkCondition, checkItem, checkItemBytes, checkKey, checkTransactionBytes } from '../table/limits.ts'
import { openPlaceholders, type Placeholders, renderChange, renderCondition, renderNotOurs } from './expression.ts'
import { toAttributes, toKey } from './marshal.ts'
import type { Attributes } from './wire.ts'

type Expressions = ReturnType<Placeholders['fields']> & { ConditionExpression?: string }
type SentPut = Expressions & { Item: Attributes }
type SentUpdate = Expressions & { Key: Attributes; UpdateExpression?: string }
type SentRemove = Expressions & { Key: Attributes }

export function sentPut(item: Item, condition: Condition | undefined, attempt?: string): SentPut {
  return { Item: toAttributes(attempt === undefined ? item : { ...item, attempt }), ...conditionFields(condition) }
}

export function sentUpdate(key: Key, change: Change, condition: Condition | undefined, attempt?: string): SentUpdate {
  const placeholders = openPlaceholders()
  const tests = isConditional(condition) ? [renderCondition(condition, placeholders)] : []
  if (attempt !== undefined && adds(change)) tests.push(renderNotOurs(attempt, placeholders))
  const update = renderChange(change, attempt, placeholders)
  return {
    Key: toKey(key),
    ...(update !== undefined && { UpdateExpression: update }),
    ...(tests.length > 0 && { ConditionExpression: tests.join(' AND ') }),
    ...placeholders.fields(),
  }
}

export function sentRemove(key: Key, condition: Condition | undefined): SentRemove {
  return { Key: toKey(key), ...conditionFields(condition) }
}

/** No attempt ids here: the token of the whole call does their work. */
export function sentTransaction(writes: readonly Write[], tableName: string): object[] {
  checkTransactionBytes(writes.reduce((sum, write) => sum + checkedBytes(write), 0))
  return writes.map((write) => transactItem(write, { TableName: tableName, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }))
}

function transactItem(write: Write, base: { TableName: string; ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }): object {
  if ('put' in write) return { Put: { ...base, ...sentPut(write.put, write.condition) } }
  if ('remove' in write) return { Delete: { ...base, ...sentRemove(write.remove, write.condition) } }
  if ('check' in write) {
    const { Key, ConditionExpression = '', ...placeholders } = sentRemove(write.check, write.condition)
    return { ConditionCheck: { ...base, Key, ConditionExpression, ...placeholders } }
  }
  const { UpdateExpression = '', ...sent } = sentUpdate(write.update, write.change, write.condition)
  return { Update: { ...base, UpdateExpression, ...sent } }
}

function conditionFields(condition: Condition | undefined): Expressions {
  if (!isConditional(condition)) return {}
  const placeholders = openPlaceholders()
  return { ConditionExpression: renderCondition(condition, placeholders), ...placeholders.fields() }
}

function checkedBytes(write: Write): number {
  if (write.condition !== undefined) checkCondition(write.condition)
  if ('put' in write) {
    checkItem(write.put)
    const bytes = itemBytes(write.put)
    checkItemBytes(bytes)
    return bytes
  }
  if ('update' in write) {
    checkKey(write.update)
    checkChange(write.change)
    return itemBytes({ ...write.update, ...write.change.set })
  }
  checkKey('remove' in write ? write.remove : write.check)
  return 0
}
