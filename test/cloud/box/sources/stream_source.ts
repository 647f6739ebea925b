/** The table's stream as an event source: shards in order, batches filtered, retried, cut in two, and at last kept in the bucket of failures. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Emulator } from '../apis/emulator.ts'
import type { Buckets } from '../apis/s3.ts'
import type { Functions } from '../functions/functions.ts'
import type { Authority } from '../iam/authority.ts'
import { failedItems, type Mapping, mayPoll, passes, pollerOf } from './mapping.ts'
import type { Source } from './queue_source.ts'

export type StreamRecord = {
  readonly eventID: string
  readonly eventName: string
  readonly dynamodb: { readonly SequenceNumber: string; readonly [field: string]: unknown }
  readonly [field: string]: unknown
}

export type StreamSourceOptions = {
  readonly mapping: Mapping
  /** Of DynamoDB Local, and the stream's name there. */
  readonly emulator: Emulator
  readonly localStreamArn: string
  readonly functions: Functions
  readonly authority: Authority
  readonly buckets: Buckets
  /** Lets a test change a batch on its way: doubled, out of order, poisoned. */
  readonly meddle: (batch: readonly StreamRecord[]) => readonly StreamRecord[]
  readonly report: (problem: string) => void
}

export type StreamSource = Source & {
  /** Resolves once everything written before the call was read and handled. */ caughtUp(): Promise<void>
}

type Shard = { readonly id: string; iterator: string | undefined }

const NEEDED = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams']
const TICK_MILLISECONDS = 25
const RETRY_MILLISECONDS = 25

export function openStreamSource(options: StreamSourceOptions): StreamSource {
  const { mapping, emulator, localStreamArn, functions, authority, buckets } = options
  const found = functions.find(mapping.functionArn)
  if (!found) throw new TypeError(`the mapping ${mapping.uuid} leads to no function of the plan`)
  const definition = found
  const shards = new Map<string, Shard>()
  let stopped = false
  let rounds = 0
  /** Rounds in a row that found nothing. */
  let quiet = 0

  async function ask(operation: string, body: unknown): Promise<Record<string, unknown>> {
    const answer = await emulator.ask(`DynamoDBStreams_20120810.${operation}`, JSON.stringify(body))
    if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  async function findShards(): Promise<void> {
    const { StreamDescription } = await ask('DescribeStream', { StreamArn: localStreamArn })
    const { Shards } = StreamDescription as { Shards: { ShardId: string }[] }
    for (const { ShardId } of Shards) {
      if (shards.has(ShardId)) continue
      const first = { StreamArn: localStreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }
      shards.set(ShardId, { id: ShardId, iterator: String((await ask('GetShardIterator', first)).ShardIterator) })
    }
  }

  async function round(): Promise<boolean> {
    if (!mayPoll(authority, definition, NEEDED, mapping.sourceArn)) return false
    await findShards()
    let found = false
    for (const shard of shards.values()) {
      if (shard.iterator === undefined) continue
      const { Records, NextShardIterator } = await ask('GetRecords', {
        ShardIterator: shard.iterator,
        Limit: Math.min(mapping.batchSize, 1000),
      })
      const records = (Records as StreamRecord[]).map(asLambdaGetsIt)
      found ||= records.length > 0
      await handle(shard, options.meddle(records.filter((record) => passes(mapping, record))))
      shard.iterator = NextShardIterator as string | undefined
    }
    return found
  }

  function asLambdaGetsIt(record: StreamRecord): StreamRecord {
    return { ...record, eventSource: 'aws:dynamodb', eventSourceARN: mapping.sourceArn, awsRegion: mapping.sourceArn.split(':')[3] }
  }

  /** Cutting in two costs no try (Lambda's guide); a batch of which a part was taken goes on with the rest. */
  async function handle(shard: Shard, batch: readonly StreamRecord[], tries = 0): Promise<void> {
    if (batch.length === 0 || stopped) return
    if (batch.length > mapping.batchSize) {
      for (let at = 0; at < batch.length; at += mapping.batchSize) await handle(shard, batch.slice(at, at + mapping.batchSize))
      return
    }
    const outcome = await functions.invoke(mapping.functionArn, { Records: batch })
    const failed = failedItems(mapping, outcome)
    if (failed?.length === 0 || stopped) return
    // All behind the first that failed come again, also those that were taken.
    const first = failed === undefined ? 0 : batch.findIndex(({ dynamodb }) => failed.includes(dynamodb.SequenceNumber))
    const rest = batch.slice(Math.max(first, 0))
    if (tries >= mapping.retries) return keepAside(shard, rest, tries, outcome.error)
    await pause(RETRY_MILLISECONDS * 2 ** Math.min(tries, 5))
    if (mapping.bisects && rest.length > 1) {
      const half = Math.ceil(rest.length / 2)
      await handle(shard, rest.slice(0, half), tries + (failed === undefined ? 0 : 1))
      return handle(shard, rest.slice(half), 0)
    }
    return handle(shard, rest, tries + 1)
  }

  /** To a bucket Lambda writes the whole batch, under this name, with the function's role. */
  function keepAside(shard: Shard, records: readonly StreamRecord[], tries: number, error: unknown): void {
    if (mapping.onFailure === undefined) return
    const now = new Date().toISOString()
    const name = mapping.onFailure.replace('arn:aws:s3:::', '')
    const key = `aws/lambda/${mapping.uuid}/${shard.id}/${now.slice(0, 10).replaceAll('-', '/')}/${now.replaceAll(':', '.').slice(0, 19)}-${randomUUID()}`
    const may = (action: string, resource: string) =>
      authority.judge(pollerOf(definition), { action, resource, owner: mapping.onFailure ?? '' }).allowed
    if (!may('s3:ListBucket', mapping.onFailure) || !may('s3:PutObject', `${mapping.onFailure}/${key}`)) return
    const kept = {
      requestContext: {
        requestId: randomUUID(),
        functionArn: mapping.functionArn,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: tries + 1,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', ...(error ? { functionError: 'Unhandled' } : {}) },
      version: '1.0',
      timestamp: now,
      DDBStreamBatchInfo: {
        shardId: shard.id,
        startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
        endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
        batchSize: records.length,
        streamArn: mapping.sourceArn,
      },
      payload: JSON.stringify({ Records: records }),
    }
    buckets.put(name, key, {
      body: Buffer.from(JSON.stringify(kept)),
      contentType: 'application/json',
      cacheControl: undefined,
      modifiedAt: Date.now(),
    })
  }

  async function poll(): Promise<void> {
    while (!stopped) {
      const found = await round().catch((error: unknown) => {
        if (!stopped) options.report(`the stream could not be read: ${String(error)}`)
        return false
      })
      rounds += 1
      quiet = found ? 0 : quiet + 1
      if (!found) await pause(TICK_MILLISECONDS)
    }
  }
  const polling = poll()

  return {
    idle: () => quiet > 1,
    async caughtUp() {
      // The round under way may have read before the write: the second quiet one after this has not.
      const asked = rounds
      while (!stopped && (rounds < asked + 2 || quiet < 2)) await Promise.race([pause(5), polling])
    },
    stop: () => {
      stopped = true
    },
  }
}
