/** What runs in a thread of its own: one script at a time. A script waits for no promise, so the thread stands still until the house has answered. */

import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { ScriptEngine } from '@gatehouse/ports/script_engine.ts'
import type { Answer, Beginning, Call, FromThread, ToRun } from './messages.ts'

/** What is told to the house later, with the next question, is kept here until then: not for ever. */
const MOST_CHARACTERS = 100_000

const { engine: address, signal, answers }: Beginning = workerData
const { engine }: { engine: ScriptEngine } = await import(address)

parentPort?.on('message', (given: ToRun) => {
  run(given).then(say, (error: unknown) => say({ kind: 'broke', error }))
})
say({ kind: 'began' })

async function run({ known, spent, ...given }: ToRun): Promise<FromThread> {
  let calls: Call[] = []
  let asked = 0
  let characters = 0
  const ask = (name: string, args: string): string | undefined => {
    const before = known[asked++]
    calls.push([name, args])
    characters += args.length
    if (before?.name === name && characters < MOST_CHARACTERS) return before.answer
    say({ kind: 'asks', calls })
    calls = []
    characters = 0
    return waitForAnswer()
  }
  const outcome = await engine.run({ ...given, ask, known: () => known }, spent)
  return { kind: 'ended', calls, spent, outcome }
}

function waitForAnswer(): string | undefined {
  Atomics.wait(signal, 0, 0)
  Atomics.store(signal, 0, 0)
  const said: { message: Answer } | undefined = receiveMessageOnPort(answers)
  if (said === undefined) throw new Error('the house said that it had answered, and had not')
  if ('broke' in said.message) throw new Error(said.message.broke)
  return said.message.answer
}

function say(message: FromThread): void {
  parentPort?.postMessage(message)
}
