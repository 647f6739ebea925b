/** axe finds nothing on this page (WCAG 2.2 A and AA, and axe's own best practices). */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** WCAG 2.2's own AA rule, which axe leaves off. */
const OFF_BY_DEFAULT = { 'target-size': { enabled: true } }

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ rules: OFF_BY_DEFAULT }).analyze()
  if (violations.length === 0) return
  const told = violations.map((violation) => {
    const places = violation.nodes.map((node) => `    ${node.target.join(' ')}\n      ${node.html}\n      ${node.failureSummary ?? ''}`)
    return `  ${violation.id} (${violation.impact}): ${violation.help}\n${places.join('\n')}`
  })
  throw new Error(`${page.url()} is not accessible:\n${told.join('\n')}`)
}
