/** The look: the hosted pages' tokens (`pages/tokens.css.ts`, in the page around us) spoken to Mantine, with the tenant's accent, made legible by the server. */
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  NavLink,
  Notification,
  type VariantColorsResolver,
} from '@mantine/core'

const SOFT = 'color-mix(in srgb, var(--fill) 11%, var(--surface))'
const SOFT_HOVER = 'color-mix(in srgb, var(--fill) 18%, var(--surface))'
const CLEAR_BORDER = '1px solid transparent'

const brand: MantineColorsTuple = [
  SOFT,
  SOFT,
  SOFT_HOVER,
  'var(--accent-edge)',
  'var(--accent-edge)',
  'var(--fill)',
  'var(--fill)',
  'var(--fill-hover)',
  'var(--fill-pressed)',
  'var(--fill-pressed)',
]
const danger: MantineColorsTuple = [
  'var(--error-soft)',
  'var(--error-soft)',
  'var(--error-soft)',
  'var(--error)',
  'var(--error)',
  'var(--error)',
  'var(--error)',
  'var(--error)',
  'var(--error)',
  'var(--error)',
]

/** Mantine builds its dark scheme from these, from text to ground; the tokens are dark wherever it does. */
const dark: MantineColorsTuple = [
  'var(--text)',
  'var(--text-quiet)',
  'var(--text-quiet)',
  'var(--edge)',
  'var(--line)',
  'var(--line)',
  'var(--sunken)',
  'var(--surface)',
  'var(--canvas)',
  'var(--canvas)',
]

/** Mantine's own answers assume shades that it can compute with; ours are the page's variables. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const row = VARIANTS[`${input.color ?? input.theme.primaryColor} ${input.variant}`]
  return row ?? defaultVariantColorsResolver(input)
}

const VARIANTS: Readonly<Record<string, ReturnType<VariantColorsResolver>>> = {
  'brand filled': { background: 'var(--fill)', hover: 'var(--fill-hover)', color: 'var(--on-fill)', border: CLEAR_BORDER },
  'brand light': { background: SOFT, hover: SOFT_HOVER, color: 'var(--accent-text)', border: CLEAR_BORDER },
  'brand subtle': { background: 'transparent', hover: SOFT, color: 'var(--accent-text)', border: CLEAR_BORDER },
  'danger filled': {
    background: 'var(--error)',
    hover: 'color-mix(in srgb, var(--error) 86%, var(--text))',
    color: 'var(--surface)',
    border: CLEAR_BORDER,
  },
  'danger default': { background: 'var(--surface)', hover: 'var(--error-soft)', color: 'var(--error)', border: '1px solid var(--edge)' },
  'danger subtle': { background: 'transparent', hover: 'var(--error-soft)', color: 'var(--error)', border: CLEAR_BORDER },
}

export const theme = createTheme({
  primaryColor: 'brand',
  colors: { brand, danger, dark },
  variantColorResolver,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-code)',
  headings: { fontFamily: 'var(--font)', fontWeight: '650' },
  defaultRadius: 'md',
  radius: { sm: 'var(--radius-small)', md: 'var(--radius)', lg: 'var(--radius-large)' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    NavLink: NavLink.extend({ styles: { root: { borderRadius: 'var(--radius-small)' } } }),
    Notification: Notification.extend({ defaultProps: { withBorder: true } }),
  },
})

const inBothSchemes = {
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-dimmed': 'var(--text-quiet)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-placeholder': 'var(--text-quiet)',
  '--mantine-color-error': 'var(--error)',
  '--mantine-color-brand-filled': 'var(--fill)',
  '--mantine-color-brand-filled-hover': 'var(--fill-hover)',
  '--mantine-color-brand-light': SOFT,
  '--mantine-color-brand-light-hover': SOFT_HOVER,
  '--mantine-color-brand-light-color': 'var(--accent-text)',
  '--mantine-color-brand-text': 'var(--accent-text)',
  '--mantine-primary-color-filled': 'var(--accent-edge)',
  '--mantine-primary-color-contrast': 'var(--on-fill)',
}

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: inBothSchemes, dark: inBothSchemes })
