/** A failed condition, in the caller's words. */
import { IamError } from '@gatehouse/core/error.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'

/** Throws `IamError('conflict', description)` where the table says conflict; everything else passes through. */
export async function asConflict<T>(work: Promise<T>, description: string): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isConflict(error)) throw new IamError('conflict', description, { cause: error })
    throw error
  }
}
