import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { assets, assetUrl } from './assets.ts'
import { PASSKEY_SCRIPT } from './passkey_script.ts'
import { PASSWORD_SCRIPT } from './password_script.ts'

test('a file is found at the address that the pages name', () => {
  expect(assets.map(({ path }) => path)).toEqual(
    (['pages.css', 'password.js', 'captcha.js', 'passkey.js', 'link.js', 'push.js', 'wait.js', 'icon.svg'] as const).map(assetUrl),
  )
  expect(assetUrl('pages.css')).toMatch(/^\/_assets\/pages\.[0-9a-f]{16}\.css$/)
})

test('the style sheet asks for nothing from elsewhere and sets no physical side', () => {
  const style = assets[0]?.body ?? ''

  expect(style).not.toMatch(/url\(|@import/)
  expect(style).not.toMatch(/[ {;](margin|padding|border)-(left|right|top|bottom)|[ {;](left|right|top|bottom):/)
})

test('the scripts do nothing on a page without passwords and passkeys', () => {
  const document = { querySelectorAll: () => [], querySelector: () => null }

  expect(() => runInNewContext(PASSWORD_SCRIPT, { document })).not.toThrow()
  expect(() => runInNewContext(PASSKEY_SCRIPT, { document })).not.toThrow()
})
