/** Every page a person meets, on a desk in the light and on a small phone in the dark: axe finds nothing, nothing is cut off, the keyboard is enough. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accountApp } from '@gatehouse/http/account/app.ts'
import { approveApp } from '@gatehouse/http/approve/app.ts'
import { authorizeApp } from '@gatehouse/http/authorize/app.ts'
import { consentApp } from '@gatehouse/http/consent/app.ts'
import { registerApp } from '@gatehouse/http/register/app.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mtlsFlags } from '../fixture/mtls_flags.ts'
import { type Reader, readerWith } from './every_page/reader.ts'
import { WALKS } from './every_page/walks.ts'
import { openStory, PASSWORD, type Story, signIn } from './story.ts'

/** They lead on, or are asked by a page's script; or have the page of another address. */
// biome-ignore format: a list
const NO_PAGES = new Set([
  '/login/certificate', '/certificate', '/login/link/state', '/mfa/push', '/prompt/poll', '/oauth2/logout', '/privacy-policy/:version',
  '/account/assets/:file', '/account/worker.js',
])

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

test('no page was left out: all that the apps answer by GET was looked at, but for what is no page of its own', () => {
  const pages = [authorizeApp(), registerApp(), consentApp(), accountApp(), approveApp()]
    .flatMap((app) => app.routes)
    .filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/') && !NO_PAGES.has(path))
    .map(({ path }) => path)
  const isSeen = (path: string) => {
    const pattern = new RegExp(`^${path.replace(/:\w+/g, '[^/]+').replace('*', '.*')}$`)
    return [...reader.seen].some((one) => pattern.test(one))
  }

  expect(pages.length).toBeGreaterThan(20)
  expect(pages.filter((path) => !isSeen(path))).toEqual([])
})

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
