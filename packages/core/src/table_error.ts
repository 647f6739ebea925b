/** What a Table refuses. `conflict`: a condition failed, trying again is pointless. `busy`: throttled or a transaction conflict, try again. */

import type { Units } from './units.ts'

export type TableErrorKind = 'conflict' | 'busy' | 'too_large'

export class TableError extends Error {
  override readonly name = 'TableError'
  readonly kind: TableErrorKind
  /** The item that made the condition fail, as it is now; of a transaction, the item of the first failed write. */
  readonly existing: Readonly<Record<string, unknown>> | undefined
  /** Of a transaction: the position of the first write whose condition failed. */
  readonly index: number | undefined
  readonly units: Units

  constructor(
    kind: TableErrorKind,
    message: string,
    extras: { existing?: Readonly<Record<string, unknown>>; index?: number; units?: Units; cause?: unknown } = {},
  ) {
    super(message, extras.cause === undefined ? undefined : { cause: extras.cause })
    this.kind = kind
    this.existing = extras.existing
    this.index = extras.index
    this.units = extras.units ?? { read: 0, write: 0 }
  }
}

export function isConflict(error: unknown): error is TableError {
  return error instanceof TableError && error.kind === 'conflict'
}

export function isBusy(error: unknown): error is TableError {
  return error instanceof TableError && error.kind === 'busy'
}
