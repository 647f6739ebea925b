/** What the house's pages are given where another server of the bench shows them. */
import { randomBytes } from 'node:crypto'
import { claimsOfScopes } from '@gatehouse/core/scope.ts'
import type { PageProps } from '@gatehouse/pages/page_props.ts'
import { CLIENT, profile } from './client.ts'

export function pageProps(action: string): PageProps {
  return {
    brand: { displayName: 'Main', privacyUrl: '/privacy-policy' },
    locale: 'en',
    nonce: randomBytes(16).toString('base64url'),
    homeHref: '/account',
    languages: (['en', 'de', 'ar'] as const).map((locale) => ({ locale, href: `${action}?ui_locales=${locale}` })),
  }
}

export function consentProps(username: string, scope: string) {
  const scopes = scope.split(' ')
  const values: Readonly<Record<string, unknown>> = profile(username)
  const shown = claimsOfScopes(scopes).filter((name) => typeof values[name] === 'string')
  return {
    user: { username },
    claims: shown.map((name) => ({ name, mandatory: true, value: String(values[name]) })),
    scopes: scopes.map((name) => ({ name, mandatory: true, allowed: true })),
    redirectHost: new URL(CLIENT.redirect_uris[0]).host,
  }
}
