/** Handles again what the relay had to give up: Lambda put each such batch into the bucket of failures, with the records that it held. */

import type { BucketReader } from './ports.ts'
import type { BatchResult, StreamEvent } from './relay_batch.ts'

export type Replay = { readonly from: string }
export type Replayed = { readonly objects: number; readonly records: number; readonly failed: readonly string[] }

/** As Lambda names the objects of a failed invocation: `aws/lambda/<mapping>/...`. */
const PREFIX = 'aws/lambda/'

export async function replayFailures(
  failures: BucketReader,
  relay: (event: StreamEvent) => Promise<BatchResult>,
  { from }: Replay,
): Promise<Replayed> {
  const since = Date.parse(from)
  if (Number.isNaN(since)) throw new TypeError('replay.from is a time as 2027-01-31T12:00:00Z')
  let objects = 0
  let records = 0
  const failed: string[] = []
  for await (const { key, modifiedAt } of failures.list(PREFIX)) {
    if (modifiedAt < since) continue
    const batch = parseInvocation(await failures.read(key))
    objects += 1
    records += batch.Records.length
    // One at a time, so that one bad record keeps no other of its batch from being handled.
    for (const record of batch.Records) {
      const { batchItemFailures } = await relay({ Records: [record] })
      failed.push(...batchItemFailures.map(({ itemIdentifier }) => `${key}#${itemIdentifier}`))
    }
  }
  return { objects, records, failed }
}

/** The record of an invocation that failed: the event stands in `payload`, as text. */
function parseInvocation(text: string): StreamEvent {
  const { payload } = JSON.parse(text) as { payload?: string | StreamEvent }
  const event = typeof payload === 'string' ? (JSON.parse(payload) as StreamEvent) : payload
  if (!Array.isArray(event?.Records)) throw new TypeError('the object holds no failed batch')
  return event
}
