/** Every page a person meets, on a desk in the light and on a small phone in the dark: axe finds nothing, nothing is cut off, the keyboard is enough. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mtlsFlags } from '../fixture/mtls_flags.ts'
import { type Reader, readerWith } from './every_page/reader.ts'
import { WALKS } from './every_page/walks.ts'
import { openStory, PASSWORD, type Story, signIn } from './story.ts'

let folder: string
let story: Story
let reader: Reader

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-pages-'))
  const { words } = await mtlsFlags(folder)
  story = await openStory({ words })
  reader = await readerWith('english', story)
})
afterAll(async () => {
  await story.close()
  await rm(folder, { recursive: true, force: true })
})

test.each(Object.entries(WALKS))('%s', (_, walk) => walk(reader))

test('Alex signs in with the keyboard alone', async () => {
  const alex = await story.person('Alex')
  await alex.goTo(`${reader.issuer}/login`)
  // Focus comes a moment after the page: what is typed before it is lost.
  await alex.page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'username')
  await alex.page.keyboard.type('alex')
  await alex.page.keyboard.press('Tab')
  await alex.page.keyboard.type('alex123')
  await alex.page.keyboard.press('Enter')
  await alex.sees('Welcome, Alex')
  await alex.page.keyboard.press('Tab')
  expect(await alex.page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content')
})

test('Kai consents with the keyboard alone', async () => {
  await story.giveRoles('kai', [])
  const kai = await story.person('Kai')
  await kai.goTo(`${story.house.samplesOrigin}/pickup-dispatch/login`)
  await signIn(kai, 'kai', PASSWORD)
  await kai.page.locator('input[name=claim]:not([type=hidden]):not([disabled])').first().focus()
  await kai.page.keyboard.press('Space')
  await kai.page.locator('button[value=allow]').focus()
  await kai.page.keyboard.press('Enter')
  await kai.isAt(/pickup-dispatch$/)
  await kai.sees('kai@pickup.example')
})
