import { expect, test } from 'vitest'
import { boundedShares } from './house_memory.ts'

test('a tenant that fills its share forgets its own oldest, and makes nobody else forget', () => {
  const of = boundedShares<number>(4, 2)
  of('acme').set('a', 1)
  for (const [index, name] of ['a', 'b', 'c'].entries()) of('evil').set(name, index)

  expect([of('evil').get('a'), of('evil').get('b'), of('evil').get('c')]).toEqual([undefined, 1, 2])
  expect(of('acme').get('a')).toBe(1)
  expect(of('acme').get('b')).toBeUndefined()
})

test('all together have an end, too: then the oldest goes, and what is set again forgets nothing', () => {
  const of = boundedShares<number>(3, 2)
  for (const tenant of ['a', 'b', 'c']) of(tenant).set('x', 1)
  of('c').set('x', 2)
  expect(of('a').get('x')).toBe(1)

  of('d').set('x', 1)

  expect(['a', 'b', 'c', 'd'].map((tenant) => of(tenant).get('x'))).toEqual([undefined, 1, 2, 1])
})
