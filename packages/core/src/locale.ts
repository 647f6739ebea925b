/** Which language a page or a message speaks: RFC 4647 lookup over ui_locales, the person's choice, Accept-Language and the tenant's list. */

export const SUPPORTED_LOCALES = ['en', 'de', 'ar'] as const

export type Locale = (typeof SUPPORTED_LOCALES)[number]

export type Direction = 'ltr' | 'rtl'

export type LocaleWishes = {
  /** OpenID Connect Core section 3.1.2.1: space separated, best first. */
  uiLocales?: string | undefined
  /** What the person chose before: a profile's locale, a cookie. */
  chosen?: string | undefined
  /** RFC 9110 section 12.5.4. */
  acceptLanguage?: string | undefined
}

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** `offered` is the tenant's list, its first entry the tenant's own language; an empty list offers all. */
export function negotiateLocale(wishes: LocaleWishes, offered: readonly string[] = SUPPORTED_LOCALES): Locale {
  const usable = SUPPORTED_LOCALES.filter((locale) => offered.includes(locale))
  const candidates: readonly Locale[] = usable.length > 0 ? usable : SUPPORTED_LOCALES
  const first = offered.map((tag) => findLocale(tag, candidates)).find((locale) => locale !== undefined)
  for (const tag of wishedTags(wishes)) {
    const found = findLocale(tag, candidates)
    if (found !== undefined) return found
  }
  return first ?? 'en'
}

/** RFC 4647 section 3.4: `de-CH-1996` finds `de`. */
export function findLocale(tag: string, candidates: readonly Locale[] = SUPPORTED_LOCALES): Locale | undefined {
  const language = tag.trim().toLowerCase().split(/[-_]/)[0]
  return candidates.find((locale) => locale === language)
}

export function directionOf(locale: string): Direction {
  const language = locale.toLowerCase().split(/[-_]/)[0] ?? ''
  return RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr'
}

function wishedTags(wishes: LocaleWishes): string[] {
  const uiLocales = (wishes.uiLocales ?? '').split(' ')
  const chosen = wishes.chosen ?? ''
  return [...uiLocales, chosen, ...acceptedTags(wishes.acceptLanguage ?? '')].filter((tag) => tag !== '')
}

/** Best first; `q=0` means "not this one". */
function acceptedTags(header: string): string[] {
  return header
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim())
      const quality = parameters.find((parameter) => parameter.startsWith('q='))
      return { tag, quality: quality === undefined ? 1 : Number(quality.slice(2)) }
    })
    .filter(({ tag, quality }) => tag !== '' && tag !== '*' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
}

/** What a value reads like to a person: a language by its name in theirs, anything else as it is. */
export function readableValue(claim: string, value: string, locale: Locale): string {
  if (claim !== 'locale') return value
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(value) ?? value
  } catch (error) {
    // What a person's record holds need not be a BCP 47 tag.
    if (error instanceof RangeError) return value
    throw error
  }
}
