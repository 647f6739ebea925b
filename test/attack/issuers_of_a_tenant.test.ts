/** One tenant, two issuers: the address that the house gives, and a domain of its own. What belongs to the one is nothing at the other. */

import type { HouseEvent } from '@gatehouse/core/event.ts'
import { accountApp } from '@gatehouse/http/account/app.ts'
import { authorizeApp } from '@gatehouse/http/authorize/app.ts'
import { consentApp } from '@gatehouse/http/consent/app.ts'
import { tokenApp } from '@gatehouse/http/token/app.ts'
import { sendBackchannelLogouts } from '@gatehouse/identity/backchannel_logout.ts'
import { revokeAfterUserChanged } from '@gatehouse/identity/revocation.ts'
import { ensureSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import type { Mail } from '@gatehouse/ports/mailer.ts'
import { openHandlers } from '@gatehouse/relay/handlers.ts'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Jar, openJar } from '../fixture/browser_jar.ts'
import { type HouseFixture, openHouseFixture } from '../fixture/house_fixture.ts'
import { CALLBACK, CHALLENGE, VERIFIER } from '../fixture/protocol_house.ts'

const PASSWORD = 'a long walk by the sea 7'
const HOST = 'login.acme.example'
const GIVEN = {
  origin: 'https://id.example.org',
  issuer: 'https://id.example.org/t/main',
  application: 'desk',
  secret: 'the secret of desk',
}
const OWN = { origin: `https://${HOST}`, issuer: `https://${HOST}`, application: 'shop', secret: 'the secret of shop' }
type Place = typeof GIVEN
const PLACES: readonly (readonly [string, Place, Place])[] = [
  ['given by the house', GIVEN, OWN],
  ['at the own domain', OWN, GIVEN],
]

type Belongings = { readonly jar: Jar; readonly code: () => Promise<string>; readonly tokens: Readonly<Record<string, string>> }

let house: HouseFixture
const belongings = new Map<Place, Belongings>()

beforeAll(async () => {
  house = await openHouseFixture(
    { authorize: authorizeApp(), consent: consentApp(), token: tokenApp(), account: accountApp() },
    GIVEN.origin,
  )
  const here = await house.context()
  await ensureSigningKeys(here)
  const domain = { host: HOST, state: { kind: 'creating' } as const, challenge: 'proved', createdAt: 0, version: 1 }
  await here.stores.domains.add(domain, 10, {})
  await here.stores.domains.claim(domain, undefined, {})
  await house.addUser('jo', PASSWORD)
  const common = { gatehouse_skip_consent: true, backchannel_logout_uri: 'https://application.example/logout' }
  await house.addApplication(GIVEN.application, common, GIVEN.secret)
  await house.addApplication(OWN.application, { ...common, gatehouse_domain: HOST }, OWN.secret)
  for (const [, place] of PLACES) belongings.set(place, await signInAt(place))
})
afterAll(() => house.close())

const post = async (issuer: string, path: string, form: Record<string, string>) => {
  const response = await house.fetch(`${issuer}${path}`, { method: 'POST', body: new URLSearchParams(form) })
  return { status: response.status, body: (await response.json().catch(() => ({}))) as Record<string, string> }
}
const redemption = (place: Place, code: string) => ({
  grant_type: 'authorization_code',
  code,
  client_id: place.application,
  client_secret: place.secret,
  redirect_uri: CALLBACK,
  code_verifier: VERIFIER,
})
const authorizeUrl = (place: Place, application = place.application) =>
  `${place.issuer}/oauth2/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: application,
    redirect_uri: CALLBACK,
    scope: 'openid email offline_access',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  })}`

async function signInAt(place: Place): Promise<Belongings> {
  const jar = openJar({ origin: place.origin, fetch: house.fetch })
  const code = async () => {
    const shown = await jar.get(authorizeUrl(place))
    const answered = shown.url.origin === place.origin ? await jar.submit(shown, { username: 'jo', password: PASSWORD }) : shown
    return answered.url.searchParams.get('code') ?? ''
  }
  const { body } = await post(place.issuer, '/oauth2/token', redemption(place, await code()))
  return { jar, code, tokens: body }
}

const of = (place: Place): Belongings => {
  const found = belongings.get(place)
  if (!found) throw new Error('nobody signed in there')
  return found
}
const cookies = ({ jar }: Belongings) => [...jar.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')

describe.each(PLACES)('what was issued %s', (_where, home, abroad) => {
  const client = { client_id: home.application, client_secret: home.secret }

  test('is good there, and names that issuer', async () => {
    const { tokens, jar } = of(home)
    const { body } = await post(home.issuer, '/oauth2/introspect', { ...client, token: tokens.access_token ?? '' })

    expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({ iss: home.issuer, aud: home.application })
    expect(body).toMatchObject({ active: true, iss: home.issuer })
    expect(
      (await house.fetch(`${home.issuer}/oauth2/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } })).status,
    ).toBe(200)
    expect((await jar.get(`${home.issuer}/api/v1/me`)).status).toBe(200)
  })

  test('its application is nobody at the other: no sign-in, no client authentication', async () => {
    const { jar } = of(abroad)

    const shown = await jar.get(authorizeUrl(abroad, home.application))
    expect([shown.status, shown.url.origin]).toEqual([400, abroad.origin])
    expect(await post(abroad.issuer, '/oauth2/token', { grant_type: 'refresh_token', refresh_token: 'x', ...client })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    })
  })

  test.each(['with its own application', 'with an application of there'])(
    'a code is refused at the other %s, and stays good',
    async (who) => {
      const code = await of(home).code()
      const stranger = who === 'with its own application' ? {} : { client_id: abroad.application, client_secret: abroad.secret }

      const refused = await post(abroad.issuer, '/oauth2/token', { ...redemption(home, code), ...stranger })

      expect(refused.status).toBeGreaterThanOrEqual(400)
      expect((await post(home.issuer, '/oauth2/token', redemption(home, code))).status).toBe(200)
    },
  )

  test('a refresh token is refused at the other, and stays good', async () => {
    const { body } = await post(home.issuer, '/oauth2/token', redemption(home, await of(home).code()))
    const grant = { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' }

    const refused = await post(abroad.issuer, '/oauth2/token', { ...grant, client_id: abroad.application, client_secret: abroad.secret })

    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect((await post(home.issuer, '/oauth2/token', { ...grant, ...client })).status).toBe(200)
  })

  test('an access token is none at the other', async () => {
    const token = of(home).tokens.access_token ?? ''
    const asked = await post(abroad.issuer, '/oauth2/introspect', { client_id: abroad.application, client_secret: abroad.secret, token })

    expect((await house.fetch(`${abroad.issuer}/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
    expect(asked.body).toEqual({ active: false })
  })

  test('a revocation at the other revokes nothing', async () => {
    const { body } = await post(home.issuer, '/oauth2/token', redemption(home, await of(home).code()))
    await post(abroad.issuer, '/oauth2/revoke', {
      client_id: abroad.application,
      client_secret: abroad.secret,
      token: body.refresh_token ?? '',
    })

    const grant = { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '', ...client }
    expect((await post(home.issuer, '/oauth2/token', grant)).status).toBe(200)
  })

  test('a browser session is none at the other, under its own name of cookie and under that of there', async () => {
    const theirs = cookies(of(home))
    const renamed = home === OWN ? theirs.replaceAll('__Host-', '') : theirs.replaceAll(/(^|; )gatehouse/g, '$1__Host-gatehouse')

    for (const cookie of [theirs, renamed])
      expect((await house.fetch(`${abroad.issuer}/api/v1/me`, { headers: { cookie } })).status).toBe(401)
  })

  test('an ID token of there hints nothing at the other', async () => {
    const hint = of(home).tokens.id_token ?? ''
    const response = await house.fetch(`${abroad.issuer}/oauth2/logout?${new URLSearchParams({ id_token_hint: hint })}`, {
      headers: { cookie: cookies(of(abroad)) },
    })

    expect(response.status).toBeLessThan(400)
    expect((await of(abroad).jar.get(`${abroad.issuer}/api/v1/me`)).status).toBe(200)
  })
})

test('the cookies at the own domain can be planted by no other host', () => {
  expect([...of(OWN).jar.cookies.keys()].every((name) => name.startsWith('__Host-gatehouse.main.'))).toBe(true)
})

test('an application hears of a logout from the issuer that it knows, wherever the logout is handled', async () => {
  const sent: string[] = []
  const here = {
    ...(await house.context()),
    egress: {
      send: async ({ body = '' }) => {
        sent.push(body)
        return { status: 200, headers: {}, body: '' }
      },
    },
  }
  const { sub, sid } = decodeJwt<{ sid: string }>(of(OWN).tokens.id_token ?? '')

  await sendBackchannelLogouts(here, {
    id: 'evt_logout',
    kind: 'session.ended',
    tenant: 'main',
    at: 0,
    actor: {},
    audited: true,
    userId: sub,
    sessionId: sid,
  } as HouseEvent)

  expect(sent).toHaveLength(1)
  expect(decodeJwt(new URLSearchParams(sent[0]).get('logout_token') ?? '')).toMatchObject({ iss: OWN.issuer, aud: OWN.application })
})

test('a mail leads to the domain that the act came in by, while it is the tenant’s, and comes from the house', async () => {
  const mails: Mail[] = []
  const { ports } = house.house
  const handle = openHandlers({ ...house.house, ports: { ...ports, mailer: { send: async (mail) => void mails.push(mail) } } })
  const user = await house.addUser('mail-reader', PASSWORD)
  const asked = (domain: string) =>
    ({
      id: `evt_${domain}`,
      kind: 'email.verification_asked',
      tenant: 'main',
      at: 0,
      actor: { domain },
      audited: false,
      userId: user.id,
    }) as HouseEvent

  for (const domain of [HOST, 'login.sold.example']) await handle(asked(domain))

  expect(mails.map(({ text }) => /https:\S+verify-email/.exec(text)?.[0])).toEqual([
    `${OWN.issuer}/verify-email`,
    `${GIVEN.issuer}/verify-email`,
  ])
  expect(mails.every(({ from }) => from.includes('no-reply@id.example.org'))).toBe(true)
})

test('a new password ends what was granted elsewhere, and not what was granted in the browser at the own domain that set it', async () => {
  const here = await house.context()
  const { sub = '', sid } = decodeJwt<{ sid: string }>(of(OWN).tokens.id_token ?? '')
  const user = await here.stores.users.find(sub as `usr_${string}`)
  if (!user) throw new Error('nobody')
  const changed = await here.stores.users.setPassword(user, '$fixture$new', {})
  await here.stores.sessions.goOn(user.id, sid as `ses_${string}`, changed.securityEpoch)

  await revokeAfterUserChanged(here, { userId: user.id } as HouseEvent)

  const standing = await here.stores.authorizations.list(user.id)
  expect(new Set(standing.map(({ issuer }) => issuer))).toEqual(new Set([OWN.issuer]))
})
