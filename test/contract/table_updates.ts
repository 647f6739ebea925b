/** What an update makes of an item. */
import { expect, test } from 'vitest'
import { itemAt, partition, refusalOf, type Subject } from './table_trial.ts'

export function updatesContract(subject: Subject): void {
  test('set, add and remove change their attributes and no other', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'a', kept: 'k', replaced: { was: 1 }, counted: 2, gone: true })

    const updated = await table.update(
      { pk, sk: 'a' },
      { set: { replaced: ['now'], fresh: null }, add: { counted: 3, begun: -4 }, remove: ['gone', 'never'] },
    )

    expect(updated.item).toEqual({ pk, sk: 'a', kept: 'k', replaced: ['now'], fresh: null, counted: 5, begun: -4 })
    expect(await itemAt(table, pk, 'a')).toEqual(updated.item)
  })

  test('an update creates the item that is not there', async () => {
    const { table } = subject()
    const pk = partition()

    const set = await table.update({ pk, sk: 'set' }, { set: { a: 1 } })
    const added = await table.update({ pk, sk: 'add' }, { add: { a: 1 } })
    const removed = await table.update({ pk, sk: 'remove' }, { remove: ['a'] })
    const nothing = await table.update({ pk, sk: 'nothing' }, {})

    expect(set.item).toEqual({ pk, sk: 'set', a: 1 })
    expect(added.item).toEqual({ pk, sk: 'add', a: 1 })
    expect(removed.item).toEqual({ pk, sk: 'remove' })
    expect(nothing.item).toEqual({ pk, sk: 'nothing' })
    expect(await itemAt(table, pk, 'nothing')).toEqual({ pk, sk: 'nothing' })
  })

  test('unless its condition says otherwise', async () => {
    const { table } = subject()
    const pk = partition()

    const refused = await refusalOf(table.update({ pk, sk: 'a' }, { add: { n: 1 } }, [{ attribute: 'pk', is: 'present' }]))

    expect(refused.kind).toBe('conflict')
    expect(await itemAt(table, pk, 'a')).toBeUndefined()
  })

  test('adding to what is no number is a mistake, and changes nothing', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'a', text: 'x' })

    await expect(table.update({ pk, sk: 'a' }, { set: { other: 1 }, add: { text: 1 } })).rejects.toThrow(TypeError)

    expect(await itemAt(table, pk, 'a')).toEqual({ pk, sk: 'a', text: 'x' })
  })

  test('an update names each attribute once, and never the key', async () => {
    const { table } = subject()
    const key = { pk: partition(), sk: 'a' }

    await expect(table.update(key, { set: { a: 1 }, remove: ['a'] })).rejects.toThrow(TypeError)
    await expect(table.update(key, { set: { sk: 'b' } })).rejects.toThrow(TypeError)
    await expect(table.update(key, { remove: ['pk'] })).rejects.toThrow(TypeError)
  })

  test('attributes bear any name', async () => {
    const { table } = subject()
    const pk = partition()
    const odd = { status: 'reserved word', 'with space': 1, '#hash': 2, ':colon': 3, 'a.b': 4, constructor: 5 }

    await table.update({ pk, sk: 'a' }, { set: odd }, [{ attribute: 'a.b', is: 'absent' }])

    expect(await itemAt(table, pk, 'a')).toEqual({ pk, sk: 'a', ...odd })
  })

  test('the adapters own attribute is neither seen nor accepted', async () => {
    const { table } = subject()
    const pk = partition()
    const item = { pk, sk: 'a', n: 1 }
    await table.put(item, [{ attribute: 'pk', is: 'absent' }])

    const updated = await table.update(item, { add: { n: 1 } }, [{ attribute: 'n', is: 'equal', value: 1 }])
    const refused = await refusalOf(table.put(item, [{ attribute: 'pk', is: 'absent' }]))
    const page = await table.query({ pk, limit: 1 })
    const removed = await table.remove(item)

    for (const seen of [updated.item, refused.existing, page.items[0], removed.item]) expect(seen).toEqual({ pk, sk: 'a', n: 2 })
    await expect(table.put({ ...item, attempt: 'mine' })).rejects.toThrow(TypeError)
    await expect(table.update(item, { set: { attempt: 'mine' } })).rejects.toThrow(TypeError)
  })

  test('what is undefined is not stored', async () => {
    const { table } = subject()
    const pk = partition()
    const loose: Record<string, string> = JSON.parse('{}')

    await table.put({ pk, sk: 'a', left: loose.out as string, kept: 1 })

    expect(Object.keys((await itemAt(table, pk, 'a')) ?? {}).sort()).toEqual(['kept', 'pk', 'sk'])
  })

  test('an expired item is found until the store has deleted it: readers compare for themselves', async () => {
    const { table } = subject()
    const pk = partition()

    await table.put({ pk, sk: 'a', ttl: 1 })
    const updated = await table.update({ pk, sk: 'a' }, { set: { ttl: 2_000_000_000 } })

    expect(updated.item).toEqual({ pk, sk: 'a', ttl: 2_000_000_000 })
    await expect(table.put({ pk, sk: 'b', ttl: 'soon' })).rejects.toThrow(TypeError)
  })
}
