/** Items as DynamoDB writes them on the wire. The adapter's own `attempt` is taken off on the way in. */
import type { Item, Key, Value } from '@gatehouse/ports/table.ts'
import type { Attributes, AttributeValue } from './wire.ts'

export function toAttribute(value: Value): AttributeValue {
  if (value === null) return { NULL: true }
  switch (typeof value) {
    case 'string':
      return { S: value }
    case 'number':
      return { N: String(value) }
    case 'boolean':
      return { BOOL: value }
    default:
      return isList(value) ? { L: value.map(toAttribute) } : { M: toAttributes(value) }
  }
}

export function toAttributes(record: Readonly<Record<string, Value>>): Attributes {
  const attributes: Attributes = {}
  for (const [name, value] of Object.entries(record)) {
    if (value !== undefined) attributes[name] = toAttribute(value)
  }
  return attributes
}

export function toKey({ pk, sk }: Key): Attributes {
  return { pk: { S: pk }, sk: { S: sk } }
}

export function fromAttribute(attribute: AttributeValue): Value {
  if (attribute.S !== undefined) return attribute.S
  if (attribute.N !== undefined) return Number(attribute.N)
  if (attribute.BOOL !== undefined) return attribute.BOOL
  if (attribute.NULL !== undefined) return null
  if (attribute.L !== undefined) return attribute.L.map(fromAttribute)
  if (attribute.M !== undefined) return fromAttributes(attribute.M)
  throw new TypeError(`The table holds an attribute of a type that the house does not write: ${Object.keys(attribute).join()}.`)
}

export function toItem(attributes: Attributes): Item {
  const { pk, sk, attempt: _, ...rest } = attributes
  if (pk?.S === undefined || sk?.S === undefined) throw new TypeError('The table returned an item without its key.')
  return { pk: pk.S, sk: sk.S, ...fromAttributes(rest) }
}

function fromAttributes(attributes: Readonly<Attributes>): Record<string, Value> {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, fromAttribute(value)]))
}

/** `Array.isArray` does not narrow a readonly list. */
function isList(value: object): value is readonly Value[] {
  return Array.isArray(value)
}
