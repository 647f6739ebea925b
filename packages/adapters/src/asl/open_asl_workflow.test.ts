import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { WorkflowTask } from '@gatehouse/ports/workflow.ts'
import { afterEach, expect, test } from 'vitest'
import { type AslWorkflow, openAslWorkflow } from './open_asl_workflow.ts'

const definition = JSON.parse(readFileSync(new URL('../../../workflow/src/approval.asl.json', import.meta.url), 'utf8'))
const REQUEST = ['main', 'req_12345678'] as const

let opened: AslWorkflow[] = []
afterEach(async () => {
  await Promise.all(opened.map((workflow) => workflow.stop()))
  opened = []
})

/** A request of two levels without a store: the record is a variable. */
function house(options: { definition?: Record<string, unknown>; waitSeconds?: number; rejectedAfterOpening?: boolean } = {}) {
  const record = { kind: 'waiting', level: 0 }
  const calls: string[] = []
  const tokens: string[] = []
  const failures: unknown[] = []
  const ended: unknown[] = []
  let now = 0
  let breakNext = 0
  const task: WorkflowTask = async (name, input) => {
    calls.push(name)
    if (breakNext > 0) {
      breakNext -= 1
      throw new Error('the store is busy')
    }
    if (name === 'open_level') {
      const standing = { ...record, waitSeconds: options.waitSeconds ?? 3600 }
      if (options.rejectedAfterOpening) record.kind = 'rejected'
      return standing
    }
    if (name === 'wait_for_decision') {
      tokens.push(String(input.taskToken))
      if (input.level !== record.level || record.kind !== 'waiting') await workflow.signal(String(input.taskToken), {})
    }
    return name === 'fulfil' ? { confirmed: true } : {}
  }
  const workflow = openAslWorkflow({
    definition: options.definition ?? definition,
    task,
    clock: { now: () => now },
    log: { write: (_level, message, fields) => failures.push({ message, ...fields }) },
    tickMilliseconds: 5,
    retryMilliseconds: 1,
    onEnd: (_tenantId, requestId, failure) => ended.push([requestId, failure]),
  })
  opened.push(workflow)
  return {
    record,
    calls,
    tokens,
    failures,
    ended,
    workflow,
    breakNext: (times: number) => (breakNext = times),
    pass: (seconds: number) => (now += seconds * 1000),
    until: async (what: () => boolean) => {
      for (let tries = 0; !what() && tries < 10_000; tries++) await pause(5)
      expect(what(), JSON.stringify({ calls, record, failures })).toBe(true)
    },
  }
}

test('a level waits until its token is signalled, the next waits with another', async () => {
  const { workflow, record, calls, tokens, until } = house()

  await workflow.start(...REQUEST)
  await until(() => tokens.length === 1)
  record.level = 1
  await workflow.signal(tokens[0] ?? '', {})
  await until(() => tokens.length === 2)
  record.kind = 'approved'
  await workflow.signal(tokens[1] ?? '', {})
  await until(() => workflow.running() === 0)

  expect(tokens[0]).not.toBe(tokens[1])
  expect(calls).toEqual(['open_level', 'wait_for_decision', 'open_level', 'wait_for_decision', 'open_level', 'fulfil'])
})

test('a decision that came before the token is seen by the waiting task itself', async () => {
  const { workflow, calls, until } = house({ rejectedAfterOpening: true })

  await workflow.start(...REQUEST)
  await until(() => workflow.running() === 0)

  expect(calls).toEqual(['open_level', 'wait_for_decision', 'open_level', 'decline'])
})

test('a second start of a running execution changes nothing, and a token that is gone is success', async () => {
  const { workflow, calls, tokens, until } = house()

  await Promise.all([workflow.start(...REQUEST), workflow.start(...REQUEST), workflow.start(...REQUEST)])
  await until(() => tokens.length === 1)
  await workflow.start(...REQUEST)
  await workflow.signal('nobody waits with this', {})

  expect(workflow.running()).toBe(1)
  expect(calls).toEqual(['open_level', 'wait_for_decision'])
})

test('a wait that is over asks what is overdue, then waits again', async () => {
  const { workflow, calls, tokens, pass, until } = house({ waitSeconds: 86_400 })

  await workflow.start(...REQUEST)
  await until(() => tokens.length === 1)
  pass(86_399)
  await pause(30)
  expect(calls).not.toContain('overdue')
  pass(1)
  await until(() => tokens.length === 2)

  expect(calls).toEqual(['open_level', 'wait_for_decision', 'overdue', 'open_level', 'wait_for_decision'])
})

test('a task that fails is tried again, also while it is told its token', async () => {
  const { workflow, breakNext, tokens, failures, until } = house()

  breakNext(3)
  await workflow.start(...REQUEST)
  await until(() => tokens.length === 1)
  breakNext(2)
  await workflow.signal(tokens[0] ?? '', {})
  await until(() => tokens.length === 2)

  expect(failures).toEqual([])
})

test('a task that keeps failing ends the execution, which is logged and can be started again', async () => {
  const { workflow, breakNext, tokens, failures, until } = house()

  breakNext(7)
  await workflow.start(...REQUEST)
  await until(() => failures.length === 1)
  expect(workflow.running()).toBe(0)
  await workflow.start(...REQUEST)
  await until(() => tokens.length === 1)

  expect(failures).toEqual([expect.objectContaining({ message: 'an execution failed', error: 'Error: the store is busy' })])
})

test('a request that failed shows as a failed execution', async () => {
  const { workflow, record, calls, failures, ended, until } = house()

  record.kind = 'failed'
  await workflow.start(...REQUEST)
  await until(() => ended.length === 1)

  expect(workflow.running()).toBe(0)
  expect(ended).toEqual([['req_12345678', expect.stringContaining('NotFulfilled')]])
  expect(calls).toEqual(['open_level', 'decline'])
  expect(failures).toEqual([expect.objectContaining({ error: expect.stringContaining('NotFulfilled') })])
})

test('after a stop nothing is called any more, and the wait is left to the next start', async () => {
  const { workflow, calls, tokens, pass, until } = house()

  await workflow.start(...REQUEST)
  await until(() => tokens.length === 1)
  await workflow.stop()
  pass(1_000_000)
  await workflow.signal(tokens[0] ?? '', {})
  await workflow.start(...REQUEST)
  await pause(30)

  expect(calls).toEqual(['open_level', 'wait_for_decision'])
})

test('a definition that is no state machine is refused at once', () => {
  const { Done, ...States } = definition.States

  expect(() => house({ definition: { ...definition, States } })).toThrow(/invalid/)
})
