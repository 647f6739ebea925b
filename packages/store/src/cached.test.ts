import { expect, test } from 'vitest'
import { openCached } from './cached.ts'

test('configuration is read once in five seconds, and a change is seen after them', async () => {
  const { clock, cache, source } = open()

  expect(await cache.get('a', source.load)).toBe(1)
  source.value = 2
  clock.time += 4_999
  expect(await cache.get('a', source.load)).toBe(1)
  clock.time += 1
  expect(await cache.get('a', source.load)).toBe(2)
  expect(source.loads).toBe(2)
})

test('all who ask at once share one read', async () => {
  const { cache, source } = open()

  const answers = await Promise.all(Array.from({ length: 50 }, () => cache.get('a', source.load)))

  expect(new Set(answers)).toEqual(new Set([1]))
  expect(source.loads).toBe(1)
})

test('while the check fails the last answer holds for thirty seconds, then the answer is a refusal', async () => {
  const { clock, cache, source } = open()
  await cache.get('a', source.load)
  source.broken = true

  clock.time += 29_000
  expect(await cache.get('a', source.load)).toBe(1)
  clock.time += 2_000
  await expect(cache.get('a', source.load)).rejects.toMatchObject({ code: 'unavailable' })

  source.broken = false
  expect(await cache.get('a', source.load)).toBe(1)
})

test('a clock that is set back keeps no old answer', async () => {
  const { clock, cache, source } = open()
  clock.time = 3_600_000
  expect(await cache.get('a', source.load)).toBe(1)
  source.value = 2

  clock.time = 0

  expect(await cache.get('a', source.load)).toBe(2)
})

test('a first read that fails is not remembered', async () => {
  const { cache, source } = open()
  source.broken = true
  await expect(cache.get('a', source.load)).rejects.toThrow('down')

  source.broken = false

  expect(await cache.get('a', source.load)).toBe(1)
})

test('what this process changed is forgotten at once', async () => {
  const { cache, source } = open()
  await cache.get('a', source.load)
  source.value = 2

  cache.forget('a')

  expect(await cache.get('a', source.load)).toBe(2)
})

function open() {
  const clock = { time: 0, now: () => clock.time }
  const source = {
    value: 1,
    loads: 0,
    broken: false,
    load: async () => {
      if (source.broken) throw new Error('down')
      source.loads++
      return source.value
    },
  }
  return { clock, source, cache: openCached<number>(clock) }
}
