/**
 * Capacity units by DynamoDB's rules: what a request costs. Sizes: "Item sizes and formats", costs: "Read and write operations",
 * index entries: "Using Global Secondary Indexes, throughput considerations" (Amazon DynamoDB Developer Guide).
 */

export type Units = { read: number; write: number }

export const NO_UNITS: Readonly<Units> = { read: 0, write: 0 }

/** The place of an item in the sparse index: present only with both `ipk` and `isk`. `label` is its JSON. */
export type IndexEntry = { readonly key: string; readonly label: string | undefined; readonly bytes: number }

/** What of an item decides the price of writing it. */
export type Footprint = { readonly bytes: number; readonly entry: IndexEntry | undefined }

type Attributes = Readonly<Record<string, unknown>>

const READ_UNIT_BYTES = 4096
const WRITE_UNIT_BYTES = 1024
/** A list or map costs 3 bytes, and each of its elements 1. */
const CONTAINER_BYTES = 3
const ELEMENT_BYTES = 1
const ZERO = '0'.charCodeAt(0)

export function addUnits(...parts: readonly Readonly<Units>[]): Units {
  const sum: Units = { read: 0, write: 0 }
  for (const part of parts) {
    sum.read += part.read
    sum.write += part.write
  }
  return sum
}

/** One read of `bytes` in all: a page of a query is rounded up once. Eventually consistent reads cost half. */
export function readUnits(bytes: number, consistent: boolean): Units {
  const blocks = Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES))
  return { read: consistent ? blocks : blocks / 2, write: 0 }
}

/** A put, update or remove that took place: the larger of both images, and what it changes in the index. */
export function writeUnits(before: Footprint | undefined, after: Footprint | undefined): Units {
  const bytes = Math.max(before?.bytes ?? 0, after?.bytes ?? 0)
  return { read: 0, write: writeBlocks(bytes) + indexBlocks(before?.entry, after?.entry) }
}

/** A write whose condition failed, or a check within a transaction: the size of the item that stands there. */
export function checkUnits(existingBytes: number): Units {
  return { read: 0, write: writeBlocks(existingBytes) }
}

/** Within a transaction each item is written twice: to prepare and to commit. */
export function transactionUnits(parts: readonly Readonly<Units>[]): Units {
  const sum = addUnits(...parts)
  return { read: sum.read * 2, write: sum.write * 2 }
}

export function footprint(item: Attributes): Footprint {
  return { bytes: itemBytes(item), entry: indexEntry(item) }
}

export function itemBytes(item: Attributes): number {
  let bytes = 0
  for (const name in item) {
    const value = item[name]
    if (value !== undefined) bytes += textBytes(name) + valueBytes(value)
  }
  return bytes
}

export function indexEntry(item: Attributes): IndexEntry | undefined {
  const { pk, sk, ipk, isk, label } = item
  if (typeof ipk !== 'string' || typeof isk !== 'string') return undefined
  return {
    key: JSON.stringify([ipk, isk]),
    label: label === undefined ? undefined : JSON.stringify(label),
    bytes: itemBytes({ pk, sk, ipk, isk, label }),
  }
}

export function valueBytes(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return textBytes(value)
    case 'number':
      return numberBytes(value)
    case 'boolean':
      return 1
    case 'object':
      return value === null ? 1 : containerBytes(value)
    default:
      throw new TypeError(`An item holds text, numbers, booleans, null, lists and maps, not ${typeof value}.`)
  }
}

function containerBytes(value: object): number {
  let bytes = CONTAINER_BYTES
  if (Array.isArray(value)) {
    for (const element of value) bytes += ELEMENT_BYTES + valueBytes(element)
    return bytes
  }
  for (const name in value) {
    const element: unknown = (value as Attributes)[name]
    if (element !== undefined) bytes += ELEMENT_BYTES + textBytes(name) + valueBytes(element)
  }
  return bytes
}

/** One byte for two significant digits, one for the exponent, one for a minus. */
function numberBytes(value: number): number {
  if (!Number.isFinite(value)) throw new TypeError(`An item cannot hold the number ${value}.`)
  return Math.ceil(significantDigits(Math.abs(value)) / 2) + 1 + (value < 0 ? 1 : 0)
}

function significantDigits(value: number): number {
  const text = String(value)
  if (!Number.isSafeInteger(value)) return text.replace(/e.*$/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '').length
  let digits = value === 0 ? 0 : text.length
  while (digits > 0 && text.charCodeAt(digits - 1) === ZERO) digits -= 1
  return digits
}

/** UTF-8 length without a buffer: `core` runs anywhere. */
function textBytes(text: string): number {
  let bytes = text.length
  for (let position = 0; position < text.length; position += 1) {
    const unit = text.charCodeAt(position)
    if (unit < 0x80) continue
    if (unit < 0x800) bytes += 1
    else if (unit >= 0xd800 && unit < 0xdc00) {
      bytes += 2
      position += 1
    } else bytes += 2
  }
  return bytes
}

function writeBlocks(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES))
}

function indexBlocks(before: IndexEntry | undefined, after: IndexEntry | undefined): number {
  if (before === undefined) return after === undefined ? 0 : writeBlocks(after.bytes)
  if (after === undefined) return writeBlocks(before.bytes)
  if (before.key !== after.key) return writeBlocks(before.bytes) + writeBlocks(after.bytes)
  return before.label === after.label ? 0 : writeBlocks(Math.max(before.bytes, after.bytes))
}
