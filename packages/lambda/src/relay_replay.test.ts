import { expect, test } from 'vitest'
import type { BucketReader } from './ports.ts'
import type { StreamEvent } from './relay_batch.ts'
import { replayFailures } from './relay_replay.ts'

/** A bucket of failures as Lambda writes it: the batch stands in `payload`, as text. */
function bucket(objects: Readonly<Record<string, { modifiedAt: string; body: string }>>): BucketReader {
  return {
    async *list(prefix) {
      for (const [key, { modifiedAt }] of Object.entries(objects))
        if (key.startsWith(prefix)) yield { key, modifiedAt: Date.parse(modifiedAt) }
    },
    read: async (key) => objects[key]?.body ?? '',
  }
}

const batch = (...sequences: string[]): string =>
  JSON.stringify({
    requestContext: { condition: 'RetryAttemptsExhausted' },
    payload: JSON.stringify({ Records: sequences.map((SequenceNumber) => ({ dynamodb: { SequenceNumber } })) }),
  })

const failures = bucket({
  'aws/lambda/mapping/old': { modifiedAt: '2027-01-01T00:00:00Z', body: batch('1') },
  'aws/lambda/mapping/new': { modifiedAt: '2027-01-03T00:00:00Z', body: batch('2', '3') },
  'aws/lambda/mapping/newer': { modifiedAt: '2027-01-04T00:00:00Z', body: batch('4') },
  'something/else': { modifiedAt: '2027-01-05T00:00:00Z', body: 'not ours' },
})

test('what failed since then is handled again, record by record, and what fails again is named', async () => {
  const seen: (string | undefined)[] = []
  const relay = async ({ Records }: StreamEvent) => {
    const sequences = Records.map(({ dynamodb }) => dynamodb?.SequenceNumber)
    seen.push(...sequences)
    return { batchItemFailures: sequences.includes('2') ? [{ itemIdentifier: '2' }] : [] }
  }

  const replayed = await replayFailures(failures, relay, { from: '2027-01-02T00:00:00Z' })

  expect(seen).toEqual(['2', '3', '4'])
  expect(replayed).toEqual({ objects: 2, records: 3, failed: ['aws/lambda/mapping/new#2'] })
})

test('a time that is none is told, before anything is read', async () => {
  await expect(replayFailures(failures, async () => ({ batchItemFailures: [] }), { from: 'yesterday' })).rejects.toThrow(
    '2027-01-31T12:00:00Z',
  )
})

test('an object that holds no batch stops the replay, rather than being passed over', async () => {
  const strange = bucket({ 'aws/lambda/mapping/x': { modifiedAt: '2027-01-03T00:00:00Z', body: '{}' } })

  await expect(replayFailures(strange, async () => ({ batchItemFailures: [] }), { from: '2027-01-01' })).rejects.toThrow('no failed batch')
})
