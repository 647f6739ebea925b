/** A tenant's look: its accent colour made legible in light and dark, by WCAG 2.2 success criteria 1.4.3 and 1.4.11. */

import {
  BLACK,
  EDGE_CONTRAST,
  type Ground,
  mixColours,
  parseColour,
  type Rgb,
  standOut,
  TEXT_CONTRAST,
  textOn,
  WHITE,
} from '@gatehouse/core/colour.ts'

export type Brand = {
  displayName: string
  logoUrl?: string
  /** `#rrggbb`; anything else is passed over, since it becomes part of a style sheet. */
  accentColour?: string
  privacyUrl?: string
  termsUrl?: string
  supportUrl?: string
}

const DEFAULT_ACCENT: Rgb = [45, 76, 200]

/** The darkest ground in light and the lightest in dark that text in the accent colour stands on: `--sunken` in tokens.css.ts. */
const LIGHT: Ground = { surface: [238, 240, 244], towards: BLACK }
const DARK: Ground = { surface: [36, 40, 49], towards: WHITE }

/** A filled button is known by its text; its ground only must not melt into the page's. */
const FILL_CONTRAST = 1.15

/** Custom properties for a `<style nonce>`; made of numbers only, so nothing of the tenant's reaches the style sheet as text. */
const MAXIMUM_STYLES = 500
const styles = new Map<string, string>()

/** Worked out once per colour: the same few tenants are shown again and again. */
export function brandStyle(brand: Brand): string {
  const name = brand.accentColour ?? ''
  const found = styles.get(name)
  if (found !== undefined) return found
  const style = styleOf(parseColour(name) ?? DEFAULT_ACCENT)
  if (styles.size < MAXIMUM_STYLES) styles.set(name, style)
  return style
}

function styleOf(accent: Rgb): string {
  return `:root{${properties(accent, LIGHT)}}@media (prefers-color-scheme:dark){:root{${properties(accent, DARK)}}}`
}

function properties(accent: Rgb, ground: Ground): string {
  const fill = standOut(accent, ground, FILL_CONTRAST)
  const onFill = textOn(fill)
  const away = onFill === WHITE ? BLACK : WHITE
  return Object.entries({
    '--fill': fill,
    '--on-fill': onFill,
    '--fill-hover': mixColours(fill, away, 0.14),
    '--fill-pressed': mixColours(fill, away, 0.24),
    '--accent-text': standOut(accent, ground, TEXT_CONTRAST),
    '--accent-edge': standOut(accent, ground, EDGE_CONTRAST),
  })
    .map(([name, colour]) => `${name}:rgb(${colour.join(' ')})`)
    .join(';')
}
