import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readHouse } from './house.ts'
import { RULES } from './rules.ts'

const house = readHouse(fileURLToPath(new URL('../..', import.meta.url)))

describe('the house', () => {
  test('is seen by the rules', () => {
    expect(house.rooms.map((room) => room.name)).toContain('core')
    expect(house.sources.map((source) => source.path)).toContain('packages/core/src/error.ts')
    expect(house.sources.flatMap((source) => source.imports).length).toBeGreaterThan(50)
  })

  test.each(Object.entries(RULES))('%s', (_sentence, rule) => {
    expect(rule(house)).toEqual([])
  })
})
