/** Colours that stay legible whatever a tenant's accent is: WCAG 2.2, success criteria 1.4.3 and 1.4.11. */

/** Red, green, blue from 0 to 255. */
export type Rgb = readonly [number, number, number]

/** What stands behind a colour, and which way to mix it so that it stands out. */
export type Ground = { readonly surface: Rgb; readonly towards: Rgb }

export const TEXT_CONTRAST = 4.5
export const EDGE_CONTRAST = 3

export const BLACK: Rgb = [0, 0, 0]
export const WHITE: Rgb = [255, 255, 255]
const INK: Rgb = [20, 22, 28]

/** `#rrggbb`; anything else is none. */
export function parseColour(colour: string | undefined): Rgb | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour ?? '')
  if (match === null) return undefined
  const [red = '', green = '', blue = ''] = match.slice(1)
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)]
}

/** From 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [first, second] = [luminance(a), luminance(b)]
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05)
}

/** White or a near black; for every colour one of them, or black itself, has the contrast of text. */
export function textOn(ground: Rgb): Rgb {
  return [WHITE, INK].find((text) => contrast(ground, text) >= TEXT_CONTRAST) ?? BLACK
}

/** Mixed towards black or white until it stands out enough. */
export function standOut(colour: Rgb, { surface, towards }: Ground, wanted: number): Rgb {
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = mixColours(colour, towards, share)
    if (contrast(mixed, surface) >= wanted) return mixed
  }
  return towards
}

export function mixColours(a: Rgb, b: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2) => Math.round(a[index] * (1 - share) + b[index] * share)
  return [channel(0), channel(1), channel(2)]
}

export function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
