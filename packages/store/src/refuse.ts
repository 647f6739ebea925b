/** A failed condition, in the caller's words. */
import { IamError } from '@gatehouse/core/error.ts'
import { isConflict, type TableError } from '@gatehouse/core/table_error.ts'

/** Throws `IamError('conflict', description)` where the table says conflict; everything else passes through. */
export async function asConflict<T>(work: Promise<T>, description: string | ((error: TableError) => string)): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isConflict(error))
      throw new IamError('conflict', typeof description === 'string' ? description : description(error), { cause: error })
    throw error
  }
}

/** True when it was done; false where the table says conflict; everything else passes through. */
export async function unlessConflict(work: Promise<unknown>): Promise<boolean> {
  return (await conflictAs(undefined, work)) !== undefined
}

/** `instead` where the table says conflict; everything else passes through. */
export async function conflictAs<T, U>(instead: U, work: Promise<T>): Promise<T | U> {
  try {
    return await work
  } catch (error) {
    if (isConflict(error)) return instead
    throw error
  }
}
