/** Ranges, pages and cursors, over the partition and over the sparse index. */
import { IamError } from '@gatehouse/core/error.ts'
import type { Table } from '@gatehouse/ports/table.ts'
import { expect, test } from 'vitest'
import { allPages, partition, type Subject, sortKeys } from './table_trial.ts'

const NAMES = ['A#1', 'A#2', 'B#1', 'B#2', 'B#3', 'C#1', 'C\u{10ffff}', 'ä', '\uffee', '\u{1f600}']

export function pagesContract(subject: Subject): void {
  test('a partition is read in the order of its sort keys, both ways, page by page', async () => {
    const { table } = subject()
    const pk = partition()
    await putAll(table, pk, NAMES)

    const up = await allPages(table, { pk, limit: 3 })
    const down = await allPages(table, { pk, limit: 4, direction: 'descending', consistent: true })

    expect(sortKeys(up)).toEqual(NAMES)
    expect(up.map((page) => page.items.length)).toEqual([3, 3, 3, 1])
    expect(sortKeys(down)).toEqual([...NAMES].reverse())
    expect(down.map((page) => page.items.length)).toEqual([4, 4, 2])
  })

  test('the last page has no cursor, also when it is full', async () => {
    const { table } = subject()
    const pk = partition()
    await putAll(table, pk, ['1', '2', '3', '4'])

    const pages = await allPages(table, { pk, limit: 2 })

    expect(pages).toHaveLength(2)
    expect((await table.query({ pk: partition(), limit: 2 })).items).toEqual([])
  })

  test('prefix, from and to bound the range', async () => {
    const { table } = subject()
    const pk = partition()
    await putAll(table, pk, NAMES)
    const keys = async (range: object) => sortKeys([await table.query({ pk, limit: 100, ...range })])

    expect(await keys({ prefix: 'B#' })).toEqual(['B#1', 'B#2', 'B#3'])
    expect(await keys({ prefix: 'C\u{10ffff}' })).toEqual(['C\u{10ffff}'])
    expect(await keys({ prefix: '\u{1f600}' })).toEqual(['\u{1f600}'])
    expect(await keys({ from: 'B#2' })).toEqual(NAMES.slice(3))
    expect(await keys({ to: 'B#2' })).toEqual(NAMES.slice(0, 4))
    expect(await keys({ from: 'A#2', to: 'B#1' })).toEqual(['A#2', 'B#1'])
    expect(await keys({ from: 'B#1', to: 'A#2' })).toEqual([])
  })

  test('a range is paged within its bounds', async () => {
    const { table } = subject()
    const pk = partition()
    await putAll(table, pk, NAMES)

    expect(sortKeys(await allPages(table, { pk, limit: 1, prefix: 'B#' }))).toEqual(['B#1', 'B#2', 'B#3'])
    expect(sortKeys(await allPages(table, { pk, limit: 1, from: 'A#2', to: 'B#2', direction: 'descending' }))).toEqual([
      'B#2',
      'B#1',
      'A#2',
    ])
  })

  test('a cursor is bound to its partition, and to the index or the table', async () => {
    const { table } = subject()
    const [mine, theirs] = [partition(), partition()]
    for (const pk of [mine, theirs]) await putAll(table, pk, ['1', '2', '3'])
    const { cursor } = await table.query({ pk: mine, limit: 1 })

    await expect(table.query({ pk: theirs, limit: 1, cursor })).rejects.toThrow(IamError)
    await expect(table.query({ pk: mine, index: true, limit: 1, cursor })).rejects.toThrow(IamError)
    await expect(table.query({ pk: mine, limit: 1, cursor: 'nonsense' })).rejects.toThrow('The cursor does not belong to this list.')
  })

  test('partitions are apart', async () => {
    const { table } = subject()
    const [mine, theirs] = [partition(), partition()]
    await table.put({ pk: mine, sk: 'a', whose: 'mine' })
    await table.put({ pk: theirs, sk: 'a', whose: 'theirs' })

    await table.remove({ pk: theirs, sk: 'a' })

    expect((await table.query({ pk: mine, limit: 10 })).items).toEqual([{ pk: mine, sk: 'a', whose: 'mine' }])
    expect((await table.query({ pk: theirs, limit: 10 })).items).toEqual([])
  })

  test('the index holds items that have both its keys, and shows only keys and label', async () => {
    const { table } = subject()
    const [pk, ipk] = [partition(), partition()]
    await table.put({ pk, sk: 'both', ipk, isk: 'm', label: { name: 'M' }, secret: 1 })
    await table.put({ pk, sk: 'bare', ipk, isk: 'n' })
    await table.put({ pk, sk: 'half', ipk, label: 'never' })
    await table.put({ pk, sk: 'none' })

    const page = await table.query({ pk: ipk, index: true, limit: 10 })

    expect(page.items).toEqual([
      { pk, sk: 'both', ipk, isk: 'm', label: { name: 'M' } },
      { pk, sk: 'bare', ipk, isk: 'n' },
    ])
  })

  test('the index follows updates and removes', async () => {
    const { table } = subject()
    const [pk, ipk] = [partition(), partition()]
    const keys = async () => sortKeys([await table.query({ pk: ipk, index: true, limit: 10 })], 'isk')
    await table.put({ pk, sk: 'a', ipk, isk: '1' })
    await table.put({ pk, sk: 'b', ipk, isk: '2' })

    await table.update({ pk, sk: 'a' }, { set: { isk: '3' } })
    const moved = await keys()
    await table.update({ pk, sk: 'b' }, { remove: ['isk'] })
    const left = await keys()
    await table.remove({ pk, sk: 'a' })

    expect(moved).toEqual(['2', '3'])
    expect(left).toEqual(['3'])
    expect(await keys()).toEqual([])
  })

  test('the index is paged both ways, and items of one index key are each seen once', async () => {
    const { table } = subject()
    const [pk, ipk] = [partition(), partition()]
    for (const isk of NAMES) await table.put({ pk, sk: `${isk}/item`, ipk, isk })
    for (const twin of ['x', 'y', 'z']) await table.put({ pk: partition(), sk: twin, ipk, isk: 'B#2' })
    const all = [...NAMES, 'B#2', 'B#2', 'B#2'].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))

    const up = await allPages(table, { pk: ipk, index: true, limit: 2 })
    const down = await allPages(table, { pk: ipk, index: true, limit: 3, direction: 'descending' })
    const range = await allPages(table, { pk: ipk, index: true, limit: 1, prefix: 'B#' })

    expect(sortKeys(up, 'isk')).toEqual(all)
    expect(sortKeys(down, 'isk')).toEqual([...all].reverse())
    expect(new Set(sortKeys(range))).toEqual(new Set(['B#1/item', 'B#2/item', 'B#3/item', 'x', 'y', 'z']))
    expect(sortKeys(range)).toHaveLength(6)
  })

  test('a page ends at a megabyte and goes on behind it', async () => {
    const { table } = subject()
    const pk = partition()
    for (const sk of ['1', '2', '3', '4']) await table.put({ pk, sk, text: 'x'.repeat(390 * 1024) })

    const pages = await allPages(table, { pk, limit: 10 })

    expect(sortKeys(pages)).toEqual(['1', '2', '3', '4'])
    expect(pages.map((page) => page.items.length)).toEqual([3, 1])
  })
}

async function putAll(table: Table, pk: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((sk) => table.put({ pk, sk })))
}
