/** What a record of DynamoDB's stream says to the house: the event that a write set, if it set one. */
import type { Value } from '@gatehouse/ports/table.ts'
import { fromAttribute } from './marshal.ts'
import type { Attributes } from './wire.ts'

export type StreamRecord = {
  /** `dynamodb` of a record of an event source mapping. */
  readonly NewImage?: Attributes
  readonly OldImage?: Attributes
}

/** An item keeps its last event: only a write that changed the event's id has made one. */
export function eventOfRecord({ NewImage, OldImage }: StreamRecord): Value | undefined {
  const event = NewImage?.event
  if (event === undefined) return undefined
  const id = event.M?.id?.S
  return id !== undefined && id === OldImage?.event?.M?.id?.S ? undefined : fromAttribute(event)
}
