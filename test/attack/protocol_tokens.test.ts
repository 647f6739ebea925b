/** Forged, borrowed and substituted tokens: RFC 8725, RFC 9068 section 5. */
import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readAccessToken } from '@gatehouse/identity/access_token.ts'
import { readIdTokenHint } from '@gatehouse/identity/id_token.ts'
import { SignJWT } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changed } from '../fixture/changed.ts'
import { BASIC, openProtocolHouse, type ProtocolHouse } from '../fixture/protocol_house.ts'

let house: ProtocolHouse
let accessToken: string
let idToken: string

beforeEach(async () => {
  house = await openProtocolHouse()
  const { body } = await house.redeem(await house.code())
  accessToken = String(body.access_token)
  idToken = String(body.id_token)
})

afterEach(() => house.close())

const userinfoStatus = async (token: string, tenant = 'main') =>
  (await house.get('/oauth2/userinfo', { authorization: `Bearer ${token}` }, tenant)).status
const segment = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const payloadOf = (token: string) => token.split('.')[1] ?? ''
const headerOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())

test('the token itself is good', async () => {
  expect(await userinfoStatus(accessToken)).toBe(200)
})

test('another process, which never saw the token, verifies it by its signature, and refuses a changed one', async () => {
  const ctx = await house.context()
  // What a process remembers hangs on its vault.
  const elsewhere = () => ({ ...ctx, vault: { ...ctx.vault } })
  expect((await readAccessToken(elsewhere(), accessToken))?.clientId).toBe('desk')
  expect(await readAccessToken(elsewhere(), changed(accessToken))).toBeUndefined()
  expect((await readIdTokenHint(elsewhere(), idToken))?.userId).toBe(house.jo.id)
})

test('alg none is refused, in every spelling', async () => {
  for (const alg of ['none', 'None', 'NONE', '']) {
    const header = segment({ ...headerOf(accessToken), alg })
    expect(await userinfoStatus(`${header}.${payloadOf(accessToken)}.`)).toBe(401)
    expect(await userinfoStatus(`${header}.${payloadOf(accessToken)}.AAAA`)).toBe(401)
  }
})

test('an HMAC under the public key is refused', async () => {
  const { body } = await house.get('/oauth2/jwks')
  for (const jwk of body.keys as JsonWebKey[]) {
    const pem = createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
    const signed = `${segment({ ...headerOf(accessToken), alg: 'HS256' })}.${payloadOf(accessToken)}`
    expect(await userinfoStatus(`${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`)).toBe(401)
  }
})

test("a stranger's key is refused, by our kid, in the header, or by address", async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const claims = JSON.parse(Buffer.from(payloadOf(accessToken), 'base64url').toString())
  const base = { alg: 'ES256', typ: 'at+jwt' }
  for (const header of [
    { ...base, kid: headerOf(accessToken).kid },
    { ...base, jwk: publicKey.export({ format: 'jwk' }) },
    { ...base, jku: 'https://attacker.example/' },
  ]) {
    expect(await userinfoStatus(await new SignJWT(claims).setProtectedHeader(header).sign(privateKey))).toBe(401)
  }
})

test('a changed payload or signature is refused, also after the real one was seen', async () => {
  expect(await userinfoStatus(accessToken)).toBe(200)
  const [header, payload = '', signature = ''] = accessToken.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())

  expect(await userinfoStatus(`${header}.${segment({ ...claims, scope: 'openid admin' })}.${signature}`)).toBe(401)
  expect(await userinfoStatus(changed(accessToken))).toBe(401)
  expect(await userinfoStatus(`${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`)).toBe(401)
  expect(await userinfoStatus(`${header}.${payload}`)).toBe(401)
})

test('an ID token is no access token, a refresh token neither', async () => {
  const { body } = await house.redeem(await house.code())

  expect(await userinfoStatus(idToken)).toBe(401)
  expect(await userinfoStatus(String(body.refresh_token))).toBe(401)
})

test("another tenant's tokens are refused, JWT and opaque, in both directions", async () => {
  await house.addTenant('other')
  await house.addApplication('desk', {}, undefined, 'other')
  await house.addApplication('quiet', { gatehouse_access_token_format: 'opaque' })
  const { body } = await house.redeem(await house.code({ clientId: 'quiet' }), { client_id: 'quiet' })
  const opaque = String(body.access_token)

  expect(await userinfoStatus(opaque)).toBe(200)
  for (const token of [accessToken, opaque, idToken]) expect(await userinfoStatus(token, 'other')).toBe(401)
})

test('an expired token is refused to the second', async () => {
  house.pass(299)
  expect(await userinfoStatus(accessToken)).toBe(200)
  house.pass(1)
  expect(await userinfoStatus(accessToken)).toBe(401)
})

test('a token in the address is not read, two tokens at once are refused', async () => {
  const inAddress = await house.get(`/oauth2/userinfo?access_token=${accessToken}`)
  const twice = await house.post('/oauth2/userinfo', { access_token: accessToken }, { authorization: `Bearer ${accessToken}` })

  expect(inAddress.status).toBe(401)
  expect(twice.body.error).toBe('invalid_request')
})

test("an application's own token opens nobody's userinfo", async () => {
  const { body } = await house.post('/oauth2/token', { grant_type: 'client_credentials' }, BASIC)

  expect(await userinfoStatus(String(body.access_token))).toBe(403)
})

test("what an application may do ends with the application's own suspension", async () => {
  const application = await house.stores().applications.find('desk')
  if (!application) throw new Error('desk is gone')
  const { secrets, ...desk } = application
  await house.stores().applications.update({ ...desk, active: false }, {})
  house.pass(6)

  expect(await userinfoStatus(accessToken)).toBe(401)
})
