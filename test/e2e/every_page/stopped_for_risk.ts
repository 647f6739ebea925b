/** A sign-in that is stopped for its risk: on the way to an application, and to My Account, which is nothing to go back to; or that somebody has to let pass. */
import { expect } from 'vitest'
import { PASSWORD } from '../story.ts'
import type { Walk } from './reader.ts'
import { underPolicies } from './under_policies.ts'

/** A browser that the person has not signed in with is enough. */
const RISK = { weights: { new_device: 100 }, actions: { medium: 'deny', high: 'deny' } }

export const stoppedForRisk: Walk = async ({ story, issuer, person, named, visits, submits, looksAt }) => {
  const traveller = named('traveller')
  await story.giveRoles(traveller, [])
  const request = await story.requestOf('risky', {})
  await underPolicies(story, { risk: RISK }, async () => {
    const robin = await person('Robin')
    await robin.goTo(request)
    await robin.fill({ username: traveller, password: PASSWORD })
    await submits(robin)
    await robin.isAt(/\/login\/denied\?/)
    await looksAt(robin)
    await visits(robin, await robin.page.locator('a.button-primary').evaluate((link) => (link as HTMLAnchorElement).href))
    for (const stop of ['#content', '/account', '/recover', '/login/denied', 'submit']) {
      await robin.page.keyboard.press('Tab')
      const focused = () => document.activeElement?.getAttribute('href') ?? document.activeElement?.getAttribute('type')
      expect(await robin.page.evaluate(focused)).toContain(stop)
    }
    await robin.page.keyboard.press('Enter')
    await robin.isAt(/\/nowhere\?error=access_denied/)

    await robin.goTo(`${issuer}/login`)
    await robin.fill({ username: traveller, password: PASSWORD })
    await submits(robin)
    await robin.isAt(/\/login\/denied\?/)
    await looksAt(robin)
    expect(await robin.page.locator('main form').count()).toBe(0)
  })
}

export const waitingToBeLetIn: Walk = async ({ story, issuer, person, named, submits, looksAt }) => {
  const guest = named('careful')
  await story.giveRoles(guest, [])
  await underPolicies(story, { risk: { ...RISK, actions: { medium: 'approval', high: 'approval' } } }, async () => {
    const robin = await person('Robin')
    await robin.goTo(`${issuer}/login`)
    await robin.fill({ username: guest, password: PASSWORD })
    await submits(robin)
    await robin.isAt(/\/login\/approval\?/)
    await looksAt(robin)
  })
}
