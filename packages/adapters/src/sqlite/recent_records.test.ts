import type { StreamRecord } from '@gatehouse/ports/stream.ts'
import { expect, test } from 'vitest'
import { openRecentRecords } from './recent_records.ts'

const record = (position: number): StreamRecord => ({ position: String(position), id: `id${position}`, writtenAt: 0, event: {} })
const positions = (records: readonly StreamRecord[] | undefined) => records?.map(({ position }) => position)

function openWith(first: number, last: number, most?: number) {
  const recent = openRecentRecords(first - 1, most)
  for (let position = first; position <= last; position += 1) recent.add(position, record(position))
  return recent
}

test('what was written since is handed on in order, so many at a time', () => {
  const recent = openWith(5, 9)

  expect(positions(recent.behind(4, 2))).toEqual(['5', '6'])
  expect(positions(recent.behind(6, 10))).toEqual(['7', '8', '9'])
  expect(positions(recent.behind(9, 10))).toEqual([])
})

test('whoever stands before what is remembered is sent to the file', () => {
  const recent = openWith(5, 9)

  expect(recent.behind(3, 10)).toBeUndefined()
})

test('what is done is forgotten, and nothing that is not', () => {
  const recent = openWith(5, 9)

  recent.forgetUpTo(7)

  expect(recent.behind(6, 10)).toBeUndefined()
  expect(positions(recent.behind(7, 10))).toEqual(['8', '9'])
})

test('a reader that falls behind reads the file, and then goes on from here', () => {
  const recent = openWith(1, 10, 4)

  expect(recent.behind(5, 10)).toBeUndefined()
  expect(positions(recent.behind(6, 10))).toEqual(['7', '8', '9', '10'])
})
