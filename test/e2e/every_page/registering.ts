/** Registering, with what may go wrong. */
import { PASSWORD, profileOf } from '../story.ts'
import type { Walk } from './reader.ts'

export const registering: Walk = async ({ issuer, person, named, visits, submits, looksAt }) => {
  const robin = await person('Robin')
  const newcomer = named('newcomer')
  await visits(robin, `${issuer}/privacy-policy`, `${issuer}/signup`)
  await robin.fill({ username: 'alex' })
  await submits(robin)
  await robin.page.locator('[aria-invalid=true]').waitFor()
  await looksAt(robin)
  await robin.fill({ username: newcomer })
  await submits(robin)
  await robin.page.locator('[name=new_password]').waitFor()
  await looksAt(robin)
  await robin.fill({ ...profileOf(newcomer), new_password: 'short', accept_terms: true })
  await submits(robin)
  await robin.page.locator('[aria-invalid=true]').waitFor()
  await looksAt(robin)
  await robin.fill({ new_password: PASSWORD })
  await submits(robin)
  await robin.page.getByText(/req_/).waitFor()
  await looksAt(robin)
}
