/** Many at once, and a store that asks to try again. */
import { expect, test } from 'vitest'
import { ABSENT, itemAt, partition, refusalOf, type Subject } from './table_trial.ts'

const CONTENDERS = Array.from({ length: 50 }, (_, index) => index)

export function contentionContract(subject: Subject): void {
  test('of 50 concurrent puts that must be first, one wins and 49 are told who', async () => {
    const { table } = subject()
    const pk = partition()

    const outcomes = await Promise.allSettled(CONTENDERS.map((contender) => table.put({ pk, sk: 'a', contender }, ABSENT)))

    const winners = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.item] : []))
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(winners).toHaveLength(1)
    expect(await itemAt(table, pk, 'a')).toEqual(winners[0])
    for (const refused of refusals) expect(refused).toMatchObject({ kind: 'conflict', existing: winners[0] })
  })

  test('of 50 concurrent updates from one state, one wins', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'a', status: 'open', decisions: 0 })

    const outcomes = await Promise.allSettled(
      CONTENDERS.map((by) =>
        table.update({ pk, sk: 'a' }, { set: { status: 'decided', by }, add: { decisions: 1 } }, [
          { attribute: 'status', is: 'equal', value: 'open' },
        ]),
      ),
    )

    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(await itemAt(table, pk, 'a')).toMatchObject({ status: 'decided', decisions: 1 })
  })

  test('50 concurrent additions lose none', async () => {
    const { table } = subject()
    const pk = partition()

    await Promise.all(CONTENDERS.map(() => table.update({ pk, sk: 'a' }, { add: { n: 1 } })))

    expect(await itemAt(table, pk, 'a')).toEqual({ pk, sk: 'a', n: 50 })
  })

  test('a refused write leaves those beside it alone', async () => {
    const { table } = subject()
    const pk = partition()
    await table.put({ pk, sk: 'taken' })

    const outcomes = await Promise.allSettled([
      table.put({ pk, sk: 'b' }, ABSENT),
      table.put({ pk, sk: 'taken' }, ABSENT),
      table.put({ pk, sk: 'c' }, ABSENT),
    ])

    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await itemAt(table, pk, 'b')).toBeDefined()
    expect(await itemAt(table, pk, 'c')).toBeDefined()
  })

  test('a store that asks to try again is busy, not in conflict, and nothing was written', async () => {
    const { table, whileBusy } = subject()
    const pk = partition()

    const put = await refusalOf(whileBusy(() => table.put({ pk, sk: 'a' }, ABSENT)))
    const transaction = await refusalOf(whileBusy(() => table.transact([{ put: { pk, sk: 'a' }, condition: ABSENT }])))
    const before = await itemAt(table, pk, 'a')
    await table.put({ pk, sk: 'a' }, ABSENT)

    expect([put.kind, transaction.kind]).toEqual(['busy', 'busy'])
    expect(before).toBeUndefined()
    expect(await itemAt(table, pk, 'a')).toBeDefined()
  })
}
