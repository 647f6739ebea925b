/** What DynamoDB's refusals mean to the house. */
import { TableError } from '@gatehouse/core/table_error.ts'
import { NO_UNITS, type Units } from '@gatehouse/core/units.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { AwsError, isAwsError } from '../aws/aws_error.ts'
import { invalidCursor } from '../table/cursor.ts'
import { refusedTransactionUnits } from '../table/price.ts'
import { toItem } from './marshal.ts'
import type { Attributes, CancellationReason } from './wire.ts'

const BUSY_NAMES: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'TransactionConflictException',
  'TransactionInProgressException',
  'ReplicatedWriteConflictException',
])

/** Codes within the reasons of a canceled transaction. */
const BUSY_REASONS: ReadonlySet<string> = new Set(['TransactionConflict', 'ProvisionedThroughputExceeded', 'ThrottlingError'])

/** An earlier arrival of this call may have won: only the same attempt, or the same token, can find out. */
export function isUnsure(error: unknown): boolean {
  if (isAwsError(error, 'TransactionInProgressException')) return true
  return error instanceof AwsError && error.mayBeDone && BUSY_NAMES.has(error.code)
}

/** The item on which the condition failed; `undefined` where it failed on none. */
export function refusal(error: unknown): { readonly existing: Attributes | undefined } | undefined {
  return isAwsError(error, 'ConditionalCheckFailedException') ? { existing: error.body.Item as Attributes | undefined } : undefined
}

export function conflict(existing: Attributes | undefined, units: Units): TableError {
  return new TableError('conflict', 'The condition of the write failed.', { existing: existing && toItem(existing), units })
}

/** Of every call but a failed condition. An error that means nothing to the house stays as it is. */
export function tableFailure(error: unknown): unknown {
  if (!(error instanceof AwsError)) return error
  if (BUSY_NAMES.has(error.code))
    return new TableError('busy', `DynamoDB asks to try again: ${error.code}.`, { cause: error, units: NO_UNITS })
  return error.code === 'ValidationException' ? invalidCall(error.message, error) : error
}

export function transactionFailure(error: unknown, writes: readonly Write[]): unknown {
  if (!isAwsError(error, 'TransactionCanceledException')) return tableFailure(error)
  const reasons = (error.body.CancellationReasons as readonly CancellationReason[] | undefined) ?? []
  const units = refusedTransactionUnits(writes)
  const index = reasons.findIndex((reason) => reason.Code === 'ConditionalCheckFailed')
  const failed = reasons[index]
  if (failed !== undefined) {
    const existing = failed.Item && toItem(failed.Item)
    return new TableError('conflict', `The condition of write ${index} of the transaction failed.`, {
      existing,
      index,
      units,
      cause: error,
    })
  }
  if (reasons.some((reason) => BUSY_REASONS.has(reason.Code ?? ''))) {
    return new TableError('busy', 'DynamoDB asks to try the transaction again.', { cause: error, units })
  }
  const invalid = reasons.find((reason) => reason.Code === 'ValidationError')
  return invalid === undefined ? error : invalidCall(invalid.Message ?? '', error)
}

/** One name for many mistakes: only the message tells them apart. */
function invalidCall(message: string, cause: Error): unknown {
  if (message.includes('maximum allowed size'))
    return new TableError('too_large', 'The item would be larger than DynamoDB stores.', { cause })
  if (message.includes('provided starting key')) return invalidCursor(cause)
  if (message.includes('incorrect data type')) return new TypeError('The update adds to an attribute that is no number.', { cause })
  return cause
}
