/** What the server wrote into the page around us: where we are served, in which language, under which nonce. */
import { findLocale, type Locale } from '@gatehouse/core/locale.ts'
import type { Me } from '@gatehouse/core/my_account.ts'

export type Shell = {
  readonly root: HTMLElement
  /** The issuer's path: `/t/main`, or empty. */
  readonly basePath: string
  readonly locale: Locale
  readonly nonce: string
  readonly displayName: string
}

export function readShell(page: Document): Shell {
  const root = page.getElementById('portal')
  if (!root) throw new Error('the page lacks its element with the id portal')
  // browsers hide the attribute of a nonce, not the property
  const nonce = page.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''
  return {
    root,
    basePath: root.dataset.basePath ?? '',
    locale: findLocale(page.documentElement.lang) ?? 'en',
    nonce,
    displayName: root.dataset.displayName ?? '',
  }
}

/** The server's own limit is a little later than ours, so that nobody fills in a form in vain. */
const MARGIN_MILLISECONDS = 2 * 60_000

/** May the person change how they sign in, without proving once more who they are? */
export function isSure({ session }: Me): boolean {
  return Date.parse(session.sureUntil) - MARGIN_MILLISECONDS > Date.now()
}

/** The sign-in page, for a person who is signed in and must prove it once more; it leads back to `path`, which is below the issuer. */
export function proveAgain(shell: Shell, path: string): string {
  return `${shell.basePath}/login?max_age=0&continue=${encodeURIComponent(path)}`
}
