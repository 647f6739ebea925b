import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { WAIT_SCRIPT } from './wait_script.ts'

type Answer = { readonly ok: boolean; readonly json: () => Promise<unknown> }

/** The page's script, with a clock that is moved by hand: what was asked, and where the page went. */
async function wait(dataset: Record<string, string>, answers: readonly (() => Answer)[], seconds: number) {
  const [went, asked]: [string[], string[]] = [[], []]
  let now = 0
  let timers: { at: number; run: () => unknown }[] = []
  runInNewContext(WAIT_SCRIPT, {
    document: { querySelector: () => ({ dataset }) },
    location: { assign: (address: string) => went.push(`${address} at ${now}`) },
    setTimeout: (run: () => unknown, milliseconds: number) => timers.push({ at: now + milliseconds / 1000, run }),
    fetch: async (address: string) => {
      asked.push(address)
      const answer = answers[asked.length - 1] ?? answers.at(-1)
      if (answer === undefined) throw new Error('offline')
      return answer()
    },
  })
  for (; now <= seconds; now++) {
    const due = timers.filter(({ at }) => at <= now)
    timers = timers.filter(({ at }) => at > now)
    for (const { run } of due) await run()
  }
  return { went, asked }
}

const says =
  (body: unknown, ok = true) =>
  () => ({ ok, json: async () => body })
const POLLING = { onward: '/on', seconds: '10', poll: '/poll', every: '2' }

test('a fixed wait goes on when its time is over, and asks nobody', async () => {
  expect(await wait({ onward: '/on', seconds: '3' }, [], 20)).toEqual({ went: ['/on at 3'], asked: [] })
})

test('one that polls goes on when it is there, once, and asks no more', async () => {
  expect(await wait(POLLING, [says({ there: false }), says({ there: true })], 30)).toEqual({
    went: ['/on at 4'],
    asked: ['/poll', '/poll'],
  })
})

test.each([
  ['it does not come', [says({ there: false })]],
  ['it cannot be asked', []],
  ['it is refused', [says({ there: true }, false)]],
  ['it says something else', [says({ there: 'yes' })]],
])('where %s, the page goes on when its time is over, and asks no more', async (_, answers) => {
  const { went, asked } = await wait(POLLING, answers, 60)

  expect(went).toEqual(['/on at 10'])
  expect(asked.length).toBeLessThanOrEqual(5)
})
