import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BLACK, contrast, parseColour, type Rgb, standOut, TEXT_CONTRAST, textOn, WHITE } from './colour.ts'

const channel = fc.integer({ min: 0, max: 255 })
const colour: fc.Arbitrary<Rgb> = fc.tuple(channel, channel, channel)

test('black on white has the greatest contrast there is', () => {
  expect(contrast(BLACK, WHITE)).toBeCloseTo(21)
  expect(contrast(WHITE, WHITE)).toBe(1)
})

test('text on any accent colour is legible', () => {
  fc.assert(fc.property(colour, (accent) => contrast(accent, textOn(accent)) >= TEXT_CONTRAST))
})

test('text in any accent colour is legible on a light and on a dark ground', () => {
  const light = { surface: [238, 240, 244], towards: BLACK } as const
  const dark = { surface: [36, 40, 49], towards: WHITE } as const

  fc.assert(
    fc.property(colour, (accent) =>
      [light, dark].every((ground) => contrast(standOut(accent, ground, TEXT_CONTRAST), ground.surface) >= TEXT_CONTRAST),
    ),
  )
})

test('only #rrggbb is a colour', () => {
  expect(parseColour('#FF8000')).toEqual([255, 128, 0])
  expect(['red', '#fff', '#ff80001', 'url(x)', '#ff8000;}', undefined].map(parseColour)).toEqual(Array(6).fill(undefined))
})
