/** Making a passkey (`webauthn_registration`): what is not taken, from whom, and how one goes again. */
import { generateKeyPairSync, sign } from 'node:crypto'
import type { MyCredential } from '@gatehouse/core/my_account.ts'
import type { PasskeyPolicy } from '@gatehouse/core/passkey_policy.ts'
import { passkeyPolicySchema } from '@gatehouse/http/admin/schema/passkeys.ts'
import { toPolicies } from '@gatehouse/http/admin/schema/tenant.ts'
import { removeCredential } from '@gatehouse/identity/credentials.ts'
import vectors from '@gatehouse/identity/passkeys/w3c_vectors.json' with { type: 'json' }
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { codeFrom, type FactorHouse, openFactorHouse } from '../fixture/factor_house.ts'
import { addPasskey, asked, askerOf, atMyAccount, creationOptions, setPasskeyPolicy } from '../fixture/passkey_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'
import { openAuthenticator, type SoftwareAuthenticator, type Wrong } from '../fixture/software_authenticator.ts'

let house: FactorHouse
let phone: SoftwareAuthenticator

beforeEach(async () => {
  house = await openFactorHouse()
  phone = openAuthenticator(house.origin)
})
afterEach(() => {
  vi.unstubAllGlobals()
  house.close()
})

const stored = () => house.stores().credentials.list(house.jo.id, { consistent: true })

const setPolicy = (passkeys: Partial<PasskeyPolicy>) => setPasskeyPolicy(house, passkeys)

describe('a registration that is not in order', () => {
  const WRONGS: readonly (readonly [string, Wrong])[] = [
    ['at another origin', { origin: 'https://gatehouse.example' }],
    ['for another RP id', { rpId: 'example.org' }],
    ['of the other ceremony', { type: 'webauthn.get' }],
    ['in a frame of another site', { crossOrigin: true }],
    ['without user verification', { userVerified: false }],
    ['with a challenge of its own', { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }],
  ]

  test.each(WRONGS)('%s adds nothing', async (_, wrong) => {
    const { ask } = await atMyAccount(house)

    const refused = await addPasskey(ask, phone, { wrong })

    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/passkey', detail: 'passkey_refused' }] } })
    expect(await stored()).toEqual([])
  })

  test.each([
    ['without the token', { 'x-csrf-token': '' }],
    ['from another site', { origin: 'https://evil.example' }],
    ['by a form', { 'content-type': 'text/plain' }],
  ])('%s is refused', async (_, headers) => {
    const { ask } = await atMyAccount(house)
    const passkey = phone.create(await creationOptions(ask))

    expect([403, 415]).toContain((await ask('POST', '/credentials/passkey', { passkey, name: '' }, headers)).status)
    expect(await stored()).toEqual([])
  })

  test('is good for the person, in the session, for five minutes, and once', async () => {
    await house.addUser('mallory', 'a walk in the dark 9')
    const [here, there, mallory] = [
      await atMyAccount(house),
      await atMyAccount(house),
      await atMyAccount(house, 'mallory', 'a walk in the dark 9'),
    ]
    const confirm = ({ ask }: typeof here, passkey: string) => ask<MyCredential>('POST', '/credentials/passkey', { passkey, name: '' })
    const passkey = phone.create(await creationOptions(here.ask))

    // an attacker's own, slipped to a victim, and the other way round
    expect((await confirm(mallory, passkey)).status).toBe(422)
    expect((await confirm(here, phone.create(await creationOptions(mallory.ask)))).status).toBe(422)
    expect((await confirm(there, passkey)).status).toBe(422)
    const added = await confirm(here, passkey)
    expect(added.status).toBe(201)
    expect((await confirm(here, passkey)).status).toBe(409)
    await here.ask('DELETE', `/credentials/${added.body.id}`)
    expect((await confirm(here, passkey)).status).toBe(409)
    const late = phone.create(await creationOptions(here.ask))
    house.pass(301)
    expect((await confirm(here, late)).status).toBe(410)
  })

  test('an id that somebody else has is nobody else’s, and stays theirs', async () => {
    const jo = await atMyAccount(house)
    await addPasskey(jo.ask, phone)
    await house.addUser('mallory', 'a walk in the dark 9')
    const mallory = await atMyAccount(house, 'mallory', 'a walk in the dark 9')
    const id = phone.passkeys[0]?.id ?? ''
    const copycat = openAuthenticator(house.origin)

    expect((await addPasskey(mallory.ask, copycat, { wrong: { id } })).status).toBe(409)
    const jar = house.jar()
    const login = await house.authorize(jar)
    expect((await jar.submit(login, { passkey: copycat.get(asked(login)) })).status).toBe(400)
    expect(codeFrom(await jar.submit(login, { passkey: phone.get(asked(login)) }))).toBeTruthy()
  })

  test('ten are enough, also when they come at once', async () => {
    const { ask } = await atMyAccount(house)
    for (let i = 0; i < 9; i++) expect((await addPasskey(ask, phone)).status).toBe(201)
    const last = [phone.create(await creationOptions(ask)), phone.create(await creationOptions(ask))]

    const answers = await Promise.all(last.map((passkey) => ask('POST', '/credentials/passkey', { passkey, name: '' })))

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await ask<{ offered: string[] }>('GET', '/credentials')).body.offered).not.toContain('passkey')
  })

  test('a password alone adds none beside a factor, and takes none away', async () => {
    const { ask } = await atMyAccount(house)
    await addPasskey(ask, phone)
    const [{ id } = { id: '' }] = await stored()
    await house.setPolicy({ steps: [{ anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false }] })
    const thief = await atMyAccount(house)

    expect(await thief.ask('POST', '/credentials/passkey/begin', {})).toMatchObject({ status: 401 })
    expect(await thief.ask('POST', '/credentials/passkey', { passkey: '', name: '' })).toMatchObject({ status: 401 })
    expect((await thief.ask('DELETE', `/credentials/${id}`)).status).toBe(401)
  })
})

describe('what is kept', () => {
  test('a name of its maker’s, else of the browser, else what the person calls it; no device is asked twice', async () => {
    const apple = openAuthenticator(house.origin, { aaguid: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd' })
    const { ask } = await atMyAccount(house)
    const names = [await addPasskey(ask, apple), await addPasskey(ask, phone), await addPasskey(ask, phone, { name: 'My phone' })]

    expect(names.map(({ body }) => body.name)).toEqual(['Apple Passwords', '', 'My phone'])
    const { excludeCredentials } = await creationOptions(ask)
    expect(excludeCredentials.map(({ id }) => id).sort()).toEqual([...apple.passkeys, ...phone.passkeys].map(({ id }) => id).sort())
  })

  test('by passkey one is sure enough to change factors, and for no longer than by a code', async () => {
    const first = await atMyAccount(house)
    await addPasskey(first.ask, phone)
    const jar = house.jar()
    const login = await jar.get('/t/main/login')
    await jar.submit(login, { passkey: phone.get(asked(login)) })
    const ask = await askerOf(house, jar)

    expect((await addPasskey(ask, phone)).status).toBe(201)
    house.pass(16 * 60)
    expect((await ask('POST', '/credentials/passkey/begin', {})).status).toBe(401)
  })

  test('who is removed leaves no passkey behind, and an administrator who removes one frees its id', async () => {
    const { ask } = await atMyAccount(house)
    await addPasskey(ask, phone)
    await addPasskey(ask, phone)
    const { passkeys, users } = house.stores()
    const [one, other] = phone.passkeys.map(({ id }) => id)
    const holder = await passkeys.findHolder(one ?? '')
    await removeCredential(await house.context(), house.jo.id, holder?.id ?? 'crd_none00000')

    expect(await passkeys.findHolder(one ?? '')).toBeUndefined()
    expect(await passkeys.findHolder(other ?? '')).toBeDefined()
    const jo = await users.find(house.jo.id, { consistent: true })
    if (jo) await users.remove(jo, {})
    expect(await passkeys.findHolder(other ?? '')).toBeUndefined()
  })

  test('of a custom host is asked for at another, which says where it works: no address is a way around it', async () => {
    const { ask } = await atMyAccount(house)
    await addPasskey(ask, phone)
    const [passkey] = await stored()
    if (passkey?.kind !== 'passkey') throw new Error('there is one')
    const { credentials, users } = house.stores()
    const jo = await users.find(house.jo.id, { consistent: true })
    if (!jo) throw new Error('jo is there')
    const event = house.stores().shelf.event('credential.renamed', {})
    await credentials.remove(jo.id, [passkey], users.factorsWrite(jo, ['passkey'], event).write)
    const again = await users.find(house.jo.id, { consistent: true })
    if (!again) throw new Error('jo is there')
    await credentials.add(jo.id, { ...passkey, rpId: 'login.acme.example' }, users.factorsWrite(again, ['passkey'], event).write)
    const jar = house.jar()

    const mfa = await house.begin(jar)

    expect(mfa.url.pathname).toBe('/t/main/mfa')
    expect(mfa.body).toContain('login.acme.example')
    expect(mfa.body).not.toContain('data-passkey')
  })
})

describe('attestation', () => {
  const root = `-----BEGIN CERTIFICATE-----\n${Buffer.from(vectors.attestation_ca_cert, 'base64url').toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
  const self: Wrong = {
    attestation: ({ authData, clientDataHash }) => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const sig = new Uint8Array(sign('sha256', Buffer.concat([authData, clientDataHash]), privateKey))
      return {
        fmt: 'packed',
        attStmt: new Map<string, unknown>([
          ['alg', -7],
          ['sig', sig],
        ]),
      }
    },
  }

  test('a statement that nobody asked for is not looked at, right or wrong', async () => {
    const { ask } = await atMyAccount(house)

    expect((await addPasskey(ask, phone, { wrong: self })).status).toBe(201)
    expect(await stored()).toMatchObject([{ attested: false }])
  })

  test.each([
    ['none at all', {}],
    ['its own word', self],
  ])('where models must prove themselves, %s is refused', async (_, wrong) => {
    await setPolicy({ attestation: 'direct', trustedRoots: [root] })
    const { ask } = await atMyAccount(house)

    expect(await addPasskey(ask, phone, { wrong })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/passkey', detail: 'passkey_untrusted' }] },
    })
    expect((await creationOptions(ask)).attestation).toBe('direct')
  })

  test.each(['none', 'direct'] as const)(
    'with attestation %s, a certificate of the sender’s makes the house ask no address',
    async (attestation) => {
      const asks = vi.fn()
      vi.stubGlobal('fetch', asks)
      await setPolicy({ attestation, ...(attestation === 'direct' ? { trustedRoots: [root] } : {}) })
      const { ask } = await atMyAccount(house)
      const leaf = Buffer.from(vectors.attestation_ca_cert, 'base64url')
      const hostile: Wrong = {
        attestation: () => ({
          fmt: 'android-key',
          attStmt: new Map<string, unknown>([
            ['alg', -7],
            ['sig', new Uint8Array([1])],
            ['x5c', [new Uint8Array(leaf), new Uint8Array(leaf)]],
          ]),
        }),
      }

      await addPasskey(ask, phone, { wrong: hostile })

      expect(asks).not.toHaveBeenCalled()
    },
  )

  test('a list of models without a proof of the model is no policy, nor is a root that is none', () => {
    const parse = (policy: object) => passkeyPolicySchema.safeParse(policy).success

    expect(parse({ aaguids: ['2fc0579f-8113-47ea-b116-bb5a8db9202a'] })).toBe(false)
    expect(parse({ attestation: 'direct', aaguids: ['2fc0579f-8113-47ea-b116-bb5a8db9202a'], trustedRoots: [root] })).toBe(true)
    expect(parse({ attestation: 'direct', trustedRoots: ['-----BEGIN CERTIFICATE-----'] })).toBe(false)
    expect(toPolicies({ passkeys: { allowed: false } }).passkeys).toEqual({
      allowed: false,
      userVerification: 'required',
      attestation: 'none',
    })
  })
})

test('in the midst of a sign-in, none is made by another page’s form or of another interaction', async () => {
  await house.setPolicy({
    steps: [
      { anyOf: ['password', 'passkey'], ifNotEnrolled: 'skip', rememberable: false },
      { anyOf: ['passkey'], ifNotEnrolled: 'enrol', rememberable: false },
    ],
  })
  const [jar, other] = [house.jar(), house.jar()]
  const enrol = await house.begin(jar)
  const foreign = await signIn(other, await house.authorize(other), 'jo', PASSWORD)
  const passkey = phone.create(asked(foreign))

  const refused = await jar.submit(enrol, { passkey })
  const forged = await jar.submit(enrol, { passkey: phone.create(asked(enrol)), csrf: 'x' })

  expect(refused.status).toBe(400)
  expect(refused.body).toContain('The passkey was not added.')
  expect(forged.status).toBe(403)
  expect(await stored()).toEqual([])
})
