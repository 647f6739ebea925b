import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { every } from './every.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('work that takes longer than its pause is not begun twice at the same time', async () => {
  let begun = 0
  let end = () => {}
  const clock = every(
    1000,
    () => {
      begun += 1
      return new Promise<void>((resolve) => {
        end = resolve
      })
    },
    { write() {} },
    'failed',
  )

  await vi.advanceTimersByTimeAsync(3500)
  expect(begun).toBe(1)
  end()
  await vi.advanceTimersByTimeAsync(1000)
  expect(begun).toBe(2)

  let stopped = false
  const stopping = clock.stop().then(() => {
    stopped = true
  })
  await vi.advanceTimersByTimeAsync(0)
  expect(stopped).toBe(false)
  end()
  await stopping
  await vi.advanceTimersByTimeAsync(5000)
  expect(begun).toBe(2)
})

test('what fails is told in the log, and tried at the next turn', async () => {
  const told: string[] = []
  let tries = 0
  const work = async () => {
    tries += 1
    throw new Error('no disk')
  }
  const clock = every(
    1000,
    work,
    { write: (_, message, fields) => told.push(`${message}: ${fields?.error}`) },
    'late logouts could not be sent',
  )

  await vi.advanceTimersByTimeAsync(2500)
  await clock.stop()

  expect(tries).toBe(2)
  expect(told).toEqual(Array(2).fill('late logouts could not be sent: Error: no disk'))
})
