import { describe, expect, test } from 'vitest'
import { median, quantile, rankTest, spread } from './statistics.ts'

describe('medians', () => {
  test('of odd and even numbers of values', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(quantile([0, 10], 0.9)).toBe(9)
  })

  test('with the least and the most', () => {
    expect(spread([5, 1, 9])).toEqual({ median: 5, least: 1, most: 9 })
  })
})

describe('the rank test', () => {
  const steps = Array.from({ length: 40 }, (_, index) => index)

  test('finds nothing between two draws of the same values', () => {
    const { superiority, p } = rankTest(steps, steps)

    expect(superiority).toBe(0.5)
    expect(p).toBeGreaterThan(0.9)
  })

  test('finds a shift, and which way it goes', () => {
    const { superiority, p } = rankTest(
      steps.map((value) => value + 15),
      steps,
    )

    expect(superiority).toBeGreaterThan(0.7)
    expect(p).toBeLessThan(0.001)
  })

  test('agrees with a worked example', () => {
    // Two groups of five without overlap: U = 0, z = (12.5 - 0.5) / sqrt(275 / 12).
    const { superiority, p } = rankTest([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])

    expect(superiority).toBe(0)
    expect(p).toBeCloseTo(0.0122, 3)
  })

  test('does not divide by nothing when all values are equal', () => {
    expect(rankTest([1, 1], [1, 1]).p).toBeCloseTo(1, 6)
  })
})
