/** Every operator on every kind of attribute; single writes under a condition. */
import type { Test, Value } from '@gatehouse/ports/table.ts'
import { expect, test } from 'vitest'
import { ABSENT, allows, itemAt, partition, refusalOf, type Subject } from './table_trial.ts'

/** Attribute, operator, value, whether it holds for `ITEM`. */
const ITEM: Readonly<Record<string, Value>> = { n: 5, s: 'm', b: true, nothing: null, list: [1], empty: '' }
const CASES: readonly [
  attribute: string,
  is: Test extends { is: infer Is } ? Is : string,
  value: string | number | boolean | undefined,
  holds: boolean,
][] = [
  ['n', 'present', undefined, true],
  ['n', 'absent', undefined, false],
  ['missing', 'present', undefined, false],
  ['missing', 'absent', undefined, true],
  ['nothing', 'present', undefined, true],
  ['empty', 'equal', '', true],
  ['n', 'equal', 5, true],
  ['n', 'equal', 6, false],
  ['n', 'equal', '5', false],
  ['n', 'not_equal', 6, true],
  ['n', 'not_equal', 5, false],
  ['n', 'not_equal', '5', true],
  ['n', 'less', 6, true],
  ['n', 'less', 5, false],
  ['n', 'at_most', 5, true],
  ['n', 'at_most', 4, false],
  ['n', 'greater', 4, true],
  ['n', 'greater', 5, false],
  ['n', 'at_least', 5, true],
  ['n', 'at_least', 6, false],
  ['n', 'less', 'z', false],
  ['s', 'equal', 'm', true],
  ['s', 'less', 'n', true],
  ['s', 'less', 'm', false],
  ['s', 'at_most', 'm', true],
  ['s', 'greater', 'M', true],
  ['s', 'greater', 'mm', false],
  ['s', 'at_least', 'm', true],
  ['s', 'less', 7, false],
  ['b', 'equal', true, true],
  ['b', 'equal', false, false],
  ['b', 'not_equal', false, true],
  ['list', 'equal', 1, false],
  ['list', 'not_equal', 1, true],
  ['missing', 'equal', 5, false],
  ['missing', 'not_equal', 5, false],
  ['missing', 'less', 5, false],
  ['missing', 'at_least', 5, false],
]

export function conditionsContract(subject: Subject): void {
  for (const [attribute, is, value, holds] of CASES) {
    test(`${attribute} ${is} ${JSON.stringify(value) ?? ''}: ${holds ? 'holds' : 'fails'}`, async () => {
      const { table } = subject()
      const wanted = (value === undefined ? { attribute, is } : { attribute, is, value }) as Test

      const allowed = await allows(table, { pk: partition(), sk: 'a', ...ITEM }, wanted)

      expect(allowed).toBe(holds)
    })
  }

  test('text is ordered by its UTF-8 bytes', async () => {
    const { table } = subject()
    const item = { pk: partition(), sk: 'a', s: '\u{1f600}' }

    expect(await allows(table, item, { attribute: 's', is: 'greater', value: '\uffee' })).toBe(true)
  })

  test('any: one alternative is enough, none is never', async () => {
    const { table } = subject()
    const item = { pk: partition(), sk: 'a', n: 1 }

    expect(
      await allows(table, item, {
        any: [
          { attribute: 'n', is: 'absent' },
          { attribute: 'n', is: 'equal', value: 1 },
        ],
      }),
    ).toBe(true)
    expect(
      await allows(table, item, {
        any: [
          { attribute: 'n', is: 'absent' },
          { attribute: 'n', is: 'equal', value: 2 },
        ],
      }),
    ).toBe(false)
    expect(await allows(table, item, { any: [{ any: [{ attribute: 'n', is: 'greater', value: 0 }] }] })).toBe(true)
    expect(await allows(table, item, { any: [] })).toBe(false)
  })

  test('all tests of a condition must hold', async () => {
    const { table } = subject()
    const item = { pk: partition(), sk: 'a', n: 1, s: 'x' }
    await table.put(item)

    await table.put(item, [
      { attribute: 'n', is: 'equal', value: 1 },
      { attribute: 's', is: 'equal', value: 'x' },
    ])
    const refused = await refusalOf(
      table.put(item, [
        { attribute: 'n', is: 'equal', value: 1 },
        { attribute: 's', is: 'equal', value: 'y' },
      ]),
    )

    expect(refused.kind).toBe('conflict')
  })

  test('a booleans order is nobodys, and asking for it is a mistake', async () => {
    const { table } = subject()

    await expect(table.remove({ pk: partition(), sk: 'a' }, [{ attribute: 'b', is: 'less', value: true }])).rejects.toThrow(TypeError)
  })

  test('an item is put once when it must be absent; the refusal shows what stands there', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'a', winner: 1 }, ABSENT)

    const refused = await refusalOf(table.put({ pk, sk: 'a', winner: 2 }, ABSENT))

    expect(refused.kind).toBe('conflict')
    expect(refused.existing).toEqual({ pk, sk: 'a', winner: 1 })
    expect(await itemAt(table, pk, 'a')).toEqual({ pk, sk: 'a', winner: 1 })
  })

  test('a refusal by an absent item shows none', async () => {
    const { table } = subject()

    const refused = await refusalOf(table.update({ pk: partition(), sk: 'a' }, { set: { n: 1 } }, [{ attribute: 'pk', is: 'present' }]))

    expect(refused.kind).toBe('conflict')
    expect(refused.existing).toBeUndefined()
  })

  test('a remove gives the image before, and obeys its condition', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'a', n: 1 })

    const refused = await refusalOf(table.remove({ pk, sk: 'a' }, [{ attribute: 'n', is: 'equal', value: 2 }]))
    const removed = await table.remove({ pk, sk: 'a' }, [{ attribute: 'n', is: 'equal', value: 1 }])
    const again = await table.remove({ pk, sk: 'a' })

    expect(refused.existing).toEqual({ pk, sk: 'a', n: 1 })
    expect(removed.item).toEqual({ pk, sk: 'a', n: 1 })
    expect(again.item).toBeUndefined()
    expect(await itemAt(table, pk, 'a')).toBeUndefined()
  })

  test('a put replaces the whole item and gives the image after', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'a', old: 1 })

    const put = await table.put({ pk, sk: 'a', fresh: { deep: [1, 'two', null, { three: true }] } })

    expect(put.item).toEqual({ pk, sk: 'a', fresh: { deep: [1, 'two', null, { three: true }] } })
    expect(await itemAt(table, pk, 'a')).toEqual(put.item)
  })
}
