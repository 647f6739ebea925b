import { describe, expect, test } from 'vitest'
import { addUnits, checkUnits, footprint, indexEntry, itemBytes, readUnits, transactionUnits, valueBytes, writeUnits } from './units.ts'

const KB = 1024
const sized = (bytes: number) => ({ bytes, entry: undefined })

describe('sizes', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['é', 2],
    ['\uffee', 3],
    ['\u{1f600}', 4],
    ['a\u{1f600}b', 6],
    [true, 1],
    [null, 1],
    [0, 1],
    [7, 2],
    [42, 2],
    [123, 3],
    [12_300, 3],
    [-42, 3],
    [0.5, 2],
    [-0.00125, 4],
    [1.5e300, 2],
    [1_800_000_000, 2],
    [1_795_415_568_133, 8],
    [[], 3],
    [[1, 'a'], 3 + 3 + 2],
    [{}, 3],
    [{ a: { b: true } }, 3 + 2 + 3 + 3],
  ])('%j takes %i bytes', (value, bytes) => {
    expect(valueBytes(value)).toBe(bytes)
  })

  test('an item is the sum of its names and values; what is undefined is not stored', () => {
    expect(itemBytes({ pk: 'p#1', sk: 'a', n: 1, left: undefined })).toBe(2 + 3 + 2 + 1 + 1 + 2)
  })

  test('what no item can hold is refused', () => {
    for (const value of [Number.NaN, Number.NEGATIVE_INFINITY, 1n, () => 1, undefined]) expect(() => valueBytes(value)).toThrow(TypeError)
  })
})

describe('prices', () => {
  test('reads: by 4 KB, half when they need not be consistent, never nothing', () => {
    expect([0, 1, 4 * KB, 4 * KB + 1].map((bytes) => readUnits(bytes, true).read)).toEqual([1, 1, 1, 2])
    expect([0, 4 * KB + 1].map((bytes) => readUnits(bytes, false).read)).toEqual([0.5, 1])
  })

  test('writes: by KB of the larger image, never nothing', () => {
    expect(writeUnits(undefined, sized(10)).write).toBe(1)
    expect(writeUnits(sized(3 * KB), sized(10)).write).toBe(3)
    expect(writeUnits(sized(10), sized(KB + 1)).write).toBe(2)
    expect(writeUnits(sized(2 * KB), undefined).write).toBe(2)
    expect(writeUnits(undefined, undefined).write).toBe(1)
    expect(checkUnits(0).write).toBe(1)
  })

  test('index entries: new, gone, moved, relabelled, and as they were', () => {
    const item = { pk: 'p', sk: 's', ipk: 'i', isk: '1', label: 'x' }
    const bare = { pk: 'p', sk: 's' }
    const price = (before: object, after: object) => writeUnits(footprint({ ...before }), footprint({ ...after })).write

    expect(price(bare, item)).toBe(2)
    expect(price(item, bare)).toBe(2)
    expect(price(item, { ...item, isk: '2' })).toBe(3)
    expect(price(item, { ...item, label: 'y' })).toBe(2)
    expect(price(item, { ...item, other: 1 })).toBe(1)
    expect(price(item, { ...item, label: 'y'.repeat(KB) })).toBe(2 + 2)
  })

  test('an item with half an index key stands in no index', () => {
    expect(indexEntry({ pk: 'p', sk: 's', ipk: 'i' })).toBeUndefined()
    expect(indexEntry({ pk: 'p', sk: 's', isk: 'i' })).toBeUndefined()
  })

  test('an entry is its keys and its label, not the rest of the item', () => {
    const entry = indexEntry({ pk: 'p', sk: 's', ipk: 'i', isk: '1', label: 'xy', text: 'x'.repeat(KB) })

    expect(entry?.bytes).toBe('pkpskSipkiisk1labelxy'.length)
  })

  test('a transaction costs twice, and parts add up', () => {
    expect(transactionUnits([writeUnits(undefined, sized(KB + 1)), checkUnits(0)])).toEqual({ read: 0, write: 6 })
    expect(addUnits({ read: 0.5, write: 1 }, { read: 1, write: 0 })).toEqual({ read: 1.5, write: 1 })
    expect(addUnits()).toEqual({ read: 0, write: 0 })
  })
})
