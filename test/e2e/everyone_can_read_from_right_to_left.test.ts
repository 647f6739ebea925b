/** Every page in Arabic on a small phone: axe finds nothing, and nothing is cut off. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mtlsFlags } from '../fixture/mtls_flags.ts'
import { type Reader, readerWith, SMALL_PHONE } from './every_page/reader.ts'
import { WALKS } from './every_page/walks.ts'
import { openStory, type Story } from './story.ts'

let folder: string
let story: Story
let reader: Reader

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-pages-'))
  const { words } = await mtlsFlags(folder)
  story = await openStory({ words })
  reader = await readerWith('arabic', story)
})
afterAll(async () => {
  await story.close()
  await rm(folder, { recursive: true, force: true })
})

test.each(Object.entries(WALKS))('%s', (_, walk) => walk(reader))

test('a window that becomes narrow while a comment is written does not scroll sideways', async () => {
  const alex = await story.person('Alex', { viewport: { width: 1280, height: 800 }, locale: 'ar' })
  await alex.goTo(`${reader.issuer}/login`)
  await alex.fill({ username: 'alex', password: 'alex123' })
  await alex.page.locator('main button[type=submit]').first().click()
  await alex.isAt(/\/account/)
  await alex.goTo(`${reader.issuer}/account/approvals/${reader.requestId}`)
  await alex.page.locator('textarea[name=comment]').fill('مرحبا')

  await alex.page.setViewportSize(SMALL_PHONE)

  // The page is laid out anew a moment after its window changed.
  const sideways = () => alex.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await expect.poll(sideways).toBe(0)
})

test('an application may ask for the language: ui_locales=ar turns the page round', async () => {
  const robin = await story.person('Robin')
  await robin.goTo(`${story.house.samplesOrigin}/pickup-dispatch`)
  const login = await robin.context.request.get(`${story.house.samplesOrigin}/pickup-dispatch/login`, { maxRedirects: 0 })
  await robin.goTo(`${login.headers().location}&ui_locales=ar`)
  expect(await robin.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['ar', 'rtl'])
})
