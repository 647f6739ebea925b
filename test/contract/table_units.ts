/** What each call costs, by AWS's rules. DynamoDB's own report is held against the same numbers where the suite runs on it. */
import type { Write } from '@gatehouse/ports/table.ts'
import { expect, test } from 'vitest'
import { ABSENT, partition, refusalOf, type Subject } from './table_trial.ts'

const KB = 1024
const read = (units: number) => ({ read: units, write: 0 })
const write = (units: number) => ({ read: 0, write: units })

export function unitsContract(subject: Subject): void {
  test('reads cost by 4 KB, half when they need not be consistent, also when they find nothing', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'small' })
    await table.put({ pk, sk: 'large', text: 'x'.repeat(5 * KB) })

    expect((await table.get({ pk, sk: 'small' })).units).toEqual(read(0.5))
    expect((await table.get({ pk, sk: 'small' }, { consistent: true })).units).toEqual(read(1))
    expect((await table.get({ pk, sk: 'large' })).units).toEqual(read(1))
    expect((await table.get({ pk, sk: 'large' }, { consistent: true })).units).toEqual(read(2))
    expect((await table.get({ pk, sk: 'none' }, { consistent: true })).units).toEqual(read(1))
  })

  test('a page is rounded up once', async () => {
    const { table } = subject()
    const pk = partition()
    for (const sk of ['1', '2', '3']) await table.put({ pk, sk, text: 'x'.repeat(3 * KB) })

    expect((await table.query({ pk, limit: 10, consistent: true })).units).toEqual(read(3))
    expect((await table.query({ pk, limit: 10 })).units).toEqual(read(1.5))
    expect((await table.query({ pk: partition(), limit: 10 })).units).toEqual(read(0.5))
  })

  test('the index is read by the size of its entries', async () => {
    const { table } = subject()
    const [pk, ipk] = [partition(), partition()]
    for (const sk of ['1', '2']) await table.put({ pk, sk, ipk, isk: sk, label: 'short', text: 'x'.repeat(9 * KB) })

    expect((await table.query({ pk: ipk, index: true, limit: 10 })).units).toEqual(read(0.5))
  })

  test('writes cost by KB, of the larger image', async () => {
    const { table } = subject()
    const pk = partition()
    const large = { pk, sk: 'a', text: 'x'.repeat(2 * KB) }

    expect((await table.put(large)).units).toEqual(write(3))
    expect((await table.put({ pk, sk: 'a' })).units).toEqual(write(3))
    expect((await table.put({ pk, sk: 'a' })).units).toEqual(write(1))
    expect((await table.update({ pk, sk: 'a' }, { set: { text: 'x'.repeat(KB) } })).units).toEqual(write(2))
    expect((await table.update({ pk, sk: 'a' }, { remove: ['text'] })).units).toEqual(write(2))
    expect((await table.remove({ pk, sk: 'a' })).units).toEqual(write(1))
    expect((await table.remove({ pk, sk: 'a' })).units).toEqual(write(1))
  })

  test('a failed condition costs the write of what stands there', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'a', text: 'x'.repeat(2 * KB) })

    expect((await refusalOf(table.put({ pk, sk: 'a' }, ABSENT))).units).toEqual(write(3))
    expect((await refusalOf(table.update({ pk, sk: 'b' }, { set: { n: 1 } }, [{ attribute: 'n', is: 'present' }]))).units).toEqual(write(1))
  })

  test('an index entry is a write: new, moved, relabelled, gone; not when it stays as it was', async () => {
    const { table } = subject()
    const [pk, ipk] = [partition(), partition()]
    const key = { pk, sk: 'a' }

    expect((await table.put({ ...key, ipk, isk: '1', label: 'x' })).units).toEqual(write(2))
    expect((await table.update(key, { set: { other: 1 } })).units).toEqual(write(1))
    expect((await table.update(key, { set: { label: 'y' } })).units).toEqual(write(2))
    expect((await table.update(key, { set: { isk: '2' } })).units).toEqual(write(3))
    expect((await table.update(key, { remove: ['isk'] })).units).toEqual(write(2))
    expect((await table.update(key, { set: { isk: '3' } })).units).toEqual(write(2))
    expect((await table.remove(key)).units).toEqual(write(2))
  })

  test('the attempt id of a conditional write is part of the item', async () => {
    const { table } = subject()
    const [pk, sk] = [partition(), 'a']
    // 18 bytes: the name and eleven characters
    const text = 'x'.repeat(KB - pk.length - 'pkskatext'.length)

    expect((await table.put({ pk, sk, text })).units).toEqual(write(1))
    expect((await table.put({ pk, sk, text: text.slice(18) }, [{ attribute: 'pk', is: 'present' }])).units).toEqual(write(1))
    expect((await table.put({ pk, sk, text: text.slice(17) }, [{ attribute: 'pk', is: 'present' }])).units).toEqual(write(2))
  })

  test('sizes of all kinds of values are counted alike', async () => {
    const { table } = subject()
    const [pk, sk] = [partition(), 'a']
    const values = { n: 12345, d: -0.00125, t: true, z: null, l: [1, 'é', []], m: { k: { deep: [null] } } }
    // 5 for n, 5 for d, 2 and 2, the list 1+3+(1+2)+(1+2)+(1+3), the map 1+3+(1+1+3+(1+4+3+(1+1)))
    const used = pk.length + 'pkskatext'.length + (1 + 4) + (1 + 4) + 2 + 2 + 14 + 19
    const text = 'x'.repeat(KB - used)

    expect((await table.put({ pk, sk, text, ...values })).units).toEqual(write(1))
    expect((await table.put({ pk, sk, text: `${text}x`, ...values })).units).toEqual(write(2))
  })

  test('a transaction costs twice, done or refused', async () => {
    const { table } = subject()
    const pk = partition()
    const three: Write[] = [
      { put: { pk, sk: 'a' }, condition: ABSENT },
      { put: { pk, sk: 'b', text: 'x'.repeat(KB) } },
      { update: { pk, sk: 'c' }, change: { add: { n: 1 } } },
    ]

    expect((await table.transact(three)).units).toEqual(write(8))
    expect((await refusalOf(table.transact(three))).units).toEqual(write(8))
    expect((await table.transact([{ check: { pk, sk: 'a' }, condition: [{ attribute: 'pk', is: 'present' }] }])).units).toEqual(write(2))
    expect((await table.transact([{ put: { pk, sk: 'd', ipk: pk, isk: '1' } }])).units).toEqual(write(4))
  })
}
