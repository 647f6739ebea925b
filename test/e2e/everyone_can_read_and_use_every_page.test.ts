/** Every page a person meets: axe finds nothing, nothing is cut off on a small phone, and all of it is there for those who read from the right. */
import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from '../browser/accessible.ts'
import type { Person } from '../browser/person.ts'
import { openStory, PASSWORD, profileOf, type Story, signIn } from './story.ts'

const SMALL_PHONE = { width: 320, height: 640 }

const EYES: Readonly<Record<string, BrowserContextOptions & { readonly direction: 'ltr' | 'rtl' }>> = {
  'on a desk, in light': { colorScheme: 'light', direction: 'ltr' },
  'on a small phone, in the dark': { colorScheme: 'dark', viewport: SMALL_PHONE, direction: 'ltr' },
  'in Arabic, on a small phone': { colorScheme: 'light', viewport: SMALL_PHONE, locale: 'ar', direction: 'rtl' },
}

let story: Story
let issuer: string
let requestId: string

beforeAll(async () => {
  story = await openStory()
  issuer = story.house.issuer()
  await story.giveRoles('robin', [])
  requestId = await story.apply('waiting', { email: 'somebody.with.a.very.long.address@a-rather-long-domain-name.example.org' })
  await story.house.messages()
})
afterAll(() => story.close())

describe.each(Object.entries(EYES))('%s', (_, { direction, ...options }) => {
  const isGood = async ({ page }: Person) => {
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.dir), page.url()).toBe(direction)
    const { wide, seen } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      seen: document.documentElement.clientWidth,
    }))
    expect(wide, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(seen)
  }
  const visits = async (who: Person, ...addresses: string[]) => {
    for (const address of addresses) {
      await who.goTo(address)
      await isGood(who)
    }
  }
  /** Whatever the language: the first button of the form. */
  const submits = (who: Person) => who.page.locator('main button[type=submit]').first().click()
  const opensAccount = async (who: Person, place: string) => {
    await who.goTo(`${issuer}/account${place}`)
    await who.page.locator('h1').waitFor()
    await expect.poll(() => who.page.locator('[aria-busy=true]').count()).toBe(0)
  }

  test('signing in, with what may go wrong', async () => {
    const robin = await story.person('Robin', options)
    await visits(robin, `${issuer}/login`)
    await robin.fill({ username: 'robin', password: 'wrong words' })
    await submits(robin)
    await robin.page.locator('[role=alert]').first().waitFor()
    await isGood(robin)
    await visits(robin, `${issuer}/no-such-page`, `${issuer}/verify-email?token=none`, `${issuer}/oauth2/authorize?client_id=nobody`)
  })

  test('registering, with what may go wrong', async () => {
    const robin = await story.person('Robin', options)
    const newcomer = `newcomer-${direction}-${options.colorScheme}`
    await visits(robin, `${issuer}/privacy-policy`, `${issuer}/signup`)
    await robin.fill({ username: 'alex' })
    await submits(robin)
    await robin.page.locator('[aria-invalid=true]').waitFor()
    await isGood(robin)
    await robin.fill({ username: newcomer })
    await submits(robin)
    await robin.page.locator('[name=new_password]').waitFor()
    await isGood(robin)
    await robin.fill({ ...profileOf(newcomer), new_password: 'short', accept_terms: true })
    await submits(robin)
    await robin.page.locator('[aria-invalid=true]').waitFor()
    await isGood(robin)
    await robin.fill({ new_password: PASSWORD })
    await submits(robin)
    await robin.page.getByText(/req_/).waitFor()
    await isGood(robin)
  })

  test('consenting, and the sample applications', async () => {
    const consenter = `consenter-${direction}-${options.colorScheme}`
    await story.giveRoles(consenter, [])
    const robin = await story.person('Robin', options)
    await robin.goTo(`${story.house.samplesOrigin}/pickup-dispatch/login`)
    await robin.fill({ username: consenter, password: PASSWORD })
    await submits(robin)
    await robin.page.locator('input[type=checkbox][name=claim]').first().waitFor()
    await isGood(robin)
    await robin.decide('allow')
    await robin.isAt(/pickup-dispatch$/)
    for (const place of ['pickup-dispatch', 'pickup-dispatch/bookings', 'pickup-manager']) {
      await robin.goTo(`${story.house.samplesOrigin}/${place}`)
      await expectAccessible(robin.page)
    }
    await visits(robin, `${issuer}/logout`)
  })

  test('proving a further factor, and setting one up on the way', async () => {
    const [prover, newcomer] = [`prover-${direction}-${options.colorScheme}`, `enroller-${direction}-${options.colorScheme}`]
    await story.giveRoles(newcomer, [])
    await story.giveRoles(prover, [])
    await story.giveFactors(prover)
    const first = await story.person('Robin', options)
    await first.goTo(`${issuer}/login`)
    await first.fill({ username: prover, password: PASSWORD })
    await submits(first)
    await first.page.locator('[name=otp]').waitFor()
    await isGood(first)
    const ways = await first.page.locator('main nav a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
    expect(ways).toHaveLength(2)
    await visits(first, ...ways)
    await first.fill({ otp: 'wrong' })
    await submits(first)
    await first.page.locator('[aria-invalid=true]').waitFor()
    await isGood(first)

    const second = await story.person('Robin', options)
    await second.goTo(await story.requestThatNeeds('enrolment'))
    await second.fill({ username: newcomer, password: PASSWORD })
    await submits(second)
    await second.page.locator('main nav a').first().waitFor()
    await isGood(second)
    const kinds = await second.page.locator('main nav a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
    expect(kinds).toHaveLength(3)
    await visits(second, ...kinds, kinds[1] ?? '')
    await submits(second)
    await second.page.locator('[name=otp]').waitFor()
    await isGood(second)
  })

  test('second factors at My Account', async () => {
    const keeper = `keeper-${direction}-${options.colorScheme}`
    await story.giveRoles(keeper, [])
    const robin = await story.person('Robin', options)
    await robin.goTo(`${issuer}/login`)
    await robin.fill({ username: keeper, password: PASSWORD })
    await submits(robin)
    await robin.isAt(/\/account/)
    await opensAccount(robin, '/security')
    const adds = robin.page.locator('h3 + ul button')
    expect(await adds.count()).toBe(3)
    for (const index of [0, 1]) {
      await adds.nth(index).click()
      await robin.page.locator(index === 0 ? '[name=otp]' : '[name=email]').waitFor()
      await isGood(robin)
      await robin.page.keyboard.press('Escape')
      await robin.page.locator('[role=dialog]').waitFor({ state: 'detached' })
    }
  })

  test('My Account, every place of it', async () => {
    const robin = await story.person('Robin', options)
    await robin.goTo(`${issuer}/login`)
    await robin.fill({ username: 'robin', password: PASSWORD })
    await submits(robin)
    await robin.isAt(/\/account/)
    for (const place of ['', '/security', '/applications', '/operations/approvals', '/operations/requests', '/nowhere', '/profile']) {
      await opensAccount(robin, place)
      await isGood(robin)
    }
    await robin.page.locator('main button').first().click()
    await robin.page.locator('[name=given_name]').waitFor()
    await isGood(robin)
  })

  test('deciding, at My Account and without JavaScript, and the mail about it', async () => {
    const alex = await story.person('Alex', options)
    await visits(alex, `${story.house.origin}/_dev/inbox`)
    await alex.goTo(`${story.house.origin}/_dev/inbox?to=alex@pickup.example`)
    await alex.page.locator('a.entry').first().click()
    await alex.page.locator('iframe').waitFor()
    await expectAccessible(alex.page)
    await alex.goTo(`${issuer}/approvals/${requestId}?view=page`)
    await alex.fill({ username: 'alex', password: 'alex123' })
    await submits(alex)
    await alex.page.locator('button[name=decision]').first().waitFor()
    await isGood(alex)
    await opensAccount(alex, `/approvals/${requestId}`)
    await alex.page.locator('button[name=decision]').first().waitFor()
    await isGood(alex)
    await alex.page.getByRole('button', { expanded: false }).last().click()
    await alex.page.getByRole('menu').waitFor()
    await isGood(alex)
  })
})

test('Alex signs in with the keyboard alone', async () => {
  const alex = await story.person('Alex')
  await alex.goTo(`${issuer}/login`)
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

test('a window that becomes narrow while a comment is written does not scroll sideways, right to left either', async () => {
  const alex = await story.person('Alex', { viewport: { width: 1280, height: 800 }, locale: 'ar' })
  await alex.goTo(`${issuer}/login`)
  await alex.fill({ username: 'alex', password: 'alex123' })
  await alex.page.locator('main button[type=submit]').first().click()
  await alex.isAt(/\/account/)
  await alex.goTo(`${issuer}/account/approvals/${requestId}`)
  await alex.page.locator('textarea[name=comment]').fill('مرحبا')

  await alex.page.setViewportSize(SMALL_PHONE)

  // The page is laid out anew a moment after its window changed.
  const sideways = () => alex.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await expect.poll(sideways, { timeout: 5000 }).toBe(0)
})

test('an application may ask for the language: ui_locales=ar turns the page round', async () => {
  const robin = await story.person('Robin')
  await robin.goTo(`${story.house.samplesOrigin}/pickup-dispatch`)
  const login = await robin.context.request.get(`${story.house.samplesOrigin}/pickup-dispatch/login`, { maxRedirects: 0 })
  await robin.goTo(`${login.headers().location}&ui_locales=ar`)
  expect(await robin.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['ar', 'rtl'])
})
