/** DynamoDB's limits, met alike by both stores. */
import { itemBytes } from '@gatehouse/core/units.ts'
import type { Item } from '@gatehouse/ports/table.ts'
import { expect, test } from 'vitest'
import { itemAt, partition, refusalOf, type Subject } from './table_trial.ts'

const MAXIMUM = 400 * 1024

export function limitsContract(subject: Subject): void {
  test('an item of 400 KB is stored, one byte more is too large', async () => {
    const { table } = subject()
    const bare: Item = { pk: partition(), sk: 'a', text: '' }
    const room = MAXIMUM - itemBytes(bare)

    await table.put({ ...bare, text: 'x'.repeat(room) })
    const refused = await refusalOf(table.put({ ...bare, text: 'x'.repeat(room + 1) }))

    expect(refused.kind).toBe('too_large')
    expect((await itemAt(table, bare.pk, 'a'))?.text).toHaveLength(room)
  })

  test('an update cannot grow an item beyond it', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'a', one: 'x'.repeat(200 * 1024) })
    const change = { set: { two: 'x'.repeat(201 * 1024) } }

    const single = await refusalOf(table.update({ pk, sk: 'a' }, change))
    const together = await refusalOf(table.transact([{ update: { pk, sk: 'a' }, change }, { put: { pk, sk: 'b' } }]))

    expect([single.kind, together.kind]).toEqual(['too_large', 'too_large'])
    expect(await itemAt(table, pk, 'b')).toBeUndefined()
    expect((await itemAt(table, pk, 'a'))?.two).toBeUndefined()
  })

  test('a transaction holds 100 writes and no more', async () => {
    const { table } = subject()
    const pk = partition()
    const writes = (count: number) => Array.from({ length: count }, (_, index) => ({ put: { pk, sk: String(index) } }))

    const refused = await refusalOf(table.transact(writes(101)))
    await table.transact(writes(100))

    expect(refused.kind).toBe('too_large')
    expect((await table.query({ pk, limit: 1000 })).items).toHaveLength(100)
  })

  test('a transaction holds 4 MB and no more', async () => {
    const { table } = subject()
    const pk = partition()
    const writes = Array.from({ length: 11 }, (_, index) => ({ put: { pk, sk: String(index), text: 'x'.repeat(390 * 1024) } }))

    expect((await refusalOf(table.transact(writes))).kind).toBe('too_large')
  })

  test('keys are bounded in bytes, not in characters', async () => {
    const { table } = subject()
    const pk = partition()

    await table.put({ pk: `${pk}${'é'.repeat((2048 - pk.length) / 2)}`, sk: 'é'.repeat(512) })
    const long = await refusalOf(table.put({ pk: `${pk}${'é'.repeat(1024)}`, sk: 'a' }))
    const longSort = await refusalOf(table.get({ pk, sk: 'é'.repeat(513) }))
    const longIndex = await refusalOf(table.put({ pk, sk: 'a', ipk: 'i', isk: 'é'.repeat(513) }))

    expect([long.kind, longSort.kind, longIndex.kind]).toEqual(['too_large', 'too_large', 'too_large'])
  })

  test('keys are text that is not empty and has a UTF-8 form', async () => {
    const { table } = subject()

    await expect(table.get({ pk: '', sk: 'a' })).rejects.toThrow(TypeError)
    await expect(table.put({ pk: 'a', sk: '' })).rejects.toThrow(TypeError)
    await expect(table.put({ pk: partition(), sk: '\ud800' })).rejects.toThrow(TypeError)
    await expect(table.put({ pk: partition(), sk: 'a', ipk: 7, isk: 'x' })).rejects.toThrow(TypeError)
  })

  test('numbers are finite', async () => {
    const { table } = subject()

    await expect(table.put({ pk: partition(), sk: 'a', n: Number.NaN })).rejects.toThrow(TypeError)
    await expect(table.update({ pk: partition(), sk: 'a' }, { add: { n: Number.POSITIVE_INFINITY } })).rejects.toThrow(TypeError)
  })

  test('a query asks for 1 to 1,000 items, by prefix or by bounds, and the index is never consistent', async () => {
    const { table } = subject()
    const pk = partition()

    await expect(table.query({ pk, limit: 0 })).rejects.toThrow(TypeError)
    await expect(table.query({ pk, limit: 1001 })).rejects.toThrow(TypeError)
    await expect(table.query({ pk, limit: 1, prefix: 'a', from: 'b' })).rejects.toThrow(TypeError)
    await expect(table.query({ pk, limit: 1, index: true, consistent: true })).rejects.toThrow(TypeError)
  })
}
