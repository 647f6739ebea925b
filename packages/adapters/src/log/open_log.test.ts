import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type LogOptions, openLog } from './open_log.ts'
import { renderLine } from './render_line.ts'

let directory = ''
let file = ''

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-log-'))
  file = join(directory, 'logs', 'gatehouse.log')
})

afterEach(() => {
  rmSync(directory, { recursive: true })
})

const open = (more: Partial<LogOptions> = {}) => openLog({ file, clock: { now: () => 0 }, ...more })
const lines = (path = file) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

test('one event is one line of JSON, in order, whatever its fields hold', () => {
  const log = open()

  log.write('info', 'token issued', { tenant: 'main', note: 'two\nlines' })
  log.write('warn', 'slow')
  log.close()

  expect(lines()).toEqual([
    { time: '1970-01-01T00:00:00.000Z', level: 'info', message: 'token issued', tenant: 'main', note: 'two\nlines' },
    { time: '1970-01-01T00:00:00.000Z', level: 'warn', message: 'slow' },
  ])
})

test('a line is written soon, by itself', async () => {
  const log = open()
  log.write('info', 'soon')

  await expect.poll(() => readFileSync(file, 'utf8')).toContain('soon')

  log.close()
})

test('what is below the level is left out; warnings and errors are shown at once', () => {
  const shown: string[] = []
  const log = open({ level: 'info', show: (line) => shown.push(line) })

  for (const level of ['debug', 'info', 'warn', 'error'] as const) log.write(level, level)
  log.close()

  expect(lines().map((line) => line.message)).toEqual(['info', 'warn', 'error'])
  expect(shown.map((line) => JSON.parse(line).message)).toEqual(['warn', 'error'])
})

test('a full file makes room, and the oldest goes', () => {
  const log = open({ maximumBytes: 200, keptFiles: 2 })

  for (const number of [1, 2, 3, 4, 5, 6, 7]) {
    log.write('info', `event ${number}`, { filler: 'x'.repeat(40) })
    log.flush()
  }
  log.close()

  expect(lines().map((line) => line.message)).toEqual(['event 7'])
  expect(lines(`${file}.1`).map((line) => line.message)).toEqual(['event 6'])
  expect(lines(`${file}.2`).map((line) => line.message)).toEqual(['event 5'])
  expect(existsSync(`${file}.3`)).toBe(false)
})

test('a new start goes on in the same file', () => {
  for (const message of ['first', 'second']) {
    const log = open()
    log.write('info', message)
    log.close()
  }

  expect(lines().map((line) => line.message)).toEqual(['first', 'second'])
})

test('errors keep their message and cause; what cannot be written does not throw; no field forges the head', () => {
  const circle: Record<string, unknown> = {}
  circle.self = circle

  const failed = JSON.parse(renderLine(0, 'error', 'failed', { error: new Error('outer', { cause: new TypeError('inner') }), count: 1n }))
  const lost = JSON.parse(renderLine(0, 'error', 'failed', circle))
  const forged = JSON.parse(renderLine(0, 'info', 'true', { message: 'forged', level: 'debug' }))

  expect(failed).toMatchObject({ error: { name: 'Error', message: 'outer', cause: { name: 'TypeError', message: 'inner' } }, count: '1' })
  expect(lost).toMatchObject({ message: 'failed', fieldsLost: expect.stringContaining('circular') })
  expect(forged).toMatchObject({ message: 'true', level: 'info' })
})
