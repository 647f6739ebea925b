/** The sign-in pages where there is more than a password, or the name is asked for first. Loaded with the first policy that says so. */
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { lastWay, openKnownBrowser } from '@gatehouse/identity/known_browser.ts'
import { FIRST_CATALOGUES } from '@gatehouse/pages/first_words.ts'
import { renderLogin } from '@gatehouse/pages/login.tsx'
import { renderLoginName } from '@gatehouse/pages/login_name.tsx'
import { type FirstWay, renderLoginWays } from '@gatehouse/pages/login_ways.tsx'
import { readKnownBrowserCookie } from '../cookies.ts'
import type { HouseContext } from '../house.ts'
import { type Given, type Shown, sendLoginPage } from './login_page.ts'

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
    // A certificate says who it is.
    const nameless = ways.filter((way) => way === 'x509').map((way) => ({ way, label: text.ways[way] }))
    const others = nameless.length === 0 ? {} : { others: { title: text.others, ways: nameless } }
    return sendLoginPage(c, interaction, shown, given, renderLoginName({ ...name, ...others }))
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

/** The one that was chosen first, or the one that was used last in this browser. */
async function inOrder(c: HouseContext, ways: readonly FirstWay[], { status }: Shown): Promise<FirstWay[]> {
  // What was refused here was a password.
  const isPassword = status !== undefined || c.req.query('way') === 'password'
  const first = isPassword ? 'password' : lastWay(await openKnownBrowser(c.env.here, readKnownBrowserCookie(c)))
  return [...ways.filter((way) => way === first), ...ways.filter((way) => way !== first)]
}
