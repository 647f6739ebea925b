import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** What a process of its own writes: the standard output of a test is not the test's. */
function linesOf(work: string): Record<string, unknown>[] {
  const source = `
    import { openStdoutLog } from ${JSON.stringify(new URL('./open_stdout_log.ts', import.meta.url).href)}
    const log = openStdoutLog({ clock: { now: () => 0 }, facts: { stage: 'test', function: 'token' } })
    ${work}`
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('each event is one line of JSON, with what is the same in all of them', () => {
  const lines = linesOf(`log.write('info', 'request', { status: 200, path: '/a\\nb' }); log.write('warn', 'slow')`)

  expect(lines).toEqual([
    { time: '1970-01-01T00:00:00.000Z', level: 'info', message: 'request', stage: 'test', function: 'token', status: 200, path: '/a\nb' },
    { time: '1970-01-01T00:00:00.000Z', level: 'warn', message: 'slow', stage: 'test', function: 'token' },
  ])
})

test('what is below the level is not written, and what was written is out even if the process ends at once', () => {
  const lines = linesOf(`log.write('debug', 'detail'); log.write('error', 'failed', { error: new Error('why') }); process.exit(1 - 1)`)

  expect(lines).toMatchObject([{ level: 'error', message: 'failed', error: { name: 'Error', message: 'why' } }])
})

test('a line that is longer than a pipe holds comes whole', () => {
  const lines = linesOf(`log.write('info', 'long', { text: 'x'.repeat(500_000) }); log.write('info', 'next')`)

  expect(lines.map(({ message, text }) => [message, String(text ?? '').length])).toEqual([
    ['long', 500_000],
    ['next', 0],
  ])
})
