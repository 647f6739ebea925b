/** One OpenID Connect web application: its doors (login, callback, logout, back-channel logout) and its desk behind them. */
import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Board } from './board.ts'
import type { Desk } from './desk.ts'
import { problem, signedOut } from './pages/door.ts'
import { BLANK, type Filled } from './pages/form.ts'
import { callName, frame, type Html, type Place } from './pages/frame.ts'
import { overview } from './pages/overview.ts'
import { ICON, STYLE } from './pages/style.ts'
import { withNotice } from './pages/with_notice.ts'
import { createRelyingParty, type Registration, SignInError } from './relying_party.ts'
import { addPending, type BrowserSession, consumePending, createSessions, isCsrf, type Notice, type Person } from './sessions.ts'

export type Application = Registration & { readonly path: string; readonly name: string }
export type Surroundings = {
  readonly origin: string
  readonly board: Board
  readonly now: () => number
  readonly log: (line: string) => void
}

type SignedInSession = BrowserSession & { person: Person }

export function createApplication(application: Application, desk: Desk, { origin, board, now, log }: Surroundings): Hono {
  const home = `${origin}${application.path}`
  const place: Place = { name: application.name, path: application.path, home, issuer: application.issuer }
  const sessions = createSessions(now)
  const party = createRelyingParty(application, { redirect_uri: `${home}/oauth2client`, post_logout_redirect_uri: home }, desk.scope, now)
  const cookie = application.path.replaceAll('/', '')
  const app = new Hono()

  app.get('/style.css', (c) => c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=300' }))
  app.get('/icon.svg', (c) => c.body(ICON, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=86400' }))

  app.get('/', (c) => {
    const session = sessions.find(getCookie(c, cookie))
    const notice = takeNotice(session)
    if (!isSignedIn(session)) return c.html(signedOut(place, desk, notice))
    return c.html(inside(session, 'Overview', '', overview(desk, board, session.person.claims, now())))
  })

  app.get('/login', async (c) => {
    const { url, pending } = await party.begin()
    const session = sessions.find(getCookie(c, cookie))
    if (session === undefined) remember(c, sessions.open({ pending: [pending], person: undefined, notice: undefined }))
    else addPending(session, pending)
    return c.redirect(url.href, 303)
  })

  app.get('/oauth2client', async (c) => {
    const id = getCookie(c, cookie)
    const session = sessions.find(id)
    const pending = consumePending(session, c.req.query('state'))
    // Pressing Back, or a second tab that was faster: who is signed in already stays so.
    if (pending === undefined && isSignedIn(session)) return c.redirect(home, 303)
    if (pending === undefined) throw new SignInError('unfinished', 'no sign-in is open for this state')
    const person = await party.finish(new URL(c.req.url).search, pending)
    // A new id, so that nobody who planted the old one is let in with the person.
    if (id !== undefined) sessions.end(id)
    remember(c, sessions.open({ pending: session?.pending ?? [], person, notice: undefined }))
    return c.redirect(home, 303)
  })

  app.post('/logout', async (c) => {
    const id = getCookie(c, cookie)
    const session = sessions.find(id)
    if (id === undefined || !isSignedIn(session)) return c.redirect(home, 303)
    if (!isCsrf(session, (await c.req.parseBody()).csrf)) return c.html(problem(place, 'csrf'), 403)
    sessions.end(id)
    const url = await party.logoutUrl(session.person).catch((error: unknown) => {
      log(`${application.name}: logged out here only: ${error instanceof Error ? error.message : error}`)
      return undefined
    })
    if (url !== undefined) return c.redirect(url.href, 303)
    remember(c, sessions.open({ pending: [], person: undefined, notice: 'signed_out_here_only' }))
    return c.redirect(home, 303)
  })

  /** OpenID Connect Back-Channel Logout 1.0 section 2.5: from the house itself, without a browser. */
  app.post('/backchannel-logout', async (c) => {
    c.header('cache-control', 'no-store')
    const token = (await c.req.parseBody()).logout_token
    try {
      const ended = await party.checkLogoutToken(typeof token === 'string' ? token : '')
      log(`${application.name}: the house ended ${sessions.endOf(ended)} session(s)`)
      return c.body(null, 200)
    } catch (error) {
      const description = error instanceof Error ? error.message : String(error)
      log(`${application.name}: refused a logout token: ${description}`)
      return c.json({ error: 'invalid_request', error_description: description }, 400)
    }
  })

  app.get(desk.tab.path, (c) => {
    const session = sessions.find(getCookie(c, cookie))
    if (!isSignedIn(session)) return c.redirect(home, 303)
    return c.html(listPage(session, BLANK, takeNotice(session)))
  })

  app.post(desk.tab.path, async (c) => {
    const session = sessions.find(getCookie(c, cookie))
    if (!isSignedIn(session)) return c.html(problem(place, 'csrf'), 403)
    const sent = await c.req.parseBody()
    if (!isCsrf(session, sent.csrf)) return c.html(problem(place, 'csrf'), 403)
    const added = await desk.add(board, sent, session.person.subject, now())
    if (added.kind === 'wrong') return c.html(listPage(session, added, undefined), 422)
    session.notice = 'added'
    return c.redirect(`${home}${desk.tab.path}`, 303)
  })

  app.notFound((c) => c.html(problem(place, 'missing'), 404))

  app.onError((error, c) => {
    log(`${application.name}: ${error instanceof SignInError ? `${error.failure}: ${error.message}` : (error.stack ?? error.message)}`)
    if (!(error instanceof SignInError)) return c.html(problem(place, 'refused'), 500)
    return c.html(problem(place, error.failure), STATUS[error.failure])
  })

  function remember(c: Context, id: string): void {
    setCookie(c, cookie, id, { path: application.path, httpOnly: true, sameSite: 'Lax', secure: origin.startsWith('https:') })
  }

  function listPage(session: SignedInSession, filled: Filled, notice: Notice | undefined): Html {
    const content = desk.list(board, now(), filled, `${application.path}${desk.tab.path}`, session.csrf)
    return inside(session, desk.tab.title, desk.tab.path, withNotice(notice === 'added' ? desk.added : undefined, content))
  }

  function inside(session: SignedInSession, title: string, here: string, content: Html): Html {
    const tabs = [{ path: '', title: 'Overview' }, desk.tab]
    return frame(place, title, { csrf: session.csrf, greeting: callName(session.person.claims) ?? '', tabs, here }, content)
  }

  return app
}

const STATUS = { unreachable: 503, denied: 403, unfinished: 400, refused: 400 } as const

function isSignedIn(session: BrowserSession | undefined): session is SignedInSession {
  return session?.person !== undefined
}

function takeNotice(session: BrowserSession | undefined): Notice | undefined {
  const notice = session?.notice
  if (session !== undefined) session.notice = undefined
  return notice
}
