/** @jsxImportSource hono/jsx */
/** The page that the portal's script runs in: language, tokens, brand, and what is there without JavaScript. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { directionOf } from '@gatehouse/core/locale.ts'
import { raw } from 'hono/html'
import { assetUrl } from './assets.ts'
import { brandStyle } from './brand.ts'
import { account as ar } from './locales/ar_account.ts'
import { account as de } from './locales/de_account.ts'
import { account as en } from './locales/en_account.ts'
import type { PageProps } from './page_props.ts'
import { TOKENS } from './tokens.css.ts'

export type PortalShellProps = PageProps & {
  /** The issuer's path. */
  basePath: string
  script: string
  styles: readonly string[]
  /** Modules that the script imports at once. */
  preloads: readonly string[]
  /** The same without JavaScript, where there is such a page. */
  plainHref?: string
}

const WORDS: Readonly<Record<Locale, typeof en>> = { en, de, ar }

export function renderPortalShell(props: PortalShellProps): string {
  const { locale, nonce, brand, plainHref } = props
  const words = WORDS[locale]
  const html = (
    <html lang={locale} dir={directionOf(locale)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${words.title} · ${brand.displayName}`}</title>
        <link rel="icon" href={assetUrl('icon.svg')} type="image/svg+xml" />
        <style nonce={nonce}>{raw(TOKENS + brandStyle(brand))}</style>
        {props.styles.map((style) => (
          <link rel="stylesheet" href={style} />
        ))}
        <script type="module" src={props.script} nonce={nonce}></script>
        {props.preloads.map((file) => (
          <link rel="modulepreload" href={file} />
        ))}
        {plainHref === undefined ? null : (
          <noscript>
            <meta http-equiv="refresh" content={`0;url=${plainHref}`} />
          </noscript>
        )}
      </head>
      <body>
        {/* the script replaces what is in here; until then `portal.css` hides it where scripts run */}
        <div id="portal" data-base-path={props.basePath} data-display-name={brand.displayName}>
          <div class="needs-script">
            <p>{words.needsScript}</p>
            {plainHref === undefined ? null : (
              <p>
                <a href={plainHref}>{words.plain}</a>
              </p>
            )}
          </div>
        </div>
      </body>
    </html>
  )
  return `<!DOCTYPE html>${html.toString()}`
}
