/**
 * Every route of the apps' own route tables, tried at tenant `main` with everything that people and applications of tenant `acme` hold: cookies under both
 * names, tokens, codes, links, ids, forms. Nothing but refusals, nothing told, nothing written. The management API has the same in management_tenants.
 */
import { allApps } from '@gatehouse/http/all_apps.ts'
import { csrfToken } from '@gatehouse/http/csrf.ts'
import { addCredential, newCredential } from '@gatehouse/identity/credentials.ts'
import { askEmailVerification, findVerificationMail } from '@gatehouse/identity/email_verification.ts'
import { beginTotp } from '@gatehouse/identity/enrolment.ts'
import { createInvitation } from '@gatehouse/identity/invitation.ts'
import { ensureSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import { addToSession } from '@gatehouse/identity/session_proof.ts'
import type { Key, Table, Write } from '@gatehouse/ports/table.ts'
import { saveAssociation } from '@gatehouse/workflow/associations.ts'
import { saveWorkflow } from '@gatehouse/workflow/definitions.ts'
import { openRegistration } from '@gatehouse/workflow/open_request.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openJar } from '../fixture/browser_jar.ts'
import { type HouseFixture, openHouseFixture } from '../fixture/house_fixture.ts'
import { CALLBACK, CHALLENGE, VERIFIER } from '../fixture/protocol_house.ts'
import { authorizePath, PASSWORD } from '../fixture/sign_in_house.ts'

/** What the management API asks of whom is looked at by `management_*`. */
const { admin: _, ...APPS } = allApps()

const ROUTES = [
  ...new Map(
    Object.values(APPS)
      .flatMap((app) => app.routes)
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => [`${method} ${path}`, { method, path }]),
  ).values(),
]

/** Routes that answer strangers, whoever they are: with a page or a document that says nothing of anybody, or by beginning a sign-in of its own. */
const FOR_EVERYBODY = new Set([
  'GET /oauth2/jwks',
  'GET /.well-known/openid-configuration',
  'GET /.well-known/oauth-authorization-server',
  'OPTIONS /*',
  'GET /login',
  'GET /recover',
  'GET /recover/username',
  'GET /logout',
  'GET /oauth2/logout',
  'GET /privacy-policy',
  // Of a sign-in that is not this browser's: that there is nothing to wait for.
  'GET /login/link/state',
  'GET /account/signed-out',
  'GET /account/worker.js',
  // Typed anew on a page that begins again: nothing of what was sent is looked at.
  'POST /logout',
  'POST /oauth2/logout',
  // RFC 7009 section 2.2: a token that is none of here is success.
  'POST /oauth2/revoke',
])

/** What may be written for a stranger: counts of what they try. */
const COUNTS = /#(?:rate|network|nobody|int)#/

type Belongings = {
  readonly cookies: ReadonlyMap<string, string>
  readonly fields: Readonly<Record<string, string>>
  readonly accessToken: string
  readonly csrf: string
  readonly ids: Readonly<Record<string, string>>
  /** Must not stand in any answer of the other tenant. */
  readonly telling: readonly string[]
}

let house: HouseFixture
let theirs: Belongings
let ours: Belongings
let watching = false
let written: string[] = []

beforeAll(async () => {
  house = await openHouseFixture(APPS, undefined, watched)
  await house.addTenant('acme')
  ours = await belongingsOf('main', 'jo')
  theirs = await belongingsOf('acme', 'zoe')
  watching = true
})
afterAll(() => house.close())
beforeEach(() => {
  written = []
})

describe.each(ROUTES)('$method $path', ({ method, path }) => {
  const name = `${method} ${path}`

  test.each([
    ['cookies under their own names', () => ({ cookie: cookiesOf(theirs) })],
    ['cookies under the names of here', () => ({ cookie: cookiesOf(theirs).replaceAll('gatehouse.acme.', 'gatehouse.main.') })],
    ['access token', () => ({ authorization: `Bearer ${theirs.accessToken}` })],
    ['client secret', () => ({ authorization: `Basic ${btoa('office:the secret of acme')}` })],
    ['CSRF token and forms, without a cookie', () => ({})],
  ])("is refused with another tenant's %s", async (_what, headers) => {
    const response = await attempt(method, path, theirs, headers())

    if (!FOR_EVERYBODY.has(name)) expect(isRefusal(response), `${response.status} ${response.headers.get('location')}`).toBe(true)
    expect(signsIn(response)).toBe(false)
    expect(written.filter((key) => !COUNTS.test(key))).toEqual([])
    const told = `${JSON.stringify([...response.headers])}${await response.text()}`
    // What was sent in the address may stand in it again; what only the other tenant's store knows may not.
    for (const secret of theirs.telling) expect(told).not.toContain(secret)
  })

  test("is refused to somebody signed in here with another tenant's CSRF token, forms and ids", async () => {
    if (method === 'GET' && !path.includes(':id')) return
    const response = await attempt(method, path, theirs, { cookie: cookiesOf(ours) })

    if (!FOR_EVERYBODY.has(name)) expect(isRefusal(response), `${response.status} ${response.headers.get('location')}`).toBe(true)
    expect(written.filter((key) => !COUNTS.test(key))).toEqual([])
  })
})

describe('the same things at home', () => {
  test('whoever is said to be signed in here is', async () => {
    expect((await house.fetch('/t/main/api/v1/me', { headers: { cookie: cookiesOf(ours) } })).status).toBe(200)
  })

  test('open what they are for, so that the refusals above are worth something', async () => {
    watching = false
    const at = (path: string, init: RequestInit) => house.fetch(`/t/acme${path}`, init)
    const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })

    expect((await at('/api/v1/me', { headers: { cookie: cookiesOf(theirs) } })).status).toBe(200)
    expect((await at('/oauth2/userinfo', { headers: { authorization: `Bearer ${theirs.accessToken}` } })).status).toBe(200)
    expect((await at(`/invitation?token=${theirs.ids.invitation}`, {})).status).toBe(200)
    expect((await at(`/verify-email?token=${theirs.ids.link}`, {})).status).toBe(200)
    expect((await at('/oauth2/token', form({ ...theirs.fields, grant_type: 'refresh_token' }))).status).toBe(200)
  })
})

async function attempt(method: string, path: string, of: Belongings, headers: Record<string, string>): Promise<Response> {
  const filled = path
    .replace(':version', '999')
    .replace(':client_id', 'desk')
    .replace(':action', 'approve')
    .replace(':file', 'index.js')
    .replace(':kind', 'totp')
    .replace(':channel', 'email')
    .replace(':id', of.ids[path.includes('sessions') ? 'session' : path.includes('credentials') ? 'credential' : 'request'] ?? '')
    .replace('*', 'sessions')
  if (/[:*]/.test(filled)) throw new Error(`${path} has a parameter that this test has no value for`)
  const token = path === '/invitation' ? of.ids.invitation : of.ids.link
  const fields: Record<string, string> = {
    ...of.fields,
    ...(token === undefined ? {} : { token: path.startsWith('/oauth2/') ? of.accessToken : token }),
  }
  const all = { 'x-csrf-token': of.csrf, 'if-match': '"1"', ...headers }
  if (method === 'GET') {
    const { client_secret, password, new_password, csrf, ...query } = fields
    return house.fetch(`/t/main${filled}?${new URLSearchParams(query)}`, { headers: all })
  }
  if (method === 'OPTIONS') return house.fetch('/t/main/oauth2/token', { method, headers: all })
  if (path.startsWith('/api/')) {
    const body = JSON.stringify({
      given_name: 'Taken over',
      current_password: PASSWORD,
      new_password: `${PASSWORD}8`,
      level: 1,
      ...factor(of),
    })
    return house.fetch(`/t/main${filled}`, { method, headers: { ...all, 'content-type': 'application/json' }, body })
  }
  return house.fetch(`/t/main${filled}`, { method, headers: all, body: new URLSearchParams(fields) })
}

function factor({ fields: { enrolment, otp } }: Belongings) {
  return { enrolment, otp, name: 'Taken over' }
}

/** An error, an error that the application is told, or the way to this tenant's own pages. */
function isRefusal(response: Response): boolean {
  if (response.status >= 400 && response.status < 500) return true
  const location = response.headers.get('location') ?? ''
  if (location.startsWith(`${CALLBACK}?error=`)) return !location.includes('code=')
  return response.status === 303 && /^\/t\/main\/(?:login\?|signup|account$|account\/approvals\/req_|oauth2\/authorize\?)/.test(location)
}

function signsIn(response: Response): boolean {
  return response.headers.getSetCookie().some((line) => /\.session=[^;]/.test(line))
}

function cookiesOf({ cookies }: Belongings): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

/** A tenant with a person, two applications and a request that waits, and all that one can carry away from there. */
async function belongingsOf(tenant: string, userName: string): Promise<Belongings> {
  const here = await house.context(tenant)
  await ensureSigningKeys(here)
  const telling = [`${userName}.fischer@mail.example`, `Of ${tenant}`]
  const user = await house.addUser(
    userName,
    `${PASSWORD} ${tenant}`,
    { name: { givenName: userName, familyName: `Of ${tenant}` }, emails: [{ value: telling[0] ?? '', primary: true, verified: false }] },
    tenant,
  )
  await house.addApplication('desk', {}, undefined, tenant)
  await house.addApplication('office', {}, `the secret of ${tenant}`, tenant)
  await here.stores.roles.save({ id: `rol_chief_${tenant}`, name: 'chief', permissions: [], version: 0 }, {})
  await saveWorkflow(here, { name: 'one level', levels: [{ name: 'chief', approvers: { roles: ['chief'] } }] })
  await saveAssociation(here, { operation: 'self_registration', workflow: 'one level' })
  const applicant = { userName: 'waiting', name: {}, emails: [], phoneNumbers: [], acceptances: [] }
  const opened = await openRegistration(here, applicant, '$fixture$unknown')

  const jar = openJar(house)
  const shown = await jar.get(authorizePath({ scope: 'openid email offline_access', code_challenge: CHALLENGE }, tenant))
  const consent = await jar.submit(shown, { username: userName, password: `${PASSWORD} ${tenant}` })
  const answered = await jar.submit(consent, { decision: 'allow' })
  const code = answered.url.searchParams.get('code') ?? ''
  const redemption = { grant_type: 'authorization_code', code, client_id: 'desk', redirect_uri: CALLBACK, code_verifier: VERIFIER }
  const response = await house.fetch(`/t/${tenant}/oauth2/token`, { method: 'POST', body: new URLSearchParams(redemption) })
  const tokens = (await response.json()) as Record<string, string>
  // One more sign-in on its way, proven but not finished.
  const open = await jar.get(authorizePath({ prompt: 'login' }, tenant))
  const interaction = open.url.searchParams.get('interaction') ?? ''

  const [session] = await here.stores.sessions.list(user.id)
  if (!session || opened.kind !== 'waiting' || !tokens.refresh_token) throw new Error('the tenant was not built as this test needs it')
  await askEmailVerification(here, { kind: 'user', userId: user.id })
  const credential = { ...newCredential(here, ''), kind: 'email_otp', address: `${userName}@factor.example` } as const
  await addCredential(here, user.id, credential)
  // Else the session would open nothing any more, and every refusal would be worth nothing.
  await addToSession(here, session, credential.kind)
  const enrolment = await beginTotp(here, user, session.id)
  const mail = await findVerificationMail(here, { userId: user.id })
  const tokenOf = (url: string | undefined) => new URL(url ?? '').searchParams.get('token') ?? ''
  return {
    cookies: new Map([...jar.cookies].map(([name, { value }]) => [name, value])),
    accessToken: tokens.access_token ?? '',
    csrf: await csrfToken(here, session.id),
    ids: {
      session: session.id,
      credential: credential.id,
      request: opened.requestId,
      invitation: tokenOf(await createInvitation(here, { roles: ['chief'] })),
      link: tokenOf(mail?.url),
    },
    telling,
    fields: {
      ...redemption,
      refresh_token: tokens.refresh_token,
      id_token_hint: tokens.id_token ?? '',
      interaction,
      credential: credential.id,
      kind: 'totp',
      enrolment: enrolment.sealed,
      otp: '123456',
      csrf: await csrfToken(here, interaction),
      username: userName,
      password: `${PASSWORD} ${tenant}`,
      new_password: `${PASSWORD} ${tenant} 9`,
      given_name: 'Taken',
      family_name: 'Over',
      email: 'mallory@example.org',
      accept_terms: 'on',
      policy_version: '1',
      decision: 'allow',
      level: '1',
      view: 'page',
    },
  }
}

/** Remembers what is written while the stranger tries. */
function watched(own: Table): Table {
  const note = ({ pk }: Key) => {
    if (watching) written.push(pk)
  }
  const noteWrite = (write: Write) => {
    if ('put' in write) note(write.put)
    else if ('update' in write) note(write.update)
    else if ('remove' in write) note(write.remove)
  }
  return {
    ...own,
    put(item, condition) {
      note(item)
      return own.put(item, condition)
    },
    update(key, change, condition) {
      note(key)
      return own.update(key, change, condition)
    },
    remove(key, condition) {
      note(key)
      return own.remove(key, condition)
    },
    transact(writes) {
      for (const write of writes) noteWrite(write)
      return own.transact(writes)
    },
  }
}
