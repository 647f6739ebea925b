import { expect, test } from 'vitest'
import { decideSend, plainCode, type Sends } from './one_time_password.ts'

test('each code makes the next wait twice as long, and after five there is none', () => {
  let [now, before] = [1000, undefined as Sends | undefined]
  const waits: number[] = []
  for (;;) {
    const decision = decideSend(before, now)
    if (decision.kind !== 'send') {
      expect(decision.kind).toBe('enough')
      break
    }
    waits.push(decision.next.nextSendAt - now)
    expect(decideSend(decision.next, now + 1)).toEqual(
      waits.length === 5 ? { kind: 'enough' } : { kind: 'wait', seconds: (waits.at(-1) ?? 0) - 1 },
    )
    before = decision.next
    now = decision.next.nextSendAt
  }

  expect(waits).toEqual([30, 60, 120, 240, 480])
})

test.each([
  ['123 456', '123456'],
  ['123-456', '123456'],
  ['１２３４５６', '123456'],
])('%s is %s', (typed, code) => {
  expect(plainCode(typed)).toBe(code)
})
