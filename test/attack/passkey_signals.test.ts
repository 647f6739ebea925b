/** What those who keep passkeys are told (WebAuthn Level 3 section 5.1.10): what is true of this person here, and nothing that would take a passkey from anybody else. */
import type { Me, MyCredentials } from '@gatehouse/core/my_account.ts'
import type { PasskeyPolicy } from '@gatehouse/core/passkey_policy.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openJar } from '../fixture/browser_jar.ts'
import { type FactorHouse, openFactorHouse } from '../fixture/factor_house.ts'
import { addPasskey, asked, askerOf, atMyAccount, setPasskeyPolicy } from '../fixture/passkey_house.ts'
import { openAuthenticator, type RequestOptions, type SoftwareAuthenticator } from '../fixture/software_authenticator.ts'

const HOST = 'login.acme.example'
let house: FactorHouse
let phone: SoftwareAuthenticator

beforeEach(async () => {
  house = await openFactorHouse()
  phone = openAuthenticator(house.origin)
})
afterEach(() => house.close())

const setPasskeys = (passkeys: Partial<PasskeyPolicy>) => setPasskeyPolicy(house, passkeys)

describe('in My Account', () => {
  const signals = async (ask: Awaited<ReturnType<typeof atMyAccount>>['ask']) =>
    (await ask<MyCredentials>('GET', '/credentials')).body.passkeySignals

  test('the accepted ones are those that are there now, of this person and this address, by the handle that the passkeys have', async () => {
    const { ask } = await atMyAccount(house)
    const first = await addPasskey(ask, phone)
    await addPasskey(ask, phone)
    const [one, other] = phone.passkeys

    expect(await signals(ask)).toEqual({
      rpId: 'localhost',
      userId: one?.userHandle,
      allAcceptedCredentialIds: expect.arrayContaining([one?.id, other?.id]),
      name: 'jo',
      displayName: 'Given Family',
    })
    await ask('DELETE', `/credentials/${first.body.id}`)
    expect((await signals(ask))?.allAcceptedCredentialIds).toEqual([other?.id])
  })

  test('a passkey of another host of the tenant is not accepted here, and none is said to be gone where the tenant takes none for now', async () => {
    const { ask } = await atMyAccount(house)
    await addPasskey(ask, phone)
    const [passkey] = await house.stores().credentials.list(house.jo.id, { consistent: true })
    if (passkey?.kind !== 'passkey') throw new Error('there is one')
    const { credentials, users } = house.stores()
    const jo = await users.find(house.jo.id, { consistent: true })
    if (!jo) throw new Error('jo is there')
    const away = { ...passkey, id: 'crd_elsewhere1', webauthnId: 'ZWxzZXdoZXJl', rpId: HOST } as const
    await credentials.add(jo.id, away, users.factorsWrite(jo, ['passkey'], house.stores().shelf.event('credential.renamed', {})).write)

    expect((await signals(ask))?.allAcceptedCredentialIds).toEqual([phone.passkeys[0]?.id])
    await setPasskeys({ allowed: false })
    expect(await signals(ask)).toBeUndefined()
  })

  test('one is proposed to whoever came by the password alone, could have one, and has none', async () => {
    const offers = async (ask: Awaited<ReturnType<typeof atMyAccount>>['ask']) => (await ask<Me>('GET', '')).body.offersPasskey
    const { ask } = await atMyAccount(house)
    expect(await offers(ask)).toBe(true)
    await setPasskeys({ allowed: false })
    expect(await offers(ask)).toBe(false)
    await setPasskeys({})
    await house.setPolicy({ steps: [{ anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false }] })
    expect(await offers(ask)).toBe(false)
    await house.setPolicy({})
    await addPasskey(ask, phone)
    expect(await offers(ask)).toBe(false)
    const jar = house.jar()
    const login = await jar.get('/t/main/login')
    await jar.submit(login, { passkey: phone.get(asked(login)) })
    const byPasskey = await askerOf(house, jar)
    const [passkey] = await house.stores().credentials.list(house.jo.id, { consistent: true })
    await byPasskey('DELETE', `/credentials/${passkey?.id}`)
    expect(await offers(byPasskey)).toBe(false)
  })
})

describe('at the sign-in', () => {
  const unknownOf = (body: string) => /data-unknown="([^"]*)"/.exec(body)?.[1]?.replaceAll('&quot;', '"')

  /** Comes with a passkey that the device has, and nobody here. */
  async function refusedAt(fixture: Pick<FactorHouse, 'fetch' | 'origin'>, path: string, device: SoftwareAuthenticator) {
    const jar = openJar(fixture)
    const login = await jar.get(path)
    return jar.submit(login, { passkey: device.get(asked<RequestOptions>(login)) })
  }

  const atOwnHost = async () => {
    const domain = { host: HOST, state: { kind: 'creating' } as const, challenge: 'proved', createdAt: 0, version: 1 }
    const { domains } = house.stores()
    await domains.add(domain, 10, {})
    await domains.claim(domain, undefined, {})
    return { fetch: house.fetch, origin: `http://${HOST}:9443` }
  }

  const strangeTo = (rpId: string, origin: string) => {
    const device = openAuthenticator(origin)
    device.create({
      challenge: 'AAAA',
      rp: { id: rpId, name: '' },
      user: { id: 'bm9ib2R5', name: '', displayName: '' },
      excludeCredentials: [],
      attestation: 'none',
    })
    return device
  }

  test('at a host of the tenant’s own, one that nobody has is told to whoever keeps it', async () => {
    const own = await atOwnHost()
    const device = strangeTo(HOST, own.origin)

    const refused = await refusedAt(own, '/login', device)

    expect(refused.status).toBe(400)
    expect(JSON.parse(unknownOf(refused.body) ?? '{}')).toEqual({ rpId: HOST, credentialId: device.passkeys[0]?.id })
  })

  test('one that somebody has is never said to be unknown, however wrong it is used', async () => {
    const own = await atOwnHost()
    const { ask } = await atMyAccount(house)
    await addPasskey(ask, phone)
    const device = strangeTo(HOST, own.origin)
    const [known] = phone.passkeys
    const [strange] = device.passkeys
    if (!known || !strange) throw new Error('both have one')
    const jar = openJar(own)
    const login = await jar.get('/login')

    const refused = await jar.submit(login, { passkey: device.get(asked<RequestOptions>(login), strange, { id: known.id }) })

    expect(refused.status).toBe(400)
    expect(unknownOf(refused.body)).toBeUndefined()
  })

  test('at a host that tenants share, nothing is told: it may be a neighbour’s', async () => {
    const device = strangeTo('localhost', house.origin)

    const refused = await refusedAt(house, '/t/main/login', device)

    expect(refused.status).toBe(400)
    expect(unknownOf(refused.body)).toBeUndefined()
  })
})
