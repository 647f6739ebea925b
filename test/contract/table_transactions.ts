/** All or nothing. */
import { expect, test } from 'vitest'
import { ABSENT, itemAt, partition, refusalOf, type Subject } from './table_trial.ts'

export function transactionsContract(subject: Subject): void {
  test('puts, updates, removes and checks happen together', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'counted', n: 1 })
    await table.put({ pk, sk: 'gone' })
    await table.put({ pk, sk: 'checked', live: true })

    await table.transact([
      { put: { pk, sk: 'fresh' }, condition: ABSENT },
      { update: { pk, sk: 'counted' }, change: { add: { n: 1 } }, condition: [{ attribute: 'n', is: 'equal', value: 1 }] },
      { remove: { pk, sk: 'gone' } },
      { check: { pk, sk: 'checked' }, condition: [{ attribute: 'live', is: 'equal', value: true }] },
    ])

    expect((await table.query({ pk, limit: 10, consistent: true })).items).toEqual([
      { pk, sk: 'checked', live: true },
      { pk, sk: 'counted', n: 2 },
      { pk, sk: 'fresh' },
    ])
  })

  test('one failed condition undoes all, and is named with the item that it met', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'c', n: 7 })

    const refused = await refusalOf(
      table.transact([
        { put: { pk, sk: 'a' } },
        { update: { pk, sk: 'b' }, change: { set: { n: 1 } } },
        { check: { pk, sk: 'c' }, condition: [{ attribute: 'n', is: 'greater', value: 7 }] },
        { remove: { pk, sk: 'd' }, condition: [{ attribute: 'pk', is: 'present' }] },
      ]),
    )

    expect(refused).toMatchObject({ kind: 'conflict', index: 2, existing: { pk, sk: 'c', n: 7 } })
    expect((await table.query({ pk, limit: 10, consistent: true })).items).toEqual([{ pk, sk: 'c', n: 7 }])
  })

  test('a mistake in one write undoes all', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'text', value: 'x' })

    await expect(table.transact([{ put: { pk, sk: 'a' } }, { update: { pk, sk: 'text' }, change: { add: { value: 1 } } }])).rejects.toThrow(
      TypeError,
    )

    expect(await itemAt(table, pk, 'a')).toBeUndefined()
  })

  test('of two concurrent transactions for the same item, one wins', async () => {
    const { table } = subject()
    const pk = partition()
    const attempt = (name: string) => table.transact([{ put: { pk, sk: 'name', name }, condition: ABSENT }, { put: { pk, sk: name } }])

    const outcomes = await Promise.allSettled(['x', 'y', 'z'].map(attempt))

    const items = (await table.query({ pk, limit: 10, consistent: true })).items
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(items).toHaveLength(2)
    expect(items[0]).toMatchObject({ sk: 'name', name: items[1]?.sk })
  })

  test('the index follows a transaction', async () => {
    const { table } = subject()
    const [pk, ipk] = [partition(), partition()]
    await table.put({ pk, sk: 'old', ipk, isk: 'old' })

    await table.transact([{ put: { pk, sk: 'fresh', ipk, isk: 'fresh', label: 1 } }, { remove: { pk, sk: 'old' } }])

    expect((await table.query({ pk: ipk, index: true, limit: 10 })).items).toEqual([{ pk, sk: 'fresh', ipk, isk: 'fresh', label: 1 }])
  })

  test('keys of a transaction are distinct, its checks and updates say something, and nothing to do costs nothing', async () => {
    const { table } = subject()
    const pk = partition()

    await expect(table.transact([{ put: { pk, sk: 'a' } }, { remove: { pk, sk: 'a' } }])).rejects.toThrow(TypeError)
    await expect(table.transact([{ check: { pk, sk: 'a' }, condition: [] }])).rejects.toThrow(TypeError)
    await expect(table.transact([{ update: { pk, sk: 'a' }, change: {} }])).rejects.toThrow(TypeError)
    expect((await table.transact([])).units).toEqual({ read: 0, write: 0 })
  })
}
