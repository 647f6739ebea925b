import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openCommitQueue } from './commit_queue.ts'
import { openDatabase } from './database.ts'
import { openSqliteTable, type SqliteTable } from './open_sqlite_table.ts'
import { openRecentRows, rowOf } from './recent_rows.ts'
import { imageOf, openRows } from './rows.ts'

const KEY = { pk: 't#main#u#1', sk: 'A' }
const ABSENT = [{ attribute: 'pk', is: 'absent' }] as const

let directory = ''
let now = 1_000_000
let store: SqliteTable

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-rows-'))
  store = openSqliteTable({ file: join(directory, 'house.sqlite'), clock: { now: () => now } })
})

afterEach(() => {
  store.close()
  rmSync(directory, { recursive: true })
})

test('what was written is read back, by whoever asks, in its latest form', async () => {
  await store.table.put({ ...KEY, list: ['a'], count: 1 })
  await store.table.get(KEY)
  await store.table.update(KEY, { add: { count: 1 } })

  const { item } = await store.table.get(KEY)

  expect(item).toEqual({ ...KEY, list: ['a'], count: 2 })
})

test('no reader can change what the next one reads', async () => {
  await store.table.put({ ...KEY, list: ['a'] })
  const { item } = await store.table.get(KEY)

  const change = () => Object.assign(item?.list ?? [], { 0: 'b' })

  expect(change).toThrow(TypeError)
  expect((await store.table.get(KEY)).item).toEqual({ ...KEY, list: ['a'] })
})

test('what a caller changes after the write is not in the store', async () => {
  const list = ['a']
  await store.table.put({ ...KEY, list })
  list.push('b')

  const { item } = await store.table.get(KEY)

  expect(item?.list).toEqual(['a'])
})

test('a removed item is gone at once', async () => {
  await store.table.put({ ...KEY })
  await store.table.get(KEY)
  await store.table.remove(KEY)

  const { item } = await store.table.get(KEY)

  expect(item).toBeUndefined()
  await expect(store.table.put({ ...KEY }, ABSENT)).resolves.toBeDefined()
})

test('an item that is to live longer than it was is not swept at its former time, but an hour after its own at the latest', async () => {
  await store.table.put({ ...KEY, ttl: 900, count: 1 })
  await store.table.update(KEY, { set: { ttl: 901 } })
  await store.table.update(KEY, { set: { ttl: 9_000 } })
  now = 8_000_000
  await store.sweep()
  const before = await store.table.get(KEY)
  now = 12_601_000
  await store.sweep()

  const { item } = await store.table.get(KEY)

  expect(before.item).toEqual({ ...KEY, ttl: 9_000, count: 1 })
  expect(item).toBeUndefined()
})

test('an item that was swept away leaves its place free', async () => {
  await store.table.put({ ...KEY, ttl: 900 })
  await store.table.get(KEY)
  now = 10_000_000
  await store.sweep()

  const { item } = await store.table.get(KEY)

  expect(item).toBeUndefined()
  await expect(store.table.put({ ...KEY }, ABSENT)).resolves.toBeDefined()
})

test('after a commit that was undone nothing is remembered of it', async () => {
  const database = openDatabase(join(directory, 'other.sqlite'))
  const recent = openRecentRows()
  const queue = openCommitQueue(database)
  queue.onUndone(recent.forgetAll)
  const rows = openRows(database, recent)

  const written = queue.enqueue(() => rows.write(imageOf({ ...KEY }, null)))
  const failed = queue.enqueue(() => database.exec('INSERT INTO nowhere VALUES (1)'))

  await expect(failed).rejects.toThrow()
  await expect(written).rejects.toThrow()
  expect(rows.read(KEY)).toBeUndefined()
  database.close()
})

test('a row that is remembered, and gone from the file, is written all the same', () => {
  const database = openDatabase(join(directory, 'gone.sqlite'))
  const rows = openRows(database, openRecentRows())
  rows.write(imageOf({ ...KEY, count: 1 }, null))
  database.exec('DELETE FROM items')

  rows.write(imageOf({ ...KEY, count: 2 }, null))

  expect(openRows(database, openRecentRows()).read(KEY)?.item).toEqual({ ...KEY, count: 2 })
  database.close()
})

test('the oldest rows make room, but not for one that is too large for all of it', () => {
  const recent = openRecentRows(100)
  const row = (bytes: number) => rowOf('{}', { bytes, attempt: null, ipk: null, isk: null, label: null, expiry: null })
  recent.keep({ pk: 'a', sk: '1' }, row(60))
  recent.keep({ pk: 'b', sk: '1' }, row(60))
  recent.keep({ pk: 'c', sk: '1' }, row(200))

  const found = ['a', 'b', 'c'].map((pk) => recent.find({ pk, sk: '1' })?.bytes)

  expect(found).toEqual([undefined, 60, undefined])
})

test('two keys whose parts read alike together are two', () => {
  const recent = openRecentRows()
  recent.keep({ pk: 'ab', sk: 'c' }, rowOf('{}', { bytes: 1, attempt: null, ipk: null, isk: null, label: null, expiry: null }))

  const other = recent.find({ pk: 'a', sk: 'bc' })

  expect(other).toBeUndefined()
})
