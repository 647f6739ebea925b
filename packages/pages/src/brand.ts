/** A tenant's look: its accent colour made legible in light and dark, by WCAG 2.2 success criteria 1.4.3 and 1.4.11. */

import type { Tenant } from '@gatehouse/core/tenant.ts'

export type Brand = {
  displayName: string
  logoUrl?: string
  /** `#rrggbb`; anything else is passed over, since it becomes part of a style sheet. */
  accentColour?: string
  privacyUrl?: string
  termsUrl?: string
  supportUrl?: string
}

export function brandOf(tenant: Pick<Tenant, 'display_name' | 'branding'>, privacyUrl?: string): Brand {
  const { logo_uri, accent_color, support_uri } = tenant.branding
  return { displayName: tenant.display_name, logoUrl: logo_uri, accentColour: accent_color, supportUrl: support_uri, privacyUrl }
}

type Rgb = readonly [number, number, number]

type Scheme = { surface: Rgb; towards: Rgb }

const DEFAULT_ACCENT: Rgb = [45, 76, 200]
const BLACK: Rgb = [0, 0, 0]
const WHITE: Rgb = [255, 255, 255]
const INK: Rgb = [20, 22, 28]

/** The darkest ground in light and the lightest in dark that text in the accent colour stands on: see `--sunken` in tokens.css.ts. */
const LIGHT: Scheme = { surface: [238, 240, 244], towards: BLACK }
const DARK: Scheme = { surface: [36, 40, 49], towards: WHITE }

const TEXT_CONTRAST = 4.5
const EDGE_CONTRAST = 3
/** A filled button is known by its text; its ground only must not melt into the page's. */
const FILL_CONTRAST = 1.15

/** Custom properties for a `<style nonce>`; made of numbers only, so nothing of the tenant's reaches the style sheet as text. */
export function brandStyle(brand: Brand): string {
  const accent = parseColour(brand.accentColour) ?? DEFAULT_ACCENT
  return `:root{${properties(accent, LIGHT)}}@media (prefers-color-scheme:dark){:root{${properties(accent, DARK)}}}`
}

export function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

export function parseColour(colour: string | undefined): Rgb | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour ?? '')
  if (match === null) return undefined
  const [red = '', green = '', blue = ''] = match.slice(1)
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)]
}

/** Black or white; for every colour at least one of them has a contrast of 4.5. */
export function textOn(ground: Rgb): Rgb {
  return contrast(ground, WHITE) >= TEXT_CONTRAST ? WHITE : contrast(ground, INK) >= TEXT_CONTRAST ? INK : BLACK
}

/** Mixed towards black or white until it stands out enough. */
export function standOut(colour: Rgb, { surface, towards }: Scheme, wanted: number): Rgb {
  for (let share = 0; share < 1; share += 0.04) {
    const mixed = mix(colour, towards, share)
    if (contrast(mixed, surface) >= wanted) return mixed
  }
  return towards
}

function properties(accent: Rgb, scheme: Scheme): string {
  const fill = standOut(accent, scheme, FILL_CONTRAST)
  const onFill = textOn(fill)
  const away = onFill === WHITE ? BLACK : WHITE
  return Object.entries({
    '--fill': fill,
    '--on-fill': onFill,
    '--fill-hover': mix(fill, away, 0.14),
    '--fill-pressed': mix(fill, away, 0.24),
    '--accent-text': standOut(accent, scheme, TEXT_CONTRAST),
    '--accent-edge': standOut(accent, scheme, EDGE_CONTRAST),
  })
    .map(([name, colour]) => `${name}:rgb(${colour.join(' ')})`)
    .join(';')
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2) => Math.round(a[index] * (1 - share) + b[index] * share)
  return [channel(0), channel(1), channel(2)]
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
