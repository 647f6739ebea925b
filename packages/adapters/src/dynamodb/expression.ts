/** Conditions, changes and ranges in DynamoDB's expression language. Names and values always travel as placeholders. */
import type { Change, Condition, Query, Test, Value } from '@gatehouse/ports/table.ts'
import { toAttribute } from './marshal.ts'
import type { Attributes } from './wire.ts'

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
  const { prefix, from, to } = query
  const within = `${name(query.index === true ? 'ipk' : 'pk')} = ${value(query.pk)}`
  if (prefix === undefined && from === undefined && to === undefined) return within
  const sort = name(query.index === true ? 'isk' : 'sk')
  if (prefix !== undefined) return `${within} AND begins_with(${sort}, ${value(prefix)})`
  if (from !== undefined && to !== undefined) return `${within} AND ${sort} BETWEEN ${value(from)} AND ${value(to)}`
  return from === undefined ? `${within} AND ${sort} <= ${value(to ?? '')}` : `${within} AND ${sort} >= ${value(from)}`
}

function renderTest(test: Test, placeholders: Placeholders): string {
  if ('any' in test) return renderAny(test.any, placeholders)
  const name = placeholders.name(test.attribute)
  if (!('value' in test)) return `${test.is === 'absent' ? 'attribute_not_exists' : 'attribute_exists'}(${name})`
  const comparison = `${name} ${OPERATORS[test.is]} ${placeholders.value(test.value)}`
  // DynamoDB finds an absent attribute unequal to everything; the port does not.
  return test.is === 'not_equal' ? `attribute_exists(${name}) AND ${comparison}` : comparison
}

/** AND binds tighter than OR, and DynamoDB refuses parentheses that it could do without. */
function renderAny(alternatives: readonly Test[], placeholders: Placeholders): string {
  if (alternatives.length === 0) return NEVER
  const rendered = alternatives.map((alternative) => renderTest(alternative, placeholders)).join(' OR ')
  return alternatives.length === 1 ? rendered : `(${rendered})`
}

/** No alternative, so none can hold. */
const NEVER = 'attribute_exists(pk) AND attribute_not_exists(pk)'

function clause(verb: string, parts: readonly string[]): string {
  return parts.length === 0 ? '' : `${verb} ${parts.join(', ')}`
}
