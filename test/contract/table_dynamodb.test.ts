/** The table's contract on DynamoDB, and what only a network can do to it: lost answers, throttling, two arrivals of one call. */
import { AwsError } from '@gatehouse/adapters/aws/aws_error.ts'
import { openDynamodbClient } from '@gatehouse/adapters/dynamodb/open_dynamodb_client.ts'
import { openDynamodbTable } from '@gatehouse/adapters/dynamodb/open_dynamodb_table.ts'
import { createTableDefinition } from '@gatehouse/adapters/dynamodb/table_definition.ts'
import type { Table } from '@gatehouse/ports/table.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeExtra } from '../extras.ts'
import { accessTo, type DynamodbLocal, findDynamodbLocal, startDynamodbLocal } from './dynamodb_local.ts'
import { tableContract } from './table.contract.ts'
import { ABSENT, itemAt, partition, refusalOf } from './table_trial.ts'
import { LOST, openWeatherProxy, refused as refusal, SILENT, type Weather, type WeatherProxy } from './weather_proxy.ts'

const TABLE_NAME = 'gatehouse'
const extra = findDynamodbLocal(process.env)

describeExtra('the table on DynamoDB', extra, () => {
  let local: DynamodbLocal
  let proxy: WeatherProxy
  let table: Table

  beforeAll(async () => {
    local = await startDynamodbLocal(extra.directory)
    await openDynamodbClient({ access: accessTo(local.endpoint), timeoutMilliseconds: 20_000 })(
      'CreateTable',
      createTableDefinition(TABLE_NAME),
    )
    proxy = await openWeatherProxy(local.endpoint)
    // One more arrival is all that a lost answer needs; throttled calls are told so sooner.
    const client = openDynamodbClient({ access: accessTo(proxy.endpoint), maximumTries: 2, timeoutMilliseconds: 20_000 })
    table = openDynamodbTable({ client, tableName: TABLE_NAME, transactionUnits: 'computed' })
  })

  afterAll(async () => {
    await proxy?.close()
    await local?.stop()
  })

  async function during<Result>(change: Weather, call: () => Promise<Result>): Promise<Result> {
    proxy.weather = change
    try {
      return await call()
    } finally {
      proxy.weather = (send) => send()
    }
  }

  tableContract(() => ({
    table,
    whileBusy: (call) =>
      during(
        refusing(() => refusal('ThrottlingException')),
        call,
      ),
    modelRuns: 40,
  }))

  describe('a lost answer', () => {
    test.each([
      ['lost', LOST, 20_000],
      ['not in time', SILENT, 1_000],
    ] as const)('a conditional put that won and was sent again has won: its answer was %s', async (_, how, timeoutMilliseconds) => {
      const pk = partition()
      const client = openDynamodbClient({ access: accessTo(proxy.endpoint), timeoutMilliseconds })
      const hasty = openDynamodbTable({ client, tableName: TABLE_NAME })

      const put = await during(losingOneAnswer(how), () => hasty.put({ pk, sk: 'a', n: 1 }, ABSENT))

      expect(put.item).toEqual({ pk, sk: 'a', n: 1 })
      expect(put.units).toEqual({ read: 0, write: 1 })
    })

    test('a conditional update that won and was sent again has won, and gives the image after', async () => {
      const pk = partition()
      await table.put({ pk, sk: 'a', status: 'open', n: 1 })

      const updated = await during(losingOneAnswer(), () =>
        table.update({ pk, sk: 'a' }, { set: { status: 'spent' }, add: { n: 1 } }, [{ attribute: 'status', is: 'equal', value: 'open' }]),
      )

      expect(updated.item).toEqual({ pk, sk: 'a', status: 'spent', n: 2 })
    })

    test('an addition that was sent again counts once, with a condition that still holds and without one', async () => {
      const pk = partition()
      await table.put({ pk, sk: 'a', n: 1 })

      const bare = await during(losingOneAnswer(), () => table.update({ pk, sk: 'a' }, { add: { n: 1 } }))
      const guarded = await during(losingOneAnswer(), () =>
        table.update({ pk, sk: 'a' }, { add: { n: 1 } }, [{ attribute: 'n', is: 'less', value: 9 }]),
      )

      expect([bare.item?.n, guarded.item?.n]).toEqual([2, 3])
    })

    test('so has one whose second arrival was throttled, and whose third found its own write', async () => {
      const pk = partition()
      let arrivals = 0
      const badDay: Weather = async (send) => {
        arrivals += 1
        if (arrivals === 2) return refusal('ThrottlingException')
        const answer = await send()
        return arrivals === 1 ? LOST : answer
      }

      const put = await during(badDay, () => table.put({ pk, sk: 'a', n: 1 }, ABSENT))

      expect(put.item).toEqual({ pk, sk: 'a', n: 1 })
      expect(arrivals).toBe(3)
    })

    test('someone elses win stays a conflict', async () => {
      const pk = partition()
      await table.put({ pk, sk: 'a', n: 1 }, ABSENT)

      const refused = await refusalOf(during(losingOneAnswer(), () => table.put({ pk, sk: 'a', n: 2 }, ABSENT)))

      expect(refused).toMatchObject({ kind: 'conflict', existing: { n: 1 } })
    })

    test('a transaction that was sent again is done once', async () => {
      const pk = partition()

      await during(losingOneAnswer(), () =>
        table.transact([
          { put: { pk, sk: 'a' }, condition: ABSENT },
          { update: { pk, sk: 'n' }, change: { add: { n: 1 } } },
        ]),
      )

      expect(await itemAt(table, pk, 'n')).toEqual({ pk, sk: 'n', n: 1 })
    })

    test('a conditional remove that was sent again is a conflict: nothing is left to tell whose it was', async () => {
      const pk = partition()
      await table.put({ pk, sk: 'a', n: 1 })

      const refused = await refusalOf(
        during(losingOneAnswer(), () => table.remove({ pk, sk: 'a' }, [{ attribute: 'n', is: 'equal', value: 1 }])),
      )

      expect(refused).toMatchObject({ kind: 'conflict', existing: undefined })
    })
  })

  describe('refusals of DynamoDB', () => {
    const canceled = (...codes: string[]) =>
      refusal('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) })

    test.each(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded', 'TransactionConflictException'])(
      '%s is busy',
      async (name) => {
        const refused = await refusalOf(
          during(
            refusing(() => refusal(name)),
            () => table.get({ pk: partition(), sk: 'a' }),
          ),
        )

        expect(refused.kind).toBe('busy')
      },
    )

    test.each([
      [['None', 'TransactionConflict'], 'busy', undefined],
      [['ThrottlingError', 'None'], 'busy', undefined],
      [['TransactionConflict', 'ConditionalCheckFailed'], 'conflict', 1],
    ] as const)('a transaction canceled for %s', async (codes, kind, index) => {
      const writes = codes.map((_, at) => ({ put: { pk: partition(), sk: String(at) } }))

      const refused = await refusalOf(
        during(
          refusing(() => canceled(...codes)),
          () => table.transact(writes),
        ),
      )

      expect(refused).toMatchObject({ kind, index })
    })

    test('a transaction that is still at work is waited for', async () => {
      const pk = partition()
      let arrivals = 0
      const stillAtWork: Weather = async (send) => {
        arrivals += 1
        return arrivals < 3 ? refusal('TransactionInProgressException') : send()
      }

      await during(stillAtWork, () => table.transact([{ put: { pk, sk: 'a' } }]))

      expect(await itemAt(table, pk, 'a')).toBeDefined()
    })

    test('what means nothing to the house is thrown as it is', async () => {
      const call = during(
        refusing(() => refusal('ResourceNotFoundException')),
        () => table.get({ pk: partition(), sk: 'a' }),
      )

      await expect(call).rejects.toThrow(AwsError)
    })
  })
})

function refusing(answer: () => ReturnType<typeof refusal>): Weather {
  return async () => answer()
}

/** The call arrives and is done; its answer does not come back, once. The client then sends it again by itself. */
function losingOneAnswer(how: typeof LOST | typeof SILENT = LOST): Weather {
  let lost = false
  return async (send) => {
    const answer = await send()
    if (lost) return answer
    lost = true
    return how
  }
}
