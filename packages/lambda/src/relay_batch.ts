/** A batch of DynamoDB's stream: every event in it is handled, many at a time; the first that failed is where Lambda goes on from. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { Log } from '@gatehouse/ports/log.ts'
import { eventOfRecord } from './ports.ts'

export type StreamEventRecord = {
  readonly eventName?: string
  readonly dynamodb?: { readonly SequenceNumber?: string } & Parameters<typeof eventOfRecord>[0]
}
export type StreamEvent = { readonly Records: readonly StreamEventRecord[] }
export type BatchResult = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] }

export type BatchOptions = { readonly handle: (event: HouseEvent) => Promise<void>; readonly log: Log }

const AT_ONCE = 20

/** Handled again are the failed one and all behind it: safe, since each is idempotent. */
export async function relayBatch({ handle, log }: BatchOptions, { Records }: StreamEvent): Promise<BatchResult> {
  const failed: string[] = []
  const waiting = [...Records]
  const work = async () => {
    for (let record = waiting.shift(); record !== undefined; record = waiting.shift()) {
      const sequence = record.dynamodb?.SequenceNumber ?? ''
      try {
        const event = parseEvent(record)
        if (event) await handle(event)
      } catch (error) {
        log.write('warn', 'an event was not handled', { sequence, error })
        failed.push(sequence)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const lowest = failed.reduce<string | undefined>((least, one) => (least === undefined || isBefore(one, least) ? one : least), undefined)
  return { batchItemFailures: lowest === undefined ? [] : [{ itemIdentifier: lowest }] }
}

/** Undefined: the write made no event. Throws for something that is none, so that it is kept aside and seen. */
export function parseEvent({ eventName, dynamodb }: StreamEventRecord): HouseEvent | undefined {
  if (eventName === 'REMOVE' || dynamodb === undefined) return undefined
  const event = eventOfRecord(dynamodb)
  if (event === undefined) return undefined
  if (!isEvent(event)) throw new TypeError('the event of the record is not one of the house')
  return event
}

function isEvent(value: unknown): value is HouseEvent {
  if (typeof value !== 'object' || value === null) return false
  const { id, kind, tenant, at, actor } = value as Partial<Record<keyof HouseEvent, unknown>>
  return [id, kind, tenant].every((text) => typeof text === 'string') && typeof at === 'number' && typeof actor === 'object'
}

/** Sequence numbers are decimal and longer than a number holds. */
function isBefore(one: string, other: string): boolean {
  return one.length === other.length ? one < other : one.length < other.length
}
