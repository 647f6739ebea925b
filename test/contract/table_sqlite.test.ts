/** The table's contract on SQLite, and what only a store in a file promises: its stream, its lock, its sweeping, its file. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { lockDataDirectory } from '@gatehouse/adapters/sqlite/lock.ts'
import { openSqliteTable, type SqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tableContract } from './table.contract.ts'
import { ABSENT, itemAt } from './table_trial.ts'

const clock = { now: () => 1_800_000_000_000 }
let directory = ''
let file = ''
let open: SqliteTable

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-table-'))
  file = join(directory, 'gatehouse.sqlite')
  open = openSqliteTable({ file, clock })
})

afterEach(() => {
  open.close()
  rmSync(directory, { recursive: true })
})

describe('the table on SQLite', () => {
  tableContract(() => ({ table: open.table, whileBusy: (call) => whileBusy(call), modelRuns: 150 }))
})

describe('the stream', () => {
  test('holds the events of writes that set one, in order, until their position is committed', async () => {
    const { table, stream } = open
    await table.put({ pk: 'p', sk: 'a', event: { type: 'made' }, n: 1 }, ABSENT)
    await table.put({ pk: 'p', sk: 'b' })
    await table.update({ pk: 'p', sk: 'a' }, { add: { n: 1 } })
    await table.update({ pk: 'p', sk: 'a' }, { set: { event: { type: 'changed' } } })
    await table.transact([{ put: { pk: 'p', sk: 'c', event: { type: 'together' } } }, { remove: { pk: 'p', sk: 'a' } }])

    const records = await stream.read(10)
    await stream.commit(records[0]?.position ?? '')

    expect(records.map((record) => record.event)).toEqual([{ type: 'made' }, { type: 'changed' }, { type: 'together' }])
    expect(records.map((record) => record.writtenAt)).toEqual([clock.now(), clock.now(), clock.now()])
    expect(await stream.read(10)).toEqual(records.slice(1))
    expect(await stream.read(1)).toEqual([records[1]])
  })

  test('holds nothing of a refused write', async () => {
    const { table, stream } = open
    await table.put({ pk: 'p', sk: 'a' })

    await Promise.allSettled([
      table.put({ pk: 'p', sk: 'a', event: { type: 'refused' } }, ABSENT),
      table.transact([
        { put: { pk: 'p', sk: 'b', event: { type: 'refused' } } },
        { check: { pk: 'p', sk: 'c' }, condition: [{ attribute: 'pk', is: 'present' }] },
      ]),
    ])

    expect(await stream.read(10)).toEqual([])
  })

  test('keeps records, their ids and the committed position over a restart', async () => {
    await open.table.put({ pk: 'p', sk: 'a', event: 1 })
    await open.table.put({ pk: 'p', sk: 'b', event: 2 })
    const before = await open.stream.read(10)
    await open.stream.commit(before[0]?.position ?? '')
    open.close()

    open = openSqliteTable({ file, clock })

    expect(await open.stream.read(10)).toEqual(before.slice(1))
    expect(new Set(before.map((record) => record.id)).size).toBe(2)
  })

  test('never gives a position twice, also when all records are done', async () => {
    await open.table.put({ pk: 'p', sk: 'a', event: 1 })
    const [first] = await open.stream.read(1)
    await open.stream.commit(first?.position ?? '')
    open.close()

    open = openSqliteTable({ file, clock })
    await open.table.put({ pk: 'p', sk: 'a', event: 2 })

    const [second] = await open.stream.read(1)
    expect(Number(second?.position)).toBeGreaterThan(Number(first?.position))
  })

  test('a waiting reader wakes with the write, and finds it', async () => {
    const began = performance.now()
    const found = open.stream.wait(30_000).then(() => open.stream.read(1))

    await open.table.put({ pk: 'p', sk: 'a', event: 'wake' })

    expect(await found).toHaveLength(1)
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  test('a waiting reader wakes after its time, and when the store closes', async () => {
    await open.stream.wait(5)
    const waiting = open.stream.wait(30_000)

    open.close()

    await waiting
    open = openSqliteTable({ file, clock })
  })

  test('a write between read and wait is not slept over', async () => {
    await open.table.put({ pk: 'p', sk: 'a', event: 'before the wait' })
    const began = performance.now()

    await open.stream.wait(30_000)

    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe('the file', () => {
  test('what expired is deleted in pieces, the rest stays', async () => {
    const now = Math.floor(clock.now() / 1000)
    const past = now - 3600
    const expired = Array.from({ length: 250 }, (_, index) => open.table.put({ pk: 'p', sk: `x${index}`, ttl: past }))
    await Promise.all([...expired, open.table.put({ pk: 'p', sk: 'live', ttl: now + 1 }), open.table.put({ pk: 'p', sk: 'eternal' })])

    const more = [await open.sweep(), await open.sweep()]

    expect(more).toEqual([true, false])
    expect((await open.table.query({ pk: 'p', limit: 1000 })).items.map((item) => item.sk)).toEqual(['eternal', 'live'])
  })

  test('a second opening of the directory is refused in one clear sentence', () => {
    expect(() => openSqliteTable({ file, clock })).toThrow(`The data directory ${directory} is in use by another process.`)
  })

  test('another process is refused too, and kill -9 of the holder frees the directory', async () => {
    const mine = join(directory, 'mine')
    const program = `import { lockDataDirectory } from '@gatehouse/adapters/sqlite/lock.ts'; lockDataDirectory(${JSON.stringify(mine)}); console.log('held'); setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    try {
      await once(holder.stdout, 'data')
      expect(() => lockDataDirectory(mine)).toThrow('in use by another process')
    } finally {
      // Also when it was not refused: a process that is left behind would keep the whole run from ending.
      holder.kill('SIGKILL')
    }
    await once(holder, 'exit')

    lockDataDirectory(mine).release()
  })

  test('is private to its owner', () => {
    for (const suffix of ['', '-wal']) expect(statSync(file + suffix).mode & 0o077).toBe(0)
  })

  test('what was acknowledged outlives a killed process', async () => {
    open.close()
    const program = `
      import { openSqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
      const { table } = openSqliteTable({ file: ${JSON.stringify(file)}, clock: { now: () => 0 } })
      for (let i = 0; ; i++) { await table.put({ pk: 'p', sk: String(i).padStart(8, '0') }); process.stdout.write(i + '\\n') }`
    const writer = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    let acknowledged = ''
    writer.stdout.on('data', (chunk: Buffer) => {
      acknowledged += chunk.toString()
      if (acknowledged.length > 2000) writer.kill('SIGKILL')
    })
    await once(writer, 'close')

    open = openSqliteTable({ file, clock })

    const last = acknowledged.split('\n').at(-2) ?? ''
    expect(Number(last)).toBeGreaterThan(100)
    expect(await itemAt(open.table, 'p', last.padStart(8, '0'))).toBeDefined()
  })

  test('a backup is taken while the house works', async () => {
    await open.table.put({ pk: 'p', sk: 'a', n: 1 })
    const copies = join(directory, 'copies')
    lockDataDirectory(copies).release()

    await open.backup(join(copies, 'copy.sqlite'))

    const copy = openSqliteTable({ file: join(copies, 'copy.sqlite'), clock })
    expect(await itemAt(copy.table, 'p', 'a')).toEqual({ pk: 'p', sk: 'a', n: 1 })
    copy.close()
  })

  test('a file of another layout is refused', () => {
    open.close()
    const database = new DatabaseSync(file)
    database.exec('PRAGMA user_version = 99')
    database.close()

    expect(() => openSqliteTable({ file, clock })).toThrow('has layout 99')

    rmSync(file)
    open = openSqliteTable({ file, clock })
  })

  test('a closed table finishes what it was given and refuses what comes later', async () => {
    const given = open.table.put({ pk: 'p', sk: 'given' })
    open.close()

    await given
    await expect(open.table.put({ pk: 'p', sk: 'later' })).rejects.toThrow('closed')

    open = openSqliteTable({ file, clock })
    expect(await itemAt(open.table, 'p', 'given')).toBeDefined()
  })
})

/** Another program that holds the file, as a backup tool may. */
async function whileBusy<Result>(call: () => Promise<Result>): Promise<Result> {
  const other = new DatabaseSync(file)
  other.exec('BEGIN IMMEDIATE')
  try {
    return await call()
  } finally {
    other.exec('ROLLBACK')
    other.close()
  }
}
