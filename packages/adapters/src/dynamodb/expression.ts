/** Conditions, changes and ranges in DynamoDB's expression language. Names and values always travel as placeholders. */
import type { Change, Condition, Query, Test, Value } from '@gatehouse/ports/table.ts'
import { type Attributes, toAttribute } from './marshal.ts'

export type Placeholders = {
  name(attribute: string): string
  value(value: Value): string
  /** Absent where empty: DynamoDB refuses empty maps, and those that no expression uses. */
  fields(): { ExpressionAttributeNames?: Record<string, string>; ExpressionAttributeValues?: Attributes }
}

export function openPlaceholders(): Placeholders {
  const names = new Map<string, string>()
  const values: Attributes = {}
  let count = 0
  return {
    name(attribute) {
      const known = names.get(attribute) ?? `#${names.size}`
      names.set(attribute, known)
      return known
    },
    value(value) {
      const placeholder = `:${count}`
      count += 1
      values[placeholder] = toAttribute(value)
      return placeholder
    },
    fields: () => ({
      ...(names.size > 0 && { ExpressionAttributeNames: Object.fromEntries(Array.from(names, ([attribute, name]) => [name, attribute])) }),
      ...(count > 0 && { ExpressionAttributeValues: values }),
    }),
  }
}

const OPERATORS = { equal: '=', not_equal: '<>', less: '<', at_most: '<=', greater: '>', at_least: '>=' } as const

export function renderCondition(condition: Condition, placeholders: Placeholders): string {
  return condition.map((test) => renderTest(test, placeholders)).join(' AND ')
}

/** Refuses the second arrival of our own write. */
export function renderNotOurs(attempt: string, placeholders: Placeholders): string {
  const name = placeholders.name('attempt')
  return `(attribute_not_exists(${name}) OR ${name} <> ${placeholders.value(attempt)})`
}

export function renderChange(change: Change, attempt: string | undefined, placeholders: Placeholders): string | undefined {
  const { name, value } = placeholders
  const set = Object.entries({ ...change.set, ...(attempt !== undefined && { attempt }) }).filter(([, wanted]) => wanted !== undefined)
  const clauses = [
    clause(
      'SET',
      set.map(([attribute, wanted]) => `${name(attribute)} = ${value(wanted)}`),
    ),
    clause(
      'ADD',
      Object.entries(change.add ?? {}).map(([attribute, amount]) => `${name(attribute)} ${value(amount)}`),
    ),
    clause('REMOVE', (change.remove ?? []).map(name)),
  ]
  return clauses.filter((text) => text !== '').join(' ') || undefined
}

export function renderRange(query: Query, placeholders: Placeholders): string {
  const { name, value } = placeholders
  const [partition, sort] = query.index === true ? [name('ipk'), name('isk')] : [name('pk'), name('sk')]
  const within = `${partition} = ${value(query.pk)}`
  if (query.prefix !== undefined) return `${within} AND begins_with(${sort}, ${value(query.prefix)})`
  if (query.from !== undefined && query.to !== undefined) return `${within} AND ${sort} BETWEEN ${value(query.from)} AND ${value(query.to)}`
  if (query.from !== undefined) return `${within} AND ${sort} >= ${value(query.from)}`
  if (query.to !== undefined) return `${within} AND ${sort} <= ${value(query.to)}`
  return within
}

function renderTest(test: Test, placeholders: Placeholders): string {
  if ('any' in test) {
    if (test.any.length === 0) return NEVER
    return `(${test.any.map((alternative) => renderTest(alternative, placeholders)).join(' OR ')})`
  }
  const name = placeholders.name(test.attribute)
  if (!('value' in test)) return `${test.is === 'absent' ? 'attribute_not_exists' : 'attribute_exists'}(${name})`
  const comparison = `${name} ${OPERATORS[test.is]} ${placeholders.value(test.value)}`
  // DynamoDB finds an absent attribute unequal to everything; the port does not.
  return test.is === 'not_equal' ? `(attribute_exists(${name}) AND ${comparison})` : comparison
}

/** No alternative, so none can hold. */
const NEVER = '(attribute_exists(pk) AND attribute_not_exists(pk))'

function clause(verb: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : `${verb} ${parts.join(', ')}`
}
