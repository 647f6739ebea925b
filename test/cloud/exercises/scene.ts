/** People without browsers at a house in the box, and the operator beside it. */
import { issueAdministrationToken } from '@gatehouse/http/admin/administration_token.ts'
import { type Jar, openJar } from '../../fixture/browser_jar.ts'
import type { Box } from '../box/open_box.ts'
import type { CloudHouse } from '../cloud_house.ts'

export const PASSWORD = 'seven green cabs'
const TIMEOUT_MILLISECONDS = 60_000

export type Answer = { readonly status: number; readonly body: Record<string, unknown> }

export type Scene = {
  readonly house: CloudHouse
  readonly box: Box
  /** Of tenant `main`: the path of its issuer, and what comes below it. */
  readonly path: (below: string) => string
  /** A user name that nobody has. */
  newName(): string
  visitor(): Jar
  /** Calls the management API of tenant `main`. Throws for an answer that is no success. */
  administer(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>
  /** Somebody new, made by the management API. Gives the user's id. */
  makePerson(userName: string, roles?: readonly string[]): Promise<string>
  /** Signed in to My Account. */
  signIn(userName: string, password?: string): Promise<Jar>
  /** Asks My Account's API as its pages do. */
  asks(who: Jar, method: string, path: string, body?: unknown): Promise<Answer>
  /** Registers; gives the request's id. */
  apply(userName: string): Promise<string>
  /** At the page that the mail's link opens. Throws where the house does not say that it is decided so. */
  decide(manager: Jar, requestId: string, verdict: 'approve' | 'reject'): Promise<void>
  /** Mails to somebody with these words in the subject. */
  mails(to: string, subject: string): Promise<readonly { readonly subject: string; readonly text: string }[]>
  /** Has a function run, as an operator may. Throws where it fails. */
  invoke(name: string, event: unknown, trace?: string): Promise<unknown>
  /** Resolves when everything that has happened has had its consequences. */
  settled(): Promise<void>
}

export function openScene(house: CloudHouse): Scene {
  const { box } = house
  let people = 0

  const issuer = new URL(house.issuer())
  const path = (below: string) => `${issuer.pathname.replace(/\/$/, '')}${below}`
  const fetchHere = (where: string, init: RequestInit = {}) =>
    fetch(new URL(where, issuer.origin), { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) })

  const scene: Scene = {
    house,
    box,
    path,
    newName: () => `person${++people}x${Date.now().toString(36)}`,
    visitor: () => openJar({ origin: issuer.origin, fetch: (where, { ip: _, ...init } = {}) => fetchHere(where, init) }),
    async administer(method, resource, body) {
      const { token } = await issueAdministrationToken(house.context)
      const response = await fetchHere(path(`/api/v1${resource}`), {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${resource} was answered with ${response.status}: ${text}`)
      return text === '' ? {} : JSON.parse(text)
    },
    async makePerson(userName, roles = []) {
      const emails = [{ value: `${userName}@example.org`, primary: true, verified: true }]
      const name = { givenName: userName, familyName: 'Person' }
      const made = await scene.administer('POST', '/users', { userName, password: PASSWORD, name, emails, roles })
      return String(made.id)
    },
    async signIn(userName, password = PASSWORD) {
      const jar = scene.visitor()
      const arrived = await jar.submit(await jar.get(path('/login')), { username: userName, password })
      if (!arrived.url.pathname.endsWith('/account'))
        throw new Error(`${userName} was not signed in: ${arrived.status} at ${arrived.url}\n${arrived.body}`)
      return jar
    },
    async asks(who, method, resource, body) {
      const api = path('/api/v1/me')
      const cookie = [...who.cookies]
        .filter(([, one]) => api.startsWith(one.path.replace(/\/$/, '')))
        .map(([name, { value }]) => `${name}=${value}`)
        .join('; ')
      const me = await fetchHere(api, { headers: { cookie, 'sec-fetch-site': 'same-origin' } })
      const known = (await me.json()) as { csrfToken?: string; profile?: { version: number } }
      if (method === 'GET' && resource === '') return { status: me.status, body: known }
      const response = await fetchHere(api + resource, {
        method,
        headers: {
          cookie,
          origin: issuer.origin,
          'sec-fetch-site': 'same-origin',
          'x-csrf-token': known.csrfToken ?? '',
          'if-match': `"${known.profile?.version}"`,
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
    },
    async apply(userName) {
      const person = scene.visitor()
      const profile = await person.submit(await person.get(path('/signup')), { username: userName })
      const received = await person.submit(profile, {
        given_name: userName,
        family_name: 'Rider',
        email: `${userName}@example.org`,
        phone_number: '+15550100199',
        new_password: PASSWORD,
        accept_terms: 'true',
      })
      const id = /req_[A-Za-z0-9_-]+/.exec(received.body)?.[0]
      if (id === undefined) throw new Error(`the registration of ${userName} was answered with ${received.status}:\n${received.body}`)
      return id
    },
    async decide(manager, requestId, verdict) {
      const shown = await manager.get(path(`/approvals/${requestId}?view=page`))
      const answer = await manager.submit(shown, { decision: verdict })
      const said = verdict === 'approve' ? 'You approved this request' : 'You rejected this request'
      if (!answer.body.includes(said)) throw new Error(`${requestId} was not decided: ${answer.status}\n${answer.body}`)
    },
    async mails(to, subject) {
      return (await house.messages(to)).flatMap((message) =>
        message.kind === 'mail' && message.subject.includes(subject) ? [message] : [],
      )
    },
    async invoke(name, event, trace) {
      const arn = box.functions.find(name)?.arn ?? name
      const { error, result } = await box.functions.invoke(arn, event, trace)
      if (error) throw new Error(`${name} failed: ${error.errorType}: ${error.errorMessage}`)
      return result
    },
    settled: () => box.idle(),
  }
  return scene
}

/** Throws with these words; `what` is a fact that the exercise needs. */
export function must(what: unknown, words: string): asserts what {
  if (!what) throw new Error(words)
}
