/** Proving a further factor, setting one up on the way, and the same at My Account. */
import { expect } from 'vitest'
import { PASSWORD } from '../story.ts'
import type { Walk } from './reader.ts'

export const provingAFactor: Walk = async ({ story, issuer, person, named, visits, submits, looksAt }) => {
  const prover = named('prover')
  await story.giveRoles(prover, [])
  await story.giveFactors(prover)
  const robin = await person('Robin')
  await robin.goTo(`${issuer}/login`)
  await robin.fill({ username: prover, password: PASSWORD })
  await submits(robin)
  await robin.page.locator('[name=otp]').waitFor()
  await looksAt(robin)
  const ways = await robin.page.locator('main nav a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
  expect(ways).toHaveLength(2)
  await visits(robin, ...ways)
  await robin.fill({ otp: 'wrong' })
  await submits(robin)
  await robin.page.locator('[aria-invalid=true]').waitFor()
  await looksAt(robin)
}

export const enrollingOnTheWay: Walk = async ({ story, person, named, visits, submits, looksAt }) => {
  const enroller = named('enroller')
  await story.giveRoles(enroller, [])
  const robin = await person('Robin')
  await robin.goTo(await story.requestThatNeeds('enrolment'))
  await robin.fill({ username: enroller, password: PASSWORD })
  await submits(robin)
  await robin.page.locator('main nav a').first().waitFor()
  await looksAt(robin)
  const kinds = await robin.page.locator('main nav a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
  expect(kinds).toHaveLength(3)
  await visits(robin, ...kinds, kinds[1] ?? '')
  await submits(robin)
  await robin.page.locator('[name=otp]').waitFor()
  await looksAt(robin)
}

export const enrollingAtMyAccount: Walk = async ({ story, issuer, person, named, submits, looksAt, opensAccount }) => {
  const keeper = named('keeper')
  await story.giveRoles(keeper, [])
  const robin = await person('Robin')
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
    await looksAt(robin)
    await robin.page.keyboard.press('Escape')
    await robin.page.locator('[role=dialog]').waitFor({ state: 'detached' })
  }
}
