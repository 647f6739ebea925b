import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { Stream, StreamRecord } from '@gatehouse/ports/stream.ts'
import { expect, test } from 'vitest'
import { follow } from './follow.ts'

test('every record is handled, and committed when all before it are done', async () => {
  const stream = streamOf(['a', 'b', 'c'])
  const handled: string[] = []

  const follower = follow({ ...quiet(), stream, handle: async (event) => void handled.push(event.id) })
  await follower.idle()
  await follower.stop()

  expect(handled.sort()).toEqual(['evt_a', 'evt_b', 'evt_c'])
  expect(stream.committed).toBe('3')
})

test('an event that fails is tried again, and the others do not wait for it', async () => {
  const stream = streamOf(['a', 'b'])
  let failures = 2
  const handled: string[] = []
  const handle = async (event: HouseEvent) => {
    if (event.id === 'evt_a' && failures-- > 0) throw new Error('not yet')
    handled.push(event.id)
  }

  const follower = follow({ ...quiet(), stream, handle })
  await follower.idle()
  await follower.stop()

  expect(handled).toEqual(['evt_b', 'evt_a'])
  expect(stream.committed).toBe('2')
})

test('an event that nothing can handle is kept aside, and the stream goes on', async () => {
  const stream = streamOf(['poison', 'b'])
  const given: string[] = []
  const handle = async (event: HouseEvent) => {
    if (event.id === 'evt_poison') throw new Error('never')
  }

  const follower = follow({ ...quiet(), stream, handle, giveUp: async (event) => void given.push(event.id) })
  await follower.idle()
  await follower.stop()

  expect(given).toEqual(['evt_poison'])
  expect(stream.committed).toBe('2')
})

test('where keeping it aside fails too, nothing behind it is committed: the next start hands it out again', async () => {
  const stream = streamOf(['a', 'poison', 'c'])
  const handle = async (event: HouseEvent) => {
    if (event.id === 'evt_poison') throw new Error('never')
  }
  const giveUp = async () => {
    throw new Error('disk full')
  }

  const follower = follow({ ...quiet(), stream, handle, giveUp })
  await expect.poll(() => stream.committed).not.toBe('0')
  await follower.stop()

  expect(stream.committed).toBe('1')
})

test('a slow event holds up no other, and nothing is committed before it', async () => {
  const stream = streamOf(['slow', ...Array.from({ length: 300 }, (_, index) => `n${index}`)])
  let finish = () => {}
  const slow = new Promise<void>((resolve) => {
    finish = resolve
  })
  const handled: string[] = []
  const handle = async (event: HouseEvent) => {
    if (event.id === 'evt_slow') await slow
    handled.push(event.id)
  }

  const follower = follow({ ...quiet(), stream, handle })
  await expect.poll(() => handled.length).toBeGreaterThan(150)
  const [before, committed] = [handled.length, stream.committed]
  finish()
  await follower.idle()
  await follower.stop()

  expect(before).toBeGreaterThan(150)
  expect(committed).toBe('0')
  expect(handled).toHaveLength(301)
  expect(stream.committed).toBe('301')
})

function quiet() {
  return { log: { write: () => {} }, giveUp: async () => {}, pause: () => new Promise<void>((resolve) => setImmediate(resolve)) }
}

function streamOf(names: readonly string[]): Stream & { committed: string } {
  const records: StreamRecord[] = names.map((name, index) => ({
    position: String(index + 1),
    id: name,
    writtenAt: 0,
    event: { id: `evt_${name}`, kind: 'user.created', tenant: 'main', at: 0, actor: {}, audited: true },
  }))
  const stream = {
    committed: '0',
    read: async (limit: number, after?: string) =>
      records.filter((record) => Number(record.position) > Number(after ?? stream.committed)).slice(0, limit),
    commit: async (position: string) => {
      stream.committed = position
    },
    wait: () => new Promise<void>((resolve) => setTimeout(resolve, 1)),
  }
  return stream
}
