/** What axe says of a page: WCAG 2.2 A and AA, and its own best practices. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Result, RunOptions } from 'axe-core'
import type { BrowserContext, Frame, Page } from 'playwright-core'
import { steadily } from './steadily.ts'

const AXE = `${readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')}
axe.configure({ allowedOrigins: ['<unsafe_all_origins>'] })`

/** Contexts whose every document comes with a function that brings axe: a document's own script is compiled once for all of its process, an evaluated text each time. */
const SUPPLIED = new WeakSet<BrowserContext>()

/** WCAG 2.2's own AA rule, which axe leaves off. */
const OFF_BY_DEFAULT: RunOptions = { rules: { 'target-size': { enabled: true } } }

/** What another width or colour scheme can change of a page whose words and structure were looked at. */
const SEEN: RunOptions = {
  runOnly: ['color-contrast', 'target-size', 'link-in-text-block', 'scrollable-region-focusable', 'meta-viewport'],
}

/** axe finds nothing on this page. */
export function expectAccessible(page: Page): Promise<void> {
  return expectNothing(page, OFF_BY_DEFAULT)
}

/** axe finds nothing of what hangs on words and structure: for a page whose colours `expectSeen` saw in another language. */
export function expectReadable(page: Page): Promise<void> {
  return expectNothing(page, { rules: { ...OFF_BY_DEFAULT.rules, 'color-contrast': { enabled: false } } })
}

/** axe finds nothing of what hangs on colours and sizes: for a page that `expectAccessible` saw in another window. */
export function expectSeen(page: Page): Promise<void> {
  return expectNothing(page, SEEN)
}

async function expectNothing(page: Page, options: RunOptions): Promise<void> {
  const asked = JSON.stringify({ ...options, resultTypes: ['violations'] } satisfies RunOptions)
  const violations = await steadily(page, async () => {
    await Promise.all(page.frames().map(bringAxe))
    return page.evaluate<Result[]>(`axe.run(document, ${asked}).then((results) => results.violations)`)
  })
  if (violations.length === 0) return
  const told = violations.map((violation) => {
    const places = violation.nodes.map((node) => `    ${node.target.join(' ')}\n      ${node.html}\n      ${node.failureSummary ?? ''}`)
    return `  ${violation.id} (${violation.impact}): ${violation.help}\n${places.join('\n')}`
  })
  throw new Error(`${page.url()} is not accessible:\n${told.join('\n')}`)
}

/** In each frame of a page, the mail's in the inbox for one: each looks at itself and tells the page that holds it. */
async function bringAxe(frame: Frame): Promise<void> {
  const context = frame.page().context()
  if (!SUPPLIED.has(context)) {
    SUPPLIED.add(context)
    await context.addInitScript(`globalThis.bringAxe = () => {${AXE}}`)
  }
  // not supplied: what stood before, and frames that may run no script of their own
  const isHere = await frame.evaluate<boolean>("typeof axe === 'object' || (typeof bringAxe === 'function' && (bringAxe(), true))")
  if (!isHere) await frame.evaluate(AXE)
}
