/** @jsxImportSource hono/jsx */
/** The frame around every page: document, brand header, card, language switcher, footer. */
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { type AssetName, assetUrl } from './assets.ts'
import { type Brand, brandStyle } from './brand.ts'
import { LANGUAGES, type Words } from './catalogue.ts'
import type { PageProps } from './page_props.ts'

type FrameProps = {
  page: PageProps
  words: Words
  title: string
  children: Child
  /** `card` for a form; `reading` for text; `broad` for lists. */
  layout?: 'card' | 'reading' | 'broad'
  /** The title says first that something is wrong: a screen reader speaks it before all else. */
  failed?: boolean
  /** The password script, or another; the page must work without it. */
  script?: boolean | AssetName
  /** The script for passkeys; the page must do something without it, too. */
  passkeys?: boolean
}

export function renderFrame({
  page,
  words,
  title,
  children,
  layout = 'card',
  failed = false,
  script = false,
  passkeys = false,
}: FrameProps): string {
  const { frame } = words.text
  const spoken = failed ? words.say(frame.errorTitle, { title }) : title
  const html = (
    <html lang={words.locale} dir={words.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{words.say(frame.fullTitle, { title: spoken, brand: page.brand.displayName })}</title>
        <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetUrl('pages.css')} />
        <style nonce={page.nonce}>{raw(brandStyle(page.brand))}</style>
        {script ? <script src={assetUrl(script === true ? 'password.js' : script)} nonce={page.nonce} defer></script> : null}
        {passkeys ? <script src={assetUrl('passkey.js')} nonce={page.nonce} defer></script> : null}
      </head>
      <body class={`layout-${layout}`}>
        <a class="skip" href="#content">
          {frame.skip}
        </a>
        <header class="masthead">
          <BrandMark brand={page.brand} homeHref={page.homeHref} />
        </header>
        <main id="content" class="card" tabindex={-1}>
          {children}
        </main>
        <Footer page={page} words={words} />
      </body>
    </html>
  )
  return `<!DOCTYPE html>${html.toString()}`
}

function BrandMark({ brand, homeHref }: { brand: Brand; homeHref: string | undefined }) {
  const mark = (
    <>
      {brand.logoUrl === undefined ? <Monogram name={brand.displayName} /> : <img class="logo" src={brand.logoUrl} alt="" />}
      <bdi class="brand-name">{brand.displayName}</bdi>
    </>
  )
  return homeHref === undefined ? (
    <div class="brand">{mark}</div>
  ) : (
    <a class="brand" href={homeHref}>
      {mark}
    </a>
  )
}

/** Two letters of the West, or one alone: nothing of the second belongs to the first. */
const PLAIN = /^[!-~À-ſ](?![^ -~À-ſ])/

/**
 * What a reader takes for one letter, also where it is several code points (a flag, an accent, a family). Unicode's own rules are asked only where it takes
 * them: the first question costs a cold start 17 ms of the processor.
 */
function firstLetter(name: string): string {
  const text = name.trim()
  const plain = PLAIN.exec(text)?.[0]
  if (plain !== undefined) return plain
  for (const { segment } of new Intl.Segmenter().segment(text)) return segment
  return '·'
}

/** Stands where a logo is missing. */
export function Monogram({ name, large }: { name: string; large?: boolean }) {
  const first = firstLetter(name)
  return (
    <span class={large ? 'monogram monogram-large' : 'monogram'} aria-hidden="true">
      {first.toUpperCase()}
    </span>
  )
}

function Footer({ page, words }: { page: PageProps; words: Words }) {
  const { frame } = words.text
  const links = [
    { href: page.brand.privacyUrl, label: frame.privacy },
    { href: page.brand.termsUrl, label: frame.terms },
    { href: page.brand.supportUrl, label: frame.support },
  ].flatMap(({ href, label }) => (href === undefined ? [] : [{ href, label }]))
  const languages = page.languages ?? []
  if (links.length === 0 && languages.length < 2) return null
  return (
    <footer class="footer">
      {languages.length < 2 ? null : (
        <nav aria-label={frame.languages}>
          <ul class="inline-list">
            {languages.map(({ locale, href }) => (
              <li>
                <a href={href} lang={locale} hreflang={locale} aria-current={locale === words.locale ? 'true' : undefined}>
                  {LANGUAGES[locale]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {links.length === 0 ? null : (
        <nav aria-label={frame.footer}>
          <ul class="inline-list">
            {links.map(({ href, label }) => (
              <li>
                <a href={href}>{label}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </footer>
  )
}
