/** The file: one table of items with the sparse index and the expiry beside it, one of events. */
import { chmodSync, closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** Long enough for a backup tool's moment at the file, short enough for a request: waiting blocks the process. */
const BUSY_MILLISECONDS = 250

/**
 * Columns beside `body` repeat what SQLite must find or the price needs: `bytes` is the size by DynamoDB's rule, `ipk`, `isk` and `label` are
 * set together, only for an item that stands in the index; `label` is JSON there. The rows stand in the order in which they came: a new one goes
 * to the last page, and only its short key to a page of its own, where a table in the order of its keys would have to move or spill bodies.
 * `committed` holds the last position of the stream that is done, in one row.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS items (
    pk TEXT NOT NULL, sk TEXT NOT NULL, body TEXT NOT NULL, bytes INTEGER NOT NULL, attempt TEXT,
    ipk TEXT, isk TEXT, label TEXT, ttl INTEGER,
    UNIQUE (pk, sk)
  );
  CREATE INDEX IF NOT EXISTS items_index ON items (ipk, isk, pk, sk, label) WHERE ipk IS NOT NULL;
  CREATE INDEX IF NOT EXISTS items_ttl ON items (ttl) WHERE ttl IS NOT NULL;
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL, written_at INTEGER NOT NULL, event TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS committed (one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL);
`

const SCHEMA_VERSION = 3

/**
 * FULL: a commit returns when the log is on the disk, so what was acknowledged survives a power cut, not only a kill. The page cache is small,
 * since each commit walks through it and the system's own cache lies behind it; the log grows to 16 MB before its pages are copied into
 * the file, so that a page which many commits change is copied once.
 */
const PRAGMAS = `
  PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -2000;
`

export function openDatabase(file: string): DatabaseSync {
  makePrivate(file)
  const database = new DatabaseSync(file, { timeout: BUSY_MILLISECONDS })
  try {
    database.exec(PRAGMAS)
    checkVersion(database, file)
    database.exec(SCHEMA)
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`)
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

/** The file holds personal data; SQLite gives its log the same mode. */
export function makePrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}

function checkVersion(database: DatabaseSync, file: string): void {
  const version = database.prepare('PRAGMA user_version').get()?.user_version
  if (version !== 0 && version !== SCHEMA_VERSION) {
    throw new Error(`The data file ${file} has layout ${String(version)}; this version of Gatehouse reads layout ${SCHEMA_VERSION}.`)
  }
}
