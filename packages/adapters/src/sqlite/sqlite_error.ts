/** What SQLite's refusals mean to the house. */
import { TableError } from '@gatehouse/core/table_error.ts'

const SQLITE_BUSY = 5
const SQLITE_LOCKED = 6

export function isSqliteError(error: unknown): error is Error & { errcode: number } {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
}

/** Extended codes carry the primary one in their low byte. */
export function isSqliteBusy(error: unknown): boolean {
  return isSqliteError(error) && [SQLITE_BUSY, SQLITE_LOCKED].includes(error.errcode & 0xff)
}

export function tableFailure(error: unknown): unknown {
  return isSqliteBusy(error)
    ? new TableError('busy', 'The database file is locked by another program; try again.', { cause: error })
    : error
}
