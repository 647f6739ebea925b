import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { assets, assetUrl } from './assets.ts'
import { PASSWORD_SCRIPT } from './password_script.ts'

test('a file is found at the address that the pages name', () => {
  expect(assets.map(({ path }) => path)).toEqual([
    assetUrl('pages.css'),
    assetUrl('password.js'),
    assetUrl('captcha.js'),
    assetUrl('icon.svg'),
  ])
  expect(assetUrl('pages.css')).toMatch(/^\/_assets\/pages\.[0-9a-f]{16}\.css$/)
})

test('the style sheet asks for nothing from elsewhere and sets no physical side', () => {
  const style = assets[0]?.body ?? ''

  expect(style).not.toMatch(/url\(|@import/)
  expect(style).not.toMatch(/[ {;](margin|padding|border)-(left|right|top|bottom)|[ {;](left|right|top|bottom):/)
})

test('the script does nothing on a page without passwords', () => {
  expect(() => runInNewContext(PASSWORD_SCRIPT, { document: { querySelectorAll: () => [] } })).not.toThrow()
})
