/** A name was given, without a password. */
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { isSentWay, type SentWay, sendFirst } from '@gatehouse/identity/first_step.ts'
import { withMoreTime } from '@gatehouse/identity/interaction.ts'
import { firstStepOf } from '@gatehouse/identity/sign_in_steps.ts'
import type { HouseContext } from '../house.ts'
import { renderFirstCode } from './first_code.ts'
import { factsOf, type NamedInteraction, namedFirst, refuseProgram, wayHref } from './first_step.ts'
import { keepInteraction } from './interaction_of.ts'
import { renderWaiting } from './magic_link.ts'
import { afterSending } from './mfa.ts'
import { renderLoginPage } from './render_login.ts'
import { readTypedName } from './typed_name.ts'

/** As long as a field of the form; a longer name is nobody's. */
const LONGEST_NAME = 256

/** `POST /login` with a name and no password: what is to be sent, or the page that asks for more. Nobody looks whether somebody has the name. */
export async function submitName(c: HouseContext, interaction: Interaction, form: URLSearchParams): Promise<Response> {
  const { here } = c.env
  const { target } = interaction
  const username = form.get('username') ?? ''
  if (username.trim() === '') return renderLoginPage(c, interaction, { problems: { username: 'required' }, status: 422 })
  const typed = await readTypedName(c, interaction, username)
  if (typed.kind === 'elsewhere') return c.redirect(typed.href, 303)
  const named = { ...withMoreTime(here, interaction), named: typed.userName.slice(0, LONGEST_NAME) }
  const application = target.kind === 'authorization' ? await here.configuration.findApplication(target.request.clientId) : undefined
  const { kinds, accepted } = firstStepOf(here, interaction, application)
  const asked = form.get('way') ?? (kinds.length === 1 ? kinds[0] : undefined)
  const way = accepted.find((kind) => kind === asked)
  const refused = isSentWay(way) ? await refuseProgram(c, 'sign_in', interaction, form) : undefined
  if (refused)
    return renderLoginPage(c, interaction, { username: named.named, page: form.get('way') === null ? 'name' : 'ways', captcha: refused })
  await keepInteraction(c, named)
  if (isSentWay(way)) return send(c, named, way)
  return c.redirect(`${here.basePath}/login?interaction=${named.id}&page=ways`, 303)
}

async function send(c: HouseContext, interaction: NamedInteraction, way: SentWay): Promise<Response> {
  const outcome = await sendFirst(c.env.here, await namedFirst(c, interaction, way), factsOf(c, interaction))
  if (outcome.kind === 'sent') return c.redirect(wayHref(c, interaction, way), 303)
  const shown = afterSending(outcome)
  return way === 'magic_link' ? renderWaiting(c, interaction, shown) : renderFirstCode(c, interaction, way, shown)
}
