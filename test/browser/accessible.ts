/** What axe says of a page: WCAG 2.2 A and AA, and its own best practices. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** WCAG 2.2's own AA rule, which axe leaves off. */
const OFF_BY_DEFAULT = { 'target-size': { enabled: true } }

/** What another width or colour scheme can change of a page whose words and structure were looked at. */
const SEEN = ['color-contrast', 'target-size', 'link-in-text-block', 'scrollable-region-focusable', 'meta-viewport']

/** axe finds nothing on this page. */
export function expectAccessible(page: Page): Promise<void> {
  return expectNothing(page, { rules: OFF_BY_DEFAULT })
}

/** axe finds nothing of what hangs on colours and sizes: for a page that `expectAccessible` saw in another window. */
export function expectSeen(page: Page): Promise<void> {
  return expectNothing(page, { runOnly: SEEN })
}

async function expectNothing(page: Page, options: Parameters<AxeBuilder['options']>[0]): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options(options).analyze()
  if (violations.length === 0) return
  const told = violations.map((violation) => {
    const places = violation.nodes.map((node) => `    ${node.target.join(' ')}\n      ${node.html}\n      ${node.failureSummary ?? ''}`)
    return `  ${violation.id} (${violation.impact}): ${violation.help}\n${places.join('\n')}`
  })
  throw new Error(`${page.url()} is not accessible:\n${told.join('\n')}`)
}
