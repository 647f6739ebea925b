/** My Account, every place of it; deciding there and without JavaScript; the mail that leads to it. */
import { expectAccessible } from '../../browser/accessible.ts'
import { PASSWORD } from '../story.ts'
import type { Walk } from './reader.ts'

const PLACES = ['', '/security', '/applications', '/operations/approvals', '/operations/requests', '/nowhere', '/profile']

export const myAccount: Walk = async ({ issuer, person, submits, looksAt, opensAccount }) => {
  const robin = await person('Robin')
  await robin.goTo(`${issuer}/login`)
  await robin.fill({ username: 'robin', password: PASSWORD })
  await submits(robin)
  await robin.isAt(/\/account/)
  for (const place of PLACES) {
    await opensAccount(robin, place)
    await looksAt(robin)
  }
  await robin.page.locator('main button').first().click()
  await robin.page.locator('[name=given_name]').waitFor()
  await looksAt(robin)
}

export const deciding: Walk = async ({ story, issuer, requestId, person, visits, submits, looksAt, opensAccount }) => {
  const alex = await person('Alex')
  await visits(alex, story.house.inbox)
  await alex.goTo(`${story.house.inbox}?to=alex@pickup.example`)
  await alex.page.locator('a.entry').first().click()
  await alex.page.locator('iframe').waitFor()
  await expectAccessible(alex.page)
  await alex.goTo(`${issuer}/approvals/${requestId}?view=page`)
  await alex.fill({ username: 'alex', password: 'alex123' })
  await submits(alex)
  await alex.page.locator('button[name=decision]').first().waitFor()
  await looksAt(alex)
  await opensAccount(alex, `/approvals/${requestId}`)
  await alex.page.locator('button[name=decision]').first().waitFor()
  await looksAt(alex)
  await alex.page.getByRole('button', { expanded: false }).last().click()
  await alex.page.getByRole('menu').waitFor()
  await looksAt(alex)
}
