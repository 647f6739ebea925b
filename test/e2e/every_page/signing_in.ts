/** Signing in, with what may go wrong. */
import type { Walk } from './reader.ts'

export const signingIn: Walk = async ({ issuer, person, visits, submits, looksAt }) => {
  const robin = await person('Robin')
  await visits(robin, `${issuer}/login`)
  await robin.fill({ username: 'robin', password: 'wrong words' })
  await submits(robin)
  await robin.page.locator('[role=alert]').first().waitFor()
  await looksAt(robin)
  await visits(
    robin,
    `${issuer}/no-such-page`,
    `${issuer}/account/signed-out`,
    `${issuer}/verify-email?token=none`,
    `${issuer}/oauth2/authorize?client_id=nobody`,
  )
}
