/** Somebody who goes through every page and looks at each: what axe says of it, whether it scrolls sideways, from which side it is read. */
import type { BrowserContextOptions } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, expectReadable, expectSeen } from '../../browser/accessible.ts'
import type { Person } from '../../browser/person.ts'
import { steadily } from '../../browser/steadily.ts'
import type { Story } from '../story.ts'

export const SMALL_PHONE = { width: 320, height: 640 }
const DESK = { width: 1280, height: 720 }
/** For what the page fetches, on a machine that does much else. */
const PATIENCE_MS = 15_000

export type Reader = {
  readonly story: Story
  readonly issuer: string
  /** A request for approval that waits for Alex. */
  readonly requestId: string
  /** Somebody with this reader's language and window. */
  person(name: string): Promise<Person>
  /** A user name of this reader's own. */
  named(name: string): string
  /** Below the issuer: where this reader has looked. */
  readonly seen: ReadonlySet<string>
  /** Looks at the page as it stands. */
  looksAt(who: Person): Promise<void>
  /** Opens each address and looks at it. */
  visits(who: Person, ...addresses: string[]): Promise<void>
  /** Whatever the language: the first button of the form. */
  submits(who: Person): Promise<void>
  /** Opens a place of My Account and waits until it stands. */
  opensAccount(who: Person, place: string): Promise<void>
}

/** One part of the house, walked through. */
export type Walk = (reader: Reader) => Promise<void>

type Eyes = { readonly options: BrowserContextOptions; readonly looksAt: (who: Person) => Promise<void> }

/** Nothing fades for whoever asks for that, and so nothing fades while it is looked at. */
const STILL: BrowserContextOptions = { reducedMotion: 'reduce' }

export const EYES = {
  /** In the light on a desk; and the same page again in the dark on a small phone, for what colour and width can change. */
  english: {
    options: { ...STILL, colorScheme: 'light', viewport: DESK },
    async looksAt({ page }) {
      await expectStill(page)
      await expectAccessible(page)
      await expectWhole(page, 'ltr')
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
      await page.setViewportSize(SMALL_PHONE)
      await expectWhole(page, 'ltr')
      await expectSeen(page)
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      await page.setViewportSize(DESK)
    },
  },
  arabic: {
    options: { ...STILL, colorScheme: 'light', viewport: SMALL_PHONE, locale: 'ar' },
    async looksAt({ page }) {
      await expectReadable(page)
      await expectWhole(page, 'rtl')
    },
  },
} satisfies Readonly<Record<string, Eyes>>

export async function readerWith(language: keyof typeof EYES, story: Story): Promise<Reader> {
  const eyes: Eyes = EYES[language]
  const issuer = story.house.issuer()
  await story.giveRoles('robin', [])
  const requestId = await story.apply('waiting', { email: 'somebody.with.a.very.long.address@a-rather-long-domain-name.example.org' })
  await story.house.messages()
  const seen = new Set<string>()
  const looksAt: Eyes['looksAt'] = async (who) => {
    const { origin, pathname } = new URL(who.page.url())
    const address = `${origin}${pathname}`
    if (address.startsWith(`${issuer}/`)) seen.add(address.slice(issuer.length))
    await eyes.looksAt(who)
  }
  return {
    story,
    issuer,
    requestId,
    seen,
    looksAt,
    person: (name) => story.person(name, eyes.options),
    named: (name) => `${name}-${language}`,
    async visits(who, ...addresses) {
      for (const address of addresses) {
        await who.goTo(address)
        await looksAt(who)
      }
    },
    submits: (who) => who.page.locator('main button[type=submit]').first().click(),
    async opensAccount(who, place) {
      await who.goTo(`${issuer}/account${place}`)
      await who.page.locator('h1').waitFor()
      await expect.poll(() => who.page.locator('[aria-busy=true]').count(), { timeout: PATIENCE_MS }).toBe(0)
    },
  }
}

/** Nothing is cut off at the side, and reading begins where the language has it. A page is laid out anew a moment after its window changed. */
async function expectWhole(page: Person['page'], direction: 'ltr' | 'rtl'): Promise<void> {
  expect(await steadily(page, () => page.evaluate(() => document.documentElement.dir)), page.url()).toBe(direction)
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await expect.poll(sideways, { message: `${page.url()} scrolls sideways` }).toBeLessThanOrEqual(0)
}

/** These readers ask for no motion (`prefers-reduced-motion`). */
async function expectStill(page: Person['page']): Promise<void> {
  const fading = () =>
    page.evaluate(() => {
      const fades = (element: Element) =>
        ['', '::before', '::after'].some((part) => getComputedStyle(element, part).transitionDuration !== '0s')
      return [...document.querySelectorAll('*')].filter(fades).map(({ outerHTML }) => outerHTML.slice(0, 100))
    })
  expect(await steadily(page, fading), page.url()).toEqual([])
}
