/** What the stories share: a house of their own, a browser, and the steps that several of them take. */
import { issueAdministrationToken } from '@gatehouse/http/admin/administration_token.ts'
import { addCredential, newCredential, remakeRecoveryCodes } from '@gatehouse/identity/credentials.ts'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { openBrowser } from '../browser/browser.ts'
import { type Person, person } from '../browser/person.ts'
import { openJar } from '../fixture/browser_jar.ts'
import type { House, HouseOptions } from '../house.ts'
import { startHouseOfRoof } from '../roof.ts'

/** What people of the stories choose; long enough, and on no list. */
export const PASSWORD = 'seven green cabs'

export type Mail = { readonly subject: string; readonly text: string }

export type Story = {
  readonly house: House
  readonly browser: Browser
  /** Somebody with a browser of their own, at no page yet. */
  person(name: string, options?: BrowserContextOptions): Promise<Person>
  /** Somebody who has signed in to My Account. */
  atMyAccount(name: string, userName: string, password: string, options?: BrowserContextOptions): Promise<Person>
  /** Registers without a browser: the identifier of the request. */
  apply(userName: string, change?: Readonly<Record<string, string>>): Promise<string>
  /** Calls the management API of tenant `main` as its platform does. */
  administer(method: string, path: string, body?: unknown): Promise<unknown>
  /** Creates a person with these roles, or gives them exactly these; waits for the consequences. */
  giveRoles(userName: string, roles: readonly string[]): Promise<void>
  /** Second factors, as if they had been added long ago: mailbox, phone and recovery codes. */
  giveFactors(userName: string): Promise<void>
  /** The address of an authorization request of an application that is registered so; it leads to `/nowhere` of the samples. */
  requestOf(clientId: string, metadata: Readonly<Record<string, unknown>>): Promise<string>
  /** The address of an authorization request whose application wants a second factor of everybody. */
  requestThatNeeds(what: 'enrolment' | 'passkey'): Promise<string>
  /** The mails to somebody whose subject has these words, oldest first. */
  mails(to: string, subject: string): Promise<Mail[]>
  close(): Promise<void>
}

export async function openStory(options: HouseOptions = {}): Promise<Story> {
  const house = await startHouseOfRoof(options)
  const browser = await openBrowser(house.keyHash)
  const people: Person[] = []

  const story: Story = {
    house,
    browser,
    async person(name, options) {
      const opened = await person(browser, name, options)
      people.push(opened)
      return opened
    },
    async atMyAccount(name, userName, password, options) {
      const opened = await story.person(name, options)
      await opened.goTo(`${house.origin}/user-portal`)
      await signIn(opened, userName, password)
      await opened.isAt(/\/account$/)
      return opened
    },
    async apply(userName, change = {}) {
      const { origin, href } = new URL(`${house.issuer()}/signup`)
      const visitor = openJar({ origin, fetch: (path, init) => fetch(new URL(path, origin), { ...init, redirect: 'manual' }) })
      const name = await visitor.get(href)
      const profile = await visitor.submit(name, { username: userName })
      const received = await visitor.submit(profile, { ...profileOf(userName), ...change, accept_terms: 'true' })
      const id = /req_[A-Za-z0-9_-]+/.exec(received.body)?.[0]
      if (id === undefined) throw new Error(`the registration of ${userName} was answered with ${received.status}:\n${received.body}`)
      return id
    },
    async administer(method, path, body) {
      const { token } = await issueAdministrationToken(house.context)
      const response = await fetch(`${house.issuer()}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${await response.text()}`)
      return response.status === 204 ? undefined : response.json()
    },
    async giveRoles(userName, roles) {
      const { users } = (await story.administer('GET', `/users?userName=${userName}`)) as { users: { id: string }[] }
      const [found] = users
      if (found) await story.administer('PATCH', `/users/${found.id}`, { roles })
      else await story.administer('POST', '/users', { ...newPerson(userName), roles })
      await house.messages()
    },
    async giveFactors(userName) {
      const here = house.context
      const user = await here.stores.users.findByName(userName)
      if (!user) throw new Error(`there is no ${userName}`)
      await addCredential(here, user.id, { ...newCredential(here, ''), kind: 'email_otp', address: `${userName}@pickup.example` })
      await addCredential(here, user.id, { ...newCredential(here, 'Phone'), kind: 'sms_otp', address: '+491701234567' })
      await remakeRecoveryCodes(here, user.id)
    },
    async requestOf(clientId, metadata) {
      const redirectUri = `${house.samplesOrigin}/nowhere`
      await story.administer('PUT', `/applications/${clientId}`, {
        client_id: clientId,
        client_name: capital(clientId),
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'none',
        ...metadata,
      })
      const query = {
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: 'openid',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      }
      return `${house.issuer()}/oauth2/authorize?${new URLSearchParams(query)}`
    },
    requestThatNeeds(what) {
      const anyOf = what === 'passkey' ? ['passkey'] : ['totp', 'email_otp', 'sms_otp']
      return story.requestOf('strict', { gatehouse_sign_in: { steps: [{ anyOf: ['password'] }, { anyOf, ifNotEnrolled: 'enrol' }] } })
    },
    async mails(to, subject) {
      return (await house.messages(to)).flatMap((message) =>
        message.kind === 'mail' && message.subject.includes(subject) ? [message] : [],
      )
    },
    async close() {
      const troubles = people.flatMap((one) => one.troubles.map((trouble) => `${one.name}: ${trouble}`))
      await browser.close()
      await house.stop()
      if (troubles.length > 0) throw new Error(`something went wrong in a browser that nobody looked at:\n${troubles.join('\n')}`)
    },
  }
  return story
}

export async function signIn(who: Person, userName: string, password: string): Promise<void> {
  await who.fill({ username: userName, password })
  await who.press('Sign in')
}

/** From any place of My Account to a request that waits, opened. */
export async function openTask(who: Person, applicant: string): Promise<void> {
  await who.press('Operations')
  await who.page.getByRole('article', { name: applicant }).getByRole('button', { name: 'Show more' }).click()
  await who.sees('The request')
}

/** Asks My Account's own API as the page of this person would, whatever the page offers: the status of the answer. */
export function asks(who: Person, method: string, path: string, body?: unknown): Promise<number> {
  return who.page.evaluate(
    async ({ method, path, body }) => {
      const api = `${location.pathname.split('/account')[0]}/api/v1/me`
      const { csrfToken } = await (await fetch(api)).json()
      const headers = { 'content-type': 'application/json', 'x-csrf-token': csrfToken }
      return (await fetch(api + path, { method, headers, body: JSON.stringify(body) })).status
    },
    { method, path, body },
  )
}

/** What a person enters at the second step of self-registration. */
export function profileOf(userName: string): Record<string, string> {
  return {
    given_name: capital(userName),
    family_name: 'Rider',
    email: `${userName}@example.org`,
    phone_number: '+15550100199',
    new_password: PASSWORD,
  }
}

function newPerson(userName: string) {
  return {
    userName,
    password: PASSWORD,
    name: { givenName: capital(userName), familyName: 'Manager' },
    emails: [{ value: `${userName}@pickup.example`, primary: true, verified: true }],
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
