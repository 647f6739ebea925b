/** The sign-in pages where there is more than a password, or the name is asked for first. Loaded with the first policy that says so. */
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { isSentWay, type SentWay, sendFirst } from '@gatehouse/identity/first_step.ts'
import { withMoreTime } from '@gatehouse/identity/interaction.ts'
import { lastWay, openKnownBrowser } from '@gatehouse/identity/known_browser.ts'
import { firstStepOf } from '@gatehouse/identity/sign_in_steps.ts'
import { FIRST_CATALOGUES } from '@gatehouse/pages/first_words.ts'
import { renderLogin } from '@gatehouse/pages/login.tsx'
import { renderLoginName } from '@gatehouse/pages/login_name.tsx'
import { type FirstWay, renderLoginWays } from '@gatehouse/pages/login_ways.tsx'
import { readKnownBrowserCookie } from '../cookies.ts'
import type { HouseContext } from '../house.ts'
import { renderFirstSent } from './first_code.ts'
import { factsOf, type NamedInteraction, namedFirst, refuseProgram, wayHref } from './first_step.ts'
import { keepInteraction } from './interaction_of.ts'
import { type Given, renderLoginPage, type Shown, sendLoginPage } from './login_page.ts'
import { readTypedName } from './typed_name.ts'

/** As long as a field of the form; a longer name is nobody's. */
const LONGEST_NAME = 256

type Ways = { readonly kinds: readonly FactorKind[]; readonly nameFirst: boolean; readonly given: Given }

export async function renderWays(
  c: HouseContext,
  interaction: Interaction,
  { kinds, nameFirst, given }: Ways,
  shown: Shown,
): Promise<Response> {
  const { props } = given
  const text = FIRST_CATALOGUES[props.locale]
  const ways = kinds.filter((kind): kind is FirstWay => kind in text.ways)
  const { username } = shown
  if (!nameFirst) {
    const others = { title: text.others, ways: ways.filter((way) => way !== 'password').map((way) => ({ way, label: text.ways[way] })) }
    return sendLoginPage(c, interaction, shown, given, renderLogin({ ...props, others }))
  }
  if (shown.page !== 'ways' || !username) {
    const { captcha, ...asking } = props
    // With the name alone something is sent only where there is one way.
    const name = captcha === undefined || kinds.length > 1 ? asking : { ...asking, captcha }
    return sendLoginPage(c, interaction, shown, given, renderLoginName(name))
  }
  const base = `${c.env.here.basePath}/login?interaction=${interaction.id}`
  const html = renderLoginWays({
    ...props,
    username,
    switchUserHref: `${base}&switch=1`,
    passwordHref: `${base}&page=ways&way=password`,
    ways: await inOrder(c, ways, shown),
  })
  return sendLoginPage(c, interaction, shown, given, html)
}

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
  const { kinds, accepted } = firstStepOf(here, target, application)
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
  return renderFirstSent(c, interaction, way, outcome)
}

/** The one that was chosen first, or the one that was used last in this browser. */
async function inOrder(c: HouseContext, ways: readonly FirstWay[], { status }: Shown): Promise<FirstWay[]> {
  // What was refused here was a password.
  const isPassword = status !== undefined || c.req.query('way') === 'password'
  const first = isPassword ? 'password' : lastWay(await openKnownBrowser(c.env.here, readKnownBrowserCookie(c)))
  return [...ways.filter((way) => way === first), ...ways.filter((way) => way !== first)]
}
