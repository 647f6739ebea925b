/** The sign-in page as the policy has it: with name and password at once, or, loaded where a policy says so, with other ways or the name first. */
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { firstStepOf, offeredOf } from '@gatehouse/identity/sign_in_steps.ts'
import { renderLogin } from '@gatehouse/pages/login.tsx'
import type { HouseContext } from '../house.ts'
import { givenTo, type Shown, sendLoginPage } from './login_page.ts'

export async function renderLoginPage(c: HouseContext, interaction: Interaction, shown: Shown): Promise<Response> {
  const { here } = c.env
  const { target } = interaction
  const application = target.kind === 'authorization' ? await here.configuration.findApplication(target.request.clientId) : undefined
  const first = firstStepOf(here, interaction, application)
  const kinds = shown.kinds ? offeredOf(here, shown.kinds) : first.kinds
  // A password, or a passkey beside it.
  const isPlain = !first.nameFirst && kinds.includes('password') && kinds.every((kind) => kind === 'password' || kind === 'passkey')
  if (!isPlain) {
    const { renderWays } = await import('./login_ways.ts')
    return renderWays(
      c,
      interaction,
      { kinds, nameFirst: first.nameFirst, given: await givenTo(c, interaction, application, shown) },
      shown,
    )
  }
  const given = await givenTo(c, interaction, application, shown)
  return sendLoginPage(c, interaction, shown, given, renderLogin(given.props))
}
