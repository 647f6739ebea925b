/** Signing keys change without a failed verification, also for whoever keeps a JWKS as long as it may be kept. */
import { rotateSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { BASIC, openProtocolHouse, type ProtocolHouse } from '../fixture/protocol_house.ts'

let house: ProtocolHouse

beforeEach(async () => {
  house = await openProtocolHouse()
})

afterEach(() => house.close())

const kidsNow = async () => ((await house.get('/oauth2/jwks')).body.keys as { kid: string }[]).map(({ kid }) => kid).sort()
const kidOf = (token: unknown) => JSON.parse(Buffer.from(String(token).split('.')[0] ?? '', 'base64url').toString()).kid
const ask = async () => (await house.post('/oauth2/token', { grant_type: 'client_credentials' }, BASIC)).body.access_token

test('a verifier that refreshes its keys every five minutes verifies every token of two hours with a rotation in it', async () => {
  let kept = {
    keys: createLocalJWKSet((await house.get('/oauth2/jwks')).body as unknown as JSONWebKeySet),
    at: house.house.ports.clock.now(),
  }
  const verifier = async (token: unknown) => {
    const now = house.house.ports.clock.now()
    if (now - kept.at >= 300_000)
      kept = { keys: createLocalJWKSet((await house.get('/oauth2/jwks')).body as unknown as JSONWebKeySet), at: now }
    return jwtVerify(String(token), kept.keys, { currentDate: new Date(now) })
  }
  const kids = new Set<string>()

  for (let minute = 0; minute < 120; minute++) {
    if (minute === 10) await rotateSigningKeys(await house.context())
    const token = await ask()
    await expect(verifier(token), `minute ${minute}`).resolves.toBeDefined()
    kids.add(kidOf(token))
    house.pass(60)
  }

  expect(kids.size).toBe(2)
})

test('a new key is published a full life of a cached JWKS before it signs', async () => {
  const before = kidOf(await ask())

  const made = await rotateSigningKeys(await house.context())

  expect(await kidsNow()).toEqual(expect.arrayContaining(made))
  house.pass(300)
  expect(kidOf(await ask())).toBe(before)
  house.pass(60)
  expect(made).toContain(kidOf(await ask()))
})

test('an ID token of the former key verifies for the whole of its life, and the key is gone after that', async () => {
  const former = await kidsNow()
  await rotateSigningKeys(await house.context())
  house.pass(359)
  const { body } = await house.redeem(await house.code())
  expect(former).toContain(kidOf(body.id_token))

  house.pass(3599)
  await expect(house.verify(body.id_token)).resolves.toBeDefined()
  house.pass(120)
  expect((await kidsNow()).filter((kid) => former.includes(kid))).toEqual([])
})

test('rotating twice in a row leaves one key of each kind in the end', async () => {
  await rotateSigningKeys(await house.context())
  house.pass(100)
  await rotateSigningKeys(await house.context())
  expect(await kidsNow()).toHaveLength(6)
  house.pass(3 * 3600)

  expect(await kidsNow()).toHaveLength(2)
  await expect(house.verify(await ask())).resolves.toBeDefined()
})

test('private halves are sealed where they are stored', async () => {
  for (const key of await house.stores().signingKeys.list()) {
    expect(JSON.stringify(key)).not.toContain('"d"')
    expect(key.sealedJwk).not.toContain('{')
  }
})
