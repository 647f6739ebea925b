import type { HouseEvent } from '@gatehouse/core/event.ts'
import { expect, test } from 'vitest'
import { relayBatch, type StreamEventRecord } from './relay_batch.ts'

const silent = { write() {} }

/** As the stream brings the image of an item: the sequence numbers are longer than a number holds. */
function record(sequence: string, id: string, more: { before?: string; kind?: string; eventName?: string } = {}): StreamEventRecord {
  const eventOf = (text: string, kind = 'user.created') => ({
    M: {
      id: { S: text },
      kind: { S: kind },
      tenant: { S: 'main' },
      at: { N: '1795000000000' },
      actor: { M: { ip: { S: '203.0.113.7' } } },
      audited: { BOOL: true },
      data: { M: { roles: { L: [{ S: 'a' }] }, level: { N: '1.5' } } },
    },
  })
  const NewImage = { pk: { S: 't#main' }, sk: { S: 'X' }, event: eventOf(id, more.kind) }
  const OldImage = more.before === undefined ? {} : { OldImage: { pk: { S: 't#main' }, sk: { S: 'X' }, event: eventOf(more.before) } }
  return { eventName: more.eventName ?? 'MODIFY', dynamodb: { SequenceNumber: sequence, NewImage, ...OldImage } }
}

const S = (last: number) => `1234567890123456789012345${last}`

function collector(fails: (event: HouseEvent) => boolean = () => false) {
  const handled: HouseEvent[] = []
  const handle = async (event: HouseEvent) => {
    if (fails(event)) throw new Error('not now')
    handled.push(event)
  }
  return { handled, on: { handle, log: silent } }
}

test('an event is handed over as it was written', async () => {
  const { handled, on } = collector()

  expect(await relayBatch(on, { Records: [record(S(1), 'evt_1')] })).toEqual({ batchItemFailures: [] })

  expect(handled).toEqual([
    {
      id: 'evt_1',
      kind: 'user.created',
      tenant: 'main',
      at: 1795000000000,
      actor: { ip: '203.0.113.7' },
      audited: true,
      data: { roles: ['a'], level: 1.5 },
    },
  ])
})

test('a write that left the event as it was has made none, nor has a removal, nor an item without one', async () => {
  const { handled, on } = collector()
  const bare = { eventName: 'INSERT', dynamodb: { SequenceNumber: S(3), NewImage: { pk: { S: 'a' }, sk: { S: 'b' } } } }

  await relayBatch(on, {
    Records: [
      record(S(1), 'evt_1', { before: 'evt_1' }),
      record(S(2), 'evt_2', { eventName: 'REMOVE' }),
      bare,
      record(S(4), 'evt_4', { before: 'evt_1' }),
    ],
  })

  expect(handled.map(({ id }) => id)).toEqual(['evt_4'])
})

test('the lowest that failed is where it goes on, whatever order they came in; the others are done', async () => {
  const { handled, on } = collector(({ id }) => id === 'evt_2' || id === 'evt_4')
  const Records = [record(S(5), 'evt_5'), record(S(4), 'evt_4'), record(S(2), 'evt_2'), record(S(3), 'evt_3')]

  expect(await relayBatch(on, { Records })).toEqual({ batchItemFailures: [{ itemIdentifier: S(2) }] })

  expect(handled.map(({ id }) => id).toSorted()).toEqual(['evt_3', 'evt_5'])
})

test('numbers are compared as numbers, not as text', async () => {
  const { on } = collector(() => true)
  const [small, large] = ['99999999999999999999', '100000000000000000000']

  expect(await relayBatch(on, { Records: [record(large, 'a'), record(small, 'b')] })).toEqual({
    batchItemFailures: [{ itemIdentifier: small }],
  })
})

test('a poisoned record fails by itself and is seen; its neighbours are handled', async () => {
  const { handled, on } = collector()
  const poisoned = { dynamodb: { SequenceNumber: S(2), NewImage: { pk: { S: 'a' }, sk: { S: 'b' }, event: { S: 'no event' } } } }
  const unreadable = {
    dynamodb: { SequenceNumber: S(4), NewImage: { pk: { S: 'a' }, sk: { S: 'b' }, event: { M: { id: { B: 'AA==' } } } } },
  } as object

  const result = await relayBatch(on, { Records: [record(S(1), 'evt_1'), poisoned, record(S(3), 'evt_3'), unreadable] })

  expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: S(2) }] })
  expect(handled.map(({ id }) => id).toSorted()).toEqual(['evt_1', 'evt_3'])
})

test('a large batch is worked on many at a time, and never all at once', async () => {
  let now = 0
  let most = 0
  const handle = async () => {
    now += 1
    most = Math.max(most, now)
    await new Promise((resolve) => setTimeout(resolve, 1))
    now -= 1
  }

  await relayBatch({ handle, log: silent }, { Records: Array.from({ length: 100 }, (_, at) => record(`${1000 + at}`, `evt_${at}`)) })

  expect(most).toBeGreaterThan(5)
  expect(most).toBeLessThan(50)
})
