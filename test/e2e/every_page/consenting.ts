/** Consenting, and the sample applications. */
import { expectAccessible } from '../../browser/accessible.ts'
import { PASSWORD } from '../story.ts'
import type { Walk } from './reader.ts'

export const consenting: Walk = async ({ story, issuer, person, named, visits, submits, looksAt }) => {
  const consenter = named('consenter')
  await story.giveRoles(consenter, [])
  const robin = await person('Robin')
  await robin.goTo(`${story.house.samplesOrigin}/pickup-dispatch/login`)
  await robin.fill({ username: consenter, password: PASSWORD })
  await submits(robin)
  await robin.page.locator('input[type=checkbox][name=claim]').first().waitFor()
  await looksAt(robin)
  await robin.decide('allow')
  await robin.isAt(/pickup-dispatch$/)
  for (const place of ['pickup-dispatch', 'pickup-dispatch/bookings', 'pickup-manager']) {
    await robin.goTo(`${story.house.samplesOrigin}/${place}`)
    await expectAccessible(robin.page)
  }
  await visits(robin, `${issuer}/logout`)
}
