/**
 * One process per data directory. The lock is SQLite's own exclusive lock on an empty database beside the data: the system drops it with the
 * process, also after `kill -9`, so there is no stale mark to clean up; and the data file itself stays open to a backup.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isSqliteBusy } from './sqlite_error.ts'

export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse'
  readonly directory: string

  constructor(directory: string, cause: unknown) {
    super(`The data directory ${directory} is in use by another process. Stop it, or choose another directory.`, { cause })
    this.directory = directory
  }
}

/** Referred to until they are released: a lock whose handle nobody kept would be given up by the garbage collector. */
const held = new Set<DatabaseSync>()

/** Makes the directory, for its owner only, where it is not there yet. */
export function lockDataDirectory(directory: string): { release(): void } {
  const path = resolve(directory)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const database = new DatabaseSync(join(path, 'directory.lock'), { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    throw isSqliteBusy(cause) ? new DataDirectoryInUse(path, cause) : cause
  }
  held.add(database)
  return {
    release: () => {
      held.delete(database)
      database.close()
    },
  }
}
