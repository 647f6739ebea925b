/** The static files of the pages. Their names carry a hash of their content, so they may be cached for ever; they hold nothing of any tenant. */
import { createHash } from 'node:crypto'
import { CAPTCHA_SCRIPT } from './captcha_script.ts'
import { LINK_SCRIPT } from './link_script.ts'
import { PASSKEY_SCRIPT } from './passkey_script.ts'
import { PASSWORD_SCRIPT } from './password_script.ts'
import { PUSH_SCRIPT } from './push_script.ts'
import { STYLE } from './style.css.ts'
import { WAIT_SCRIPT } from './wait_script.ts'

export type Asset = {
  /** From the origin's root. */
  readonly path: string
  readonly contentType: string
  readonly body: string
}

export const ASSETS_PATH = '/_assets/'

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#2d4cc8"/><path d="M8 25V15a8 8 0 0 1 16 0v10M13 25v-9.5a3 3 0 0 1 6 0V25" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/></svg>`

const FILES = {
  'pages.css': { contentType: 'text/css; charset=utf-8', body: STYLE },
  'password.js': { contentType: 'text/javascript; charset=utf-8', body: PASSWORD_SCRIPT },
  'captcha.js': { contentType: 'text/javascript; charset=utf-8', body: CAPTCHA_SCRIPT },
  'passkey.js': { contentType: 'text/javascript; charset=utf-8', body: PASSKEY_SCRIPT },
  'link.js': { contentType: 'text/javascript; charset=utf-8', body: LINK_SCRIPT },
  'push.js': { contentType: 'text/javascript; charset=utf-8', body: PUSH_SCRIPT },
  'wait.js': { contentType: 'text/javascript; charset=utf-8', body: WAIT_SCRIPT },
  'icon.svg': { contentType: 'image/svg+xml', body: ICON },
} as const

export type AssetName = keyof typeof FILES

export const assetPaths: Readonly<Record<AssetName, string>> = {
  'pages.css': hashedPath('pages.css'),
  'password.js': hashedPath('password.js'),
  'captcha.js': hashedPath('captcha.js'),
  'passkey.js': hashedPath('passkey.js'),
  'link.js': hashedPath('link.js'),
  'push.js': hashedPath('push.js'),
  'wait.js': hashedPath('wait.js'),
  'icon.svg': hashedPath('icon.svg'),
}

export const assets: readonly Asset[] = (Object.keys(FILES) as AssetName[]).map((name) => ({ path: assetPaths[name], ...FILES[name] }))

export function assetUrl(name: AssetName): string {
  return assetPaths[name]
}

function hashedPath(name: AssetName): string {
  const hash = createHash('sha256').update(FILES[name].body).digest('hex').slice(0, 16)
  const dot = name.lastIndexOf('.')
  return `${ASSETS_PATH}${name.slice(0, dot)}.${hash}${name.slice(dot)}`
}
