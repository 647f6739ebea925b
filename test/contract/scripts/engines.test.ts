/** One engine in two places, here and in a thread: a script comes to the same end in both, at the same step, and asks the same. */
import { openScriptThreads } from '@gatehouse/adapters/script_threads/open_script_threads.ts'
import type { KnownAnswer, ScriptEngine } from '@gatehouse/ports/script_engine.ts'
import { afterAll, expect, test } from 'vitest'
import { engine as here, PATIENT_ENGINE } from '../../fixture/patient_engine.ts'

const threads = openScriptThreads({ engine: PATIENT_ENGINE, patienceMilliseconds: 3_600_000 })

afterAll(() => threads.close())

const PRELUDE = `((host, facts) => {
  globalThis.ask = (name) => JSON.parse(host(name, facts))
  return (entry) => entry()
})`
const ANSWERS: readonly KnownAnswer[] = ['one', 'two', 'three', 'four'].map((name) => ({ name, answer: JSON.stringify(`${name}!`) }))

test.each([
  ['ends', 'ask("one"); ask("two")', 'finished'],
  ['waits', 'ask("one"); ask("two"); ask("three"); ask("four"); ask("five"); ask("six")', 'suspended'],
  ['catches that it is to wait, and goes on for ever', 'try { ask("one"); ask("five") } catch (e) {} for (;;) {}', 'suspended'],
  ['asks otherwise than before', 'ask("one"); ask("three")', 'suspended'],
  ['throws', 'ask("one");\nnull.x', 'failed'],
  ['goes by what it is told', 'var said = ask("one"); if (said === "one!") { throw new Error(said) }', 'failed'],
  ['never ends', 'ask("one"); for (;;) {}', 'failed'],
  ['calls itself for ever', 'var f = function () { return f() + 1 }; f()', 'failed'],
  ['is deep within the engine', 'var a = []; for (var i = 0; i < 100000; i++) { a = [a] } JSON.stringify(a)', 'failed'],
  ['takes all memory', 'ask("one"); var s = "x"; for (;;) { s += s }', 'failed'],
])('a script that %s does so in a thread as it does here', async (_, work, kind) => {
  const own = await runIn(here, work, 2)
  const inThread = await runIn(threads, work, 2)
  const knowingNothing = await runIn(threads, work, 0)

  expect(own.outcome.kind).toBe(kind)
  expect(inThread).toEqual(own)
  expect(knowingNothing).toEqual(own)
})

/** The first `known` of the answers are said beforehand. The house answers in their order and under their names. */
async function runIn(engine: ScriptEngine, work: string, known: number) {
  const asked: string[] = []
  const spent = { intervals: 0, milliseconds: 0 }
  const ask = (name: string, args: string) => {
    const next = ANSWERS[asked.length]
    asked.push(`${name} ${args}`)
    return next?.name === name ? next.answer : undefined
  }
  const script = `var entry = function () { ${work} }`
  const run = { tenant: 'main', prelude: PRELUDE, facts: '{}', script, entry: 'entry', ask, known: () => ANSWERS.slice(0, known) }
  const outcome = await engine.run(run, spent)
  return { outcome, asked, intervals: spent.intervals }
}
