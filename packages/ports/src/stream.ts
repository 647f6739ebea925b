/** What happened, in order, as `relay` reads it: the events that written items carried. At least once. */
import type { Value } from './table.ts'

export type StreamRecord = {
  /** Grows within one stream; the position to commit. */
  readonly position: string
  /** Stable over redeliveries: what handlers derive idempotency keys from. */
  readonly id: string
  /** Milliseconds since the epoch at which the write was made. */
  readonly writtenAt: number
  /** The item's `event` attribute, as that write set it. */
  readonly event: Value
}

export interface Stream {
  /** Records behind `after`, or behind the last committed position where it is absent; oldest first. */
  read(limit: number, after?: string): Promise<readonly StreamRecord[]>
  /** Everything up to and with this position is done. Durable. */
  commit(position: string): Promise<void>
  /** Resolves when something was written, or after `milliseconds`. */
  wait(milliseconds: number): Promise<void>
}
