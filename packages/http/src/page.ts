/** Answers with a page: the frame's props from tenant and request, the security headers, and the page for what was refused. */
import type { CaptchaSources } from '@gatehouse/core/captcha.ts'
import { type Locale, negotiateLocale, SUPPORTED_LOCALES } from '@gatehouse/core/locale.ts'
import type { Tenant } from '@gatehouse/core/tenant.ts'
import type { Brand } from '@gatehouse/pages/brand.ts'
import { loadWords } from '@gatehouse/pages/catalogue.ts'
import { renderError } from '@gatehouse/pages/error.tsx'
import type { PageProps } from '@gatehouse/pages/page_props.ts'
import { readLanguageCookie, setLanguageCookie } from './cookies.ts'
import { toIamError } from './errors.ts'
import { pageHeaders } from './headers.ts'
import type { HouseContext } from './house.ts'

type PageFrame = {
  /** This page by GET, below the issuer, for the language switcher; without one there is no switcher. */
  readonly self?: string
  /** What the application asked for. */
  readonly uiLocales?: readonly string[]
}

export type PageOptions = {
  readonly nonce: string
  readonly status?: number
  readonly formAction?: readonly string[]
  readonly captcha?: CaptchaSources
}

/** What the person chose on a page comes before what the application asks for, and that before what the browser prefers. */
export function pageLocale(c: HouseContext, uiLocales: readonly string[] = []): Locale {
  return negotiateLocale(
    { uiLocales: [chosenLocale(c), readLanguageCookie(c) ?? '', ...uiLocales].join(' '), acceptLanguage: c.req.header('accept-language') },
    c.env.here.tenant.locales,
  )
}

/** With the words of its language there to be used: a language is loaded with the first page that is written in it. */
export async function pageProps(c: HouseContext, { self, uiLocales = [] }: PageFrame = {}): Promise<PageProps> {
  const { here } = c.env
  const locale = pageLocale(c, uiLocales)
  await loadWords(locale)
  if (self !== undefined && chosenLocale(c) !== '') setLanguageCookie(c, locale)
  const offered = SUPPORTED_LOCALES.filter((one) => here.tenant.locales.length === 0 || here.tenant.locales.includes(one))
  return {
    brand: brandOf(here.tenant, here.basePath),
    locale,
    nonce: here.random.token(16),
    homeHref: `${here.basePath}/account`,
    ...(self === undefined
      ? {}
      : { languages: offered.map((one) => ({ locale: one, href: withLanguage(`${here.basePath}${self}`, one) })) }),
  }
}

export function page(c: HouseContext, html: string, { nonce, status = 200, formAction, captcha }: PageOptions): Response {
  for (const [name, value] of Object.entries(pageHeaders(nonce, formAction, captcha))) c.header(name, value)
  return c.newResponse(html, status as 200)
}

/** For every app whose callers are people. */
export async function errorPage(thrown: unknown, c: HouseContext): Promise<Response> {
  const error = toIamError(thrown, c)
  const { here } = c.env
  const props = await pageProps(c)
  const html = renderError({
    ...props,
    code: error.code,
    description: error.description,
    requestId: here.random.token(9),
    time: here.clock.now(),
    startHref: `${here.basePath}/account`,
  })
  if (error.retryAfterSeconds !== undefined) c.header('retry-after', String(error.retryAfterSeconds))
  return page(c, html, { nonce: props.nonce, status: error.status })
}

function chosenLocale(c: HouseContext): string {
  return c.req.query('ui_locales') ?? ''
}

function brandOf(tenant: Tenant, basePath: string): Brand {
  const { logo_uri, accent_color, support_uri } = tenant.branding
  return {
    displayName: tenant.display_name,
    privacyUrl: `${basePath}/privacy-policy`,
    ...(logo_uri === undefined ? {} : { logoUrl: logo_uri }),
    ...(accent_color === undefined ? {} : { accentColour: accent_color }),
    ...(support_uri === undefined ? {} : { supportUrl: support_uri }),
  }
}

function withLanguage(path: string, locale: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}ui_locales=${locale}`
}
