/** Over engines made for the purpose: what a script says is what they do. */
import type { ScriptRun } from '@gatehouse/ports/script_engine.ts'
import { afterEach, expect, test } from 'vitest'
import { openScriptThreads, type ScriptThreads, type ScriptThreadsOptions } from './open_script_threads.ts'

const ENGINE = moduleOf(`
  import { threadId } from 'node:worker_threads'
  const kept = []
  const DOES = {
    spin() { for (;;) {} },
    dawdle() { for (const end = performance.now() + 100; performance.now() < end; ) {} },
    crash() { process.exit(7) },
    swell() { for (;;) kept.push(new Array(1_000_000).fill(kept.length)) },
    async refuse() { throw new Error('there is no engine') },
    which({ ask }) { ask('thread', String(threadId)) },
    look({ ask }) { ask('found', JSON.stringify([process.env, process.execArgv])) },
    two({ ask }) { ask('first', '1'); ask('second', '2') },
    chain({ ask }) { ask('last', ask('middle', ask('first', '0'))) },
    stops({ ask }) { if (ask('first', '') === undefined) return { kind: 'suspended' } },
    stubborn({ ask }) { ask('first', ''); for (;;) {} },
    catches({ ask }) { try { ask('first', '') } catch (error) { return { kind: 'failed', failure: { message: error.message } } } },
  }
  export const engine = {
    async run(run, spent) {
      spent.intervals += 3
      return (await DOES[run.script](run)) ?? { kind: 'finished' }
    },
  }`)
const FOR_EVER = 3_600_000

let threads: ScriptThreads

afterEach(() => threads.close())

test('who runs for ever holds up nobody of another tenant, and of their own those who come after', async () => {
  open({ patienceMilliseconds: FOR_EVER })
  const order: string[] = []
  const named = (name: string, run: Promise<unknown>) => run.then(() => order.push(name)).catch(() => order.push(`${name} was ended`))

  const spinning = named('spinning', run('spin', { tenant: 'loops' }))
  const behind = named('behind', run('two', { tenant: 'loops' }))
  for (let turn = 0; turn < 5; turn++) await named(`other ${turn}`, run('two', { tenant: 'other' }))
  await threads.close()
  await Promise.all([spinning, behind])

  expect(order.slice(0, 5)).toEqual(['other 0', 'other 1', 'other 2', 'other 3', 'other 4'])
  expect(order.slice(5).sort()).toEqual(['behind was ended', 'spinning was ended'])
})

test('tenants take turns, however many of one wait', async () => {
  open({ threads: 1 })
  const order: string[] = []

  await Promise.all(['a', 'a', 'a', 'b', 'c'].map(async (tenant) => run('two', { tenant }).then(() => order.push(tenant))))

  expect(order).toEqual(['a', 'a', 'b', 'c', 'a'])
})

test('one that does not come back is ended as it stood, and the next finds another thread', async () => {
  open({ patienceMilliseconds: 2_000 })

  const [late, brokenOff] = await Promise.all([run('spin'), run('stubborn', { tenant: 'other', ask: () => undefined })])
  const next = await run('two')

  expect(late).toEqual({ kind: 'failed', failure: { message: 'the script takes too long', limit: 'time' } })
  expect(brokenOff).toEqual({ kind: 'suspended' })
  expect(next).toEqual({ kind: 'finished' })
})

test.each([
  ['ends its thread', 'crash'],
  ['takes all memory', 'swell'],
])('one that %s fails, and no other', async (_, script) => {
  open({ patienceMilliseconds: FOR_EVER })
  await run('two', { tenant: 'other' })

  const outcomes = await Promise.all([run(script), run('two', { tenant: 'other' })])

  expect(outcomes).toEqual([
    { kind: 'failed', failure: { message: expect.stringContaining('the script broke its engine') } },
    { kind: 'finished' },
  ])
  expect(await run('two')).toEqual({ kind: 'finished' })
})

test('an engine that cannot run, or is not there, is no fault of the script', async () => {
  open()
  await expect(run('refuse')).rejects.toThrow('there is no engine')
  await threads.close()

  open({ engine: 'data:text/javascript,throw new Error("not built")' })
  await expect(run('two')).rejects.toThrow('not built')
})

test('more than may wait are told to come back; so is who waited too long', async () => {
  open({ threads: 1, mostWaiting: 2, longestWaitMilliseconds: 50 })

  const outcomes = await Promise.allSettled(['dawdle', 'two', 'two', 'two'].map((script) => run(script)))

  expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.kind : outcome.reason.code))).toEqual([
    'finished',
    'unavailable',
    'unavailable',
    'unavailable',
  ])
})

test('what is known is answered within the thread; the house hears of each call all the same, in order', async () => {
  open()
  const heard: string[] = []
  const ask = (name: string, args: string) => {
    heard.push(`${name} ${args}`)
    return `${name} of the house`
  }

  await run('chain', { ask, known: () => [{ name: 'first', answer: 'a' }, ...[{ name: 'something else', answer: 'b' }]] })

  expect(heard).toEqual(['first 0', 'middle a', 'last middle of the house'])
})

test('a script that is told nothing hears so', async () => {
  open()

  expect(await run('stops', { ask: () => undefined })).toEqual({ kind: 'suspended' })
})

test('a fault of the house while it answers is told to the run that asked', async () => {
  open()
  const ask = () => {
    throw new Error('the table is gone')
  }

  expect(await run('catches', { ask })).toEqual({ kind: 'failed', failure: { message: 'Error: the table is gone' } })
})

test('what a run took is added to what was spent', async () => {
  open()
  const spent = { intervals: 4, milliseconds: 0 }

  await threads.run(runOf('two'), spent)

  expect(spent.intervals).toBe(7)
})

test('a thread is begun with the first script, is used again, and knows nothing of the environment', async () => {
  open()
  const told: string[] = []
  const ask = (_: string, args: string) => {
    told.push(args)
    return ''
  }

  await run('which', { ask })
  await run('which', { ask, tenant: 'other' })
  await run('look', { ask })

  expect(told[1]).toBe(told[0])
  expect(told[2]).toBe('[{},[]]')
})

test('after the house is closed nothing runs', async () => {
  open()
  await threads.close()

  await expect(run('two')).rejects.toMatchObject({ code: 'unavailable' })
})

function open(options: Partial<ScriptThreadsOptions> = {}): void {
  threads = openScriptThreads({ engine: ENGINE, ...options })
}

function run(script: string, change: Partial<ScriptRun> = {}) {
  return threads.run(runOf(script, change), { intervals: 0, milliseconds: 0 })
}

function runOf(script: string, change: Partial<ScriptRun> = {}): ScriptRun {
  return { tenant: 'main', prelude: '', facts: '{}', script, entry: '', ask: (name) => name, known: () => [], ...change }
}

function moduleOf(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`
}
