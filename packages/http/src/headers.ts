/** Headers of every page: Content Security Policy Level 3 with a nonce, no framing, no sniffing, nothing kept. */

import type { CaptchaSources } from '@gatehouse/core/captcha.ts'

/** `formAction`: origins that a form of this page may lead to, besides our own: Chromium follows the redirect after a post with this list. `captcha`: of the check that this page shows. */
export function pageHeaders(nonce: string, formAction: readonly string[] = [], captcha?: CaptchaSources): Record<string, string> {
  const { script = [], style = [], connect = [], frame = [], worker = false } = captcha ?? {}
  const policy = {
    'default-src': "'none'",
    'style-src': [`'self' 'nonce-${nonce}'`, ...style].join(' '),
    'script-src': [`'self' 'nonce-${nonce}'`, ...script].join(' '),
    'img-src': "'self' data: https:",
    // My Account's script, and no other, asks our own origin for data.
    'connect-src': ["'self'", ...connect].join(' '),
    ...(frame.length === 0 ? {} : { 'frame-src': frame.join(' ') }),
    ...(worker ? { 'worker-src': "'self'" } : {}),
    'form-action': ["'self'", ...formAction].join(' '),
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
  }
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join('; '),
    'cache-control': 'no-store',
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  }
}

/** What `form-action` needs for a verified redirect URI: its origin, or the scheme of a native application. */
export function formActionOf(redirectUri: string): string {
  const url = new URL(redirectUri)
  // A policy has no way to write an IPv6 address, and would end at a semicolon or comma, which stand in no real host name but pass as one.
  return url.origin === 'null' || /[^\w.-]/.test(url.hostname) ? url.protocol : url.origin
}
