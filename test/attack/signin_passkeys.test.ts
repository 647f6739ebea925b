/** Passkeys: the way in by one, and every way in with one that is not good. */

import { generateKeyPairSync } from 'node:crypto'
import { ACR_MULTI_FACTOR } from '@gatehouse/core/authentication_context.ts'
import type { PasskeyPolicy } from '@gatehouse/core/passkey_policy.ts'
import { ensureSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Jar, Visit } from '../fixture/browser_jar.ts'
import { codeFrom, type FactorHouse, openFactorHouse } from '../fixture/factor_house.ts'
import { type AskMe, addPasskey, asked, atMyAccount, setPasskeyPolicy } from '../fixture/passkey_house.ts'
import { authorizePath, CALLBACK, PASSWORD } from '../fixture/sign_in_house.ts'
import {
  copyOf,
  openAuthenticator,
  type RequestOptions,
  type SoftwareAuthenticator,
  type Wrong,
} from '../fixture/software_authenticator.ts'

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

let house: FactorHouse
let phone: SoftwareAuthenticator

beforeEach(async () => {
  house = await openFactorHouse()
  phone = openAuthenticator(house.origin)
})
afterEach(() => house.close())

/** Jo has one passkey. */
async function joHasOne(authenticator = phone): Promise<AskMe> {
  const { ask } = await atMyAccount(house)
  const added = await addPasskey(ask, authenticator)
  expect(added).toMatchObject({ status: 201 })
  return ask
}

async function answer(jar: Jar, shown: Visit, wrong: Wrong = {}, passkey = phone.passkeys.at(-1)): Promise<Visit> {
  return jar.submit(shown, { passkey: phone.get(asked(shown), passkey, wrong) })
}

const setPolicy = (passkeys: Partial<PasskeyPolicy>) => setPasskeyPolicy(house, passkeys)

describe('the way', () => {
  test('without a name and without a password: the tokens say a key, a person, and more than one factor', async () => {
    await ensureSigningKeys(await house.context())
    await joHasOne()
    const jar = house.jar()

    const login = await house.authorize(jar)
    const back = await answer(jar, login)

    expect(asked<RequestOptions>(login)).toMatchObject({ rpId: 'localhost', allowCredentials: [], userVerification: 'required' })
    expect(login.body).toContain('autocomplete="username webauthn"')
    expect(house.hashes()).toBeGreaterThan(0)
    expect(await idTokenOf(back)).toMatchObject({ acr: ACR_MULTI_FACTOR, amr: ['swk', 'user', 'mfa'], sub: house.jo.id })
  })

  test('where the password was given, a passkey is asked for beside it, of those that are theirs', async () => {
    await joHasOne()
    const jar = house.jar()

    const mfa = await house.begin(jar)
    const back = await answer(jar, mfa)

    expect(mfa.url.pathname).toBe('/t/main/mfa')
    expect(asked<RequestOptions>(mfa).allowCredentials).toEqual([
      { type: 'public-key', id: phone.passkeys[0]?.id, transports: ['internal', 'hybrid'] },
    ])
    expect(codeFrom(back)).toBeTruthy()
  })

  test('is one step of two where the other is a code, whichever comes first', async () => {
    await house.setPolicy({
      steps: [
        { anyOf: ['password', 'passkey'], ifNotEnrolled: 'skip', rememberable: false },
        { anyOf: ['totp'], ifNotEnrolled: 'skip', rememberable: false },
      ],
    })
    await joHasOne()
    const app = await house.addTotp()
    const jar = house.jar()

    const mfa = await answer(jar, await house.authorize(jar))

    expect(mfa.url.pathname).toBe('/t/main/mfa')
    expect(codeFrom(await jar.submit(mfa, { otp: app.code() }))).toBeTruthy()
  })

  test('is made in the midst of a sign-in that needs one, and counts for it', async () => {
    await house.setPolicy({
      steps: [
        { anyOf: ['password', 'passkey'], ifNotEnrolled: 'skip', rememberable: false },
        { anyOf: ['passkey'], ifNotEnrolled: 'enrol', rememberable: false },
      ],
    })
    const jar = house.jar()
    const enrol = await house.begin(jar)
    const options = asked<Parameters<SoftwareAuthenticator['create']>[0]>(enrol)

    const back = await jar.submit(enrol, { passkey: phone.create(options) })

    expect(enrol.url.pathname).toBe('/t/main/mfa/enrol')
    expect(options).toMatchObject({ rp: { id: 'localhost', name: 'Tenant main' }, user: { name: 'jo' } })
    expect(codeFrom(back)).toBeTruthy()
    expect(await house.stores().credentials.list(house.jo.id)).toHaveLength(1)
    expect(await house.events('credential.enrolled')).toHaveLength(1)
  })

  test('a page that was open for long gets another challenge, and only with its own token', async () => {
    await joHasOne()
    const jar = house.jar()
    const login = await house.authorize(jar)
    house.pass(301)
    const old = phone.get(asked(login))

    const renewed = await jar.submit({ ...login, body: login.body.replace(/action="[^"]*"/, 'action="/t/main/login/passkey"') }, {})
    const stranger = await jar.post('/t/main/login/passkey', { interaction: login.url.searchParams.get('interaction') ?? '', csrf: 'x' })
    const late = await jar.submit(login, { passkey: old })

    expect(renewed.status).toBe(200)
    expect(stranger.status).toBe(403)
    expect(late.body).toContain('That took too long')
    expect(codeFrom(await jar.submit(login, { passkey: phone.get(JSON.parse(renewed.body)) }))).toBeTruthy()
  })

  test('where the tenant allows none, none is offered, made or taken', async () => {
    const ask = await joHasOne()
    const jar = house.jar()
    const login = await house.authorize(jar)
    const passkey = phone.get(asked(login))
    await setPolicy({ allowed: false })

    const refused = await jar.submit(login, { passkey })

    expect(refused.status).toBe(400)
    expect((await house.authorize(house.jar())).body).not.toContain('data-passkey')
    expect((await ask<{ offered: string[] }>('GET', '/credentials')).body.offered).not.toContain('passkey')
    expect((await ask('POST', '/credentials/passkey/begin', {})).status).toBe(404)
    // who has nothing else is not locked out by the change
    expect(codeFrom(await house.begin(house.jar()))).toBeTruthy()
  })

  test('an application that begins with a password alone takes none', async () => {
    await joHasOne()
    await house.addApplication('till', {
      gatehouse_skip_consent: true,
      gatehouse_sign_in: { steps: [{ anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false }] },
    })
    const jar = house.jar()
    const login = await jar.get(authorizePath({ client_id: 'till' }))
    const elsewhere = await house.authorize(jar)
    const challenge = asked<RequestOptions>(elsewhere)

    expect(login.body).not.toContain('data-passkey')
    expect((await jar.submit(login, { passkey: phone.get(challenge) })).status).toBe(400)
  })

  test('who was suspended is told so, and not let in', async () => {
    await joHasOne()
    const { users } = house.stores()
    const jo = await users.find(house.jo.id, { consistent: true })
    if (jo) await users.update(jo, { ...jo, active: false }, 'user.suspended', {})
    const jar = house.jar()

    expect((await answer(jar, await house.authorize(jar))).status).toBe(403)
  })
})

describe('an assertion that is not in order', () => {
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const WRONGS: readonly (readonly [string, Wrong])[] = [
    ['of another origin', { origin: 'https://gatehouse.example' }],
    ['of the same host at another port', { origin: 'http://localhost:9444' }],
    ['for another RP id', { rpId: 'example.org' }],
    ['made for a registration', { type: 'webauthn.create' }],
    ['made in a frame of another site', { crossOrigin: true }],
    ['without user verification', { userVerified: false }],
    ['without anybody present', { userPresent: false }],
    ['signed with another key', { key: other }],
    ['with a challenge of its own', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['without a user handle, where nobody is known yet', { userHandle: undefined }],
    ['with the user handle of nobody', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['of an id that nobody has', { id: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
    ['whose key may be copied, though it could not when it was made', { backupEligible: false }],
  ]

  test.each(WRONGS)('%s is refused in the same words, counted once, and opens nothing', async (_, wrong) => {
    await joHasOne()
    const jar = house.jar()

    const refused = await answer(jar, await house.authorize(jar), wrong)

    expect(refused.status).toBe(400)
    expect(refused.body).toContain('This passkey is not accepted here.')
    expect(await house.events('sign_in.failed')).toHaveLength(1)
    expect(await house.stores().sessions.list(house.jo.id)).toHaveLength(1)
  })

  test.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['nonsense', JSON.stringify({ id: 'x', type: 'public-key', response: { clientDataJSON: 1 } })],
    [
      'bytes that are none',
      JSON.stringify({ id: 'eA', type: 'public-key', response: { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA' } }),
    ],
  ])('%s is no passkey', async (_, passkey) => {
    const jar = house.jar()

    expect([400, 422]).toContain((await jar.submit(await house.authorize(jar), { passkey })).status)
  })

  test('an id that nobody has is looked up and verified as any other', async () => {
    await joHasOne()
    const units = async (wrong: Wrong) => {
      const jar = house.jar()
      await answer(jar, await house.authorize(jar), wrong)
      const line = house.logs.findLast(({ fields }) => fields.path === '/login' && fields.method === 'POST')
      return [line?.fields.read, line?.fields.write]
    }

    expect(await units({ id: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA' })).toEqual(await units({ key: other }))
  })
})

describe('an assertion that was good', () => {
  test('is good once, also in the same page', async () => {
    await joHasOne()
    const jar = house.jar()
    const login = await house.authorize(jar)
    const passkey = phone.get(asked(login))

    expect(codeFrom(await jar.submit(login, { passkey }))).toBeTruthy()
    const thief = house.jar()
    for (const [name, value] of jar.cookies) thief.cookies.set(name, value)
    const replayed = await thief.submit(login, { passkey })

    expect(codeFrom(replayed)).toBeNull()
  })

  test('fifty at once: one wins', async () => {
    await joHasOne()
    const ctx = await house.context()
    const jar = house.jar()
    const login = await house.authorize(jar)
    const interaction = login.url.searchParams.get('interaction') ?? ''
    const passkey = phone.get(asked(login))
    const { signInByPasskey } = await import('@gatehouse/identity/passkeys/sign_in.ts')

    const outcomes = await Promise.all(Array.from({ length: 50 }, () => signInByPasskey(ctx, passkey, interaction)))

    expect(outcomes.filter(({ kind }) => kind === 'right')).toHaveLength(1)
  })

  test('is worth nothing in another interaction, another browser, or after its time', async () => {
    await joHasOne()
    const [jar, thief] = [house.jar(), house.jar()]
    const passkey = phone.get(asked(await house.authorize(jar)))

    expect((await thief.submit(await house.authorize(thief), { passkey })).status).toBe(400)
    expect((await jar.submit(await house.authorize(jar), { passkey })).status).toBe(400)
  })

  test('is no second factor of somebody else', async () => {
    await joHasOne()
    await house.addUser('al', PASSWORD)
    const al = openAuthenticator(house.origin)
    const { ask } = await atMyAccount(house, 'al')
    await addPasskey(ask, al)
    const jar = house.jar()
    const mfa = await house.begin(jar)

    const refused = await jar.submit(mfa, { passkey: al.get(asked(mfa)) })

    expect(refused.status).toBe(400)
    expect(refused.body).toContain('not accepted here')
  })
})

describe("a tenant's neighbour at the same host", () => {
  test("a passkey of acme signs in nobody at main, whatever main's page asked for", async () => {
    await joHasOne()
    await house.addTenant('acme')
    await house.addApplication('desk', { gatehouse_skip_consent: true }, undefined, 'acme')
    const jar = house.jar()
    const login = await jar.get(authorizePath({}, 'acme'))

    const refused = await answer(jar, login)
    const crossed = await jar.submit(login, { passkey: phone.get(asked(await house.authorize(jar))) })

    expect(refused.status).toBe(400)
    expect(crossed.status).toBe(400)
    expect(codeFrom(refused)).toBeNull()
  })

  test('has another name for a person of the same id', async () => {
    const { userHandleOf } = await import('@gatehouse/identity/passkeys/challenge.ts')

    expect(userHandleOf({ stores: house.stores('acme') }, house.jo.id)).not.toBe(userHandleOf({ stores: house.stores() }, house.jo.id))
  })
})

describe('the sign counter', () => {
  test('a copy that falls behind is refused, marked, audited and told of once; the true key goes on', async () => {
    const key = openAuthenticator(house.origin, { counts: true, synced: false })
    const ask = await joHasOne(key)
    const [passkey] = key.passkeys
    if (!passkey) throw new Error('there is a passkey')
    const copy = copyOf(passkey)
    const use = async (which: typeof copy) => {
      const jar = house.jar()
      const login = await house.authorize(jar)
      return jar.submit(login, { passkey: key.get(asked(login), which) })
    }
    expect(codeFrom(await use(passkey))).toBeTruthy()
    expect(codeFrom(await use(passkey))).toBeTruthy()

    const refused = [await use(copy), await use({ ...copy, signCount: 0 })]

    expect(refused.map(({ status }) => status)).toEqual([400, 400])
    expect(await house.events('passkey.copy_suspected')).toEqual([
      expect.objectContaining({ audited: true, userId: house.jo.id, data: { kind: 'passkey', credential: expect.any(String) } }),
    ])
    const { body } = await ask<{ items: { copySuspectedAt?: string }[] }>('GET', '/credentials')
    expect(body.items[0]?.copySuspectedAt).toBeTruthy()
    expect(codeFrom(await use(passkey))).toBeTruthy()
  })

  test('a key that never counted may go on so', async () => {
    await joHasOne()
    for (let i = 0; i < 3; i++) {
      const jar = house.jar()
      expect(codeFrom(await answer(jar, await house.authorize(jar)))).toBeTruthy()
    }
  })
})

describe('where user verification is only preferred', () => {
  test('a key without it is a second factor, and never a first', async () => {
    await setPolicy({ userVerification: 'preferred' })
    const { ask } = await atMyAccount(house)
    expect(await addPasskey(ask, phone, { wrong: { userVerified: false } })).toMatchObject({ status: 201 })
    const [first, second] = [house.jar(), house.jar()]

    const refused = await answer(first, await house.authorize(first), { userVerified: false })
    const back = await answer(second, await house.begin(second), { userVerified: false })

    expect(refused.status).toBe(400)
    expect(codeFrom(back)).toBeTruthy()
  })
})

async function idTokenOf(back: Visit) {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: codeFrom(back) ?? '',
    redirect_uri: CALLBACK,
    client_id: 'desk',
    code_verifier: VERIFIER,
  })
  const tokens = await (await house.fetch('/t/main/oauth2/token', { method: 'POST', body })).json()
  return decodeJwt(tokens.id_token)
}
