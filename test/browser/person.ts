/**
 * A person of a story: a browser of their own (cookies apart from everybody else's) and the few things a person does.
 * Fields and buttons are found as the design publishes them: by name, value and visible words, never by class or test id.
 */
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { steadily } from './steadily.ts'

export type Person = {
  readonly name: string
  readonly page: Page
  readonly context: BrowserContext
  /** What went wrong in this person's browser: uncaught errors, refusals by the content security policy, failed requests to loopback. */
  readonly troubles: readonly string[]
  goTo(address: string): Promise<void>
  /** Asks for the page anew. */
  reloads(): Promise<void>
  /** Fields by their names. A check box takes `true` or `false`. */
  fill(fields: Readonly<Record<string, string | boolean>>): Promise<void>
  /** Ticks or unticks one of several boxes of one name, as on the consent page. */
  tick(name: string, value: string, ticked?: boolean): Promise<void>
  /** A button or link by its words. */
  press(words: string | RegExp): Promise<void>
  /** A button by name and value, such as `decision` and `approve`. */
  decide(decision: string, name?: string): Promise<void>
  /** Waits until the words are there to read. */
  sees(words: string | RegExp): Promise<void>
  /** The words are nowhere on the page, or go away. */
  doesNotSee(words: string | RegExp): Promise<void>
  /** Waits until the address matches. */
  isAt(address: string | RegExp | ((url: URL) => boolean)): Promise<void>
  leave(): Promise<void>
}

/** For a machine that does much else at the same time. */
const PATIENCE_MS = 60_000
/** Where something is missing already. */
const WORDS_MS = 10_000

export async function person(browser: Browser, name: string, options: BrowserContextOptions = {}): Promise<Person> {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const troubles = watchForTroubles(context)

  const told = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (cause) {
      throw new Error(`${name} ${what}, at ${page.url()}, where it says:\n${await words(page)}\n${troubles.join('\n')}`, { cause })
    }
  }

  return {
    name,
    page,
    context,
    troubles,
    goTo: (address) => told(`could not open ${address}`, async () => void (await steadily(page, () => page.goto(address)))),
    reloads: () => told('could not ask for the page anew', async () => void (await steadily(page, () => page.reload()))),
    fill: (fields) =>
      told(`could not fill ${Object.keys(fields).join(', ')}`, async () => {
        for (const [field, value] of Object.entries(fields)) await steadily(page, () => fillOne(page.locator(`[name="${field}"]`), value))
      }),
    tick: (field, value, ticked = true) =>
      told(`could not tick ${field} ${value}`, () => page.locator(`input[name="${field}"][value="${value}"]`).setChecked(ticked)),
    press: (label) => told(`found no button or link ${label}`, () => button(page, label).click()),
    decide: (decision, field = 'decision') =>
      told(`could not press ${field}=${decision}`, () => page.locator(`button[name="${field}"][value="${decision}"]`).click()),
    sees: (text) => told(`does not see ${text}`, () => page.getByText(text).filter({ visible: true }).first().waitFor()),
    doesNotSee: (text) =>
      told(`should not see ${text}`, () => page.getByText(text).filter({ visible: true }).first().waitFor({ state: 'hidden' })),
    isAt: (address) => told(`is not at ${typeof address === 'function' ? 'the address' : address}`, () => page.waitForURL(address)),
    leave: () => context.close(),
  }
}

async function fillOne(field: Locator, value: string | boolean): Promise<void> {
  if (typeof value === 'boolean') return field.setChecked(value)
  const isList = await field.evaluate((element) => element.tagName === 'SELECT')
  if (isList) await field.selectOption(value)
  else await field.fill(value)
}

function button(page: Page, label: string | RegExp): Locator {
  const exact = typeof label === 'string'
  const found = page.getByRole('button', { name: label, exact }).or(page.getByRole('link', { name: label, exact }))
  return found
    .or(page.getByRole('tab', { name: label, exact }))
    .filter({ visible: true })
    .first()
}

function watchForTroubles(context: BrowserContext): string[] {
  const troubles: string[] = []
  context.on('weberror', (event) => troubles.push(`uncaught: ${event.error().message}`))
  context.on('console', (message) => {
    if (message.type() === 'error' && /content security policy|violates/i.test(message.text())) troubles.push(`policy: ${message.text()}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 500) troubles.push(`${response.status()}: ${response.request().method()} ${response.url()}`)
  })
  return troubles
}

async function words(page: Page): Promise<string> {
  return page
    .locator('body')
    .innerText({ timeout: WORDS_MS })
    .catch(() => '(no page)')
}
