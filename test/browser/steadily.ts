/** What is asked of a page that just goes elsewhere by itself (a script's redirect, a session that has ended) is answered by nobody: it is asked again where the page arrives. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'

const UNDER_WAY =
  /Not attached to an active page|interrupted by another navigation|net::ERR_ABORTED|Frame was detached|Execution context was destroyed|Cannot find context/i
const PATIENCE_MILLISECONDS = 30_000
/** A page that is on its way may still say that it has loaded: of the one before. */
const PAUSE_MILLISECONDS = 50

/** `work` may be done twice: looking, opening an address, filling a field. */
export async function steadily<T>(page: Page, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MILLISECONDS
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (performance.now() > until || !UNDER_WAY.test(String(error))) throw error
      // Where it does not arrive, the next try says so.
      await page.waitForLoadState().catch(() => undefined)
      await pause(PAUSE_MILLISECONDS)
    }
  }
}
