import { generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { checkLogoutToken, type LogoutExpectation } from './logout_token.ts'

const ISSUER = 'https://house.example/t/main'
const NOW = Date.UTC(2026, 10, 23, 12)
const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} }

const house = await generateKeyPair('ES256')
const stranger = await generateKeyPair('ES256')

function expected(changes: Partial<LogoutExpectation> = {}): LogoutExpectation {
  return { issuer: ISSUER, client_id: 'pickup-dispatch', keys: async () => house.publicKey, now: NOW, spent: new Map(), ...changes }
}

const seconds = NOW / 1000
const GOOD: JWTPayload = {
  iss: ISSUER,
  aud: 'pickup-dispatch',
  iat: seconds,
  exp: seconds + 120,
  jti: 'one',
  sub: 'usr_1',
  sid: 'ses_1',
  events: EVENTS,
}

function logoutToken(
  changes: JWTPayload = {},
  { typ = 'logout+jwt', key = house.privateKey }: { typ?: string; key?: CryptoKey } = {},
): Promise<string> {
  const payload = Object.fromEntries(Object.entries({ ...GOOD, ...changes }).filter(([, value]) => value !== undefined))
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', typ }).sign(key)
}

describe('a logout token is taken', () => {
  test('when the house signed it for this application, and says whose session ended', async () => {
    const ended = await checkLogoutToken(await logoutToken(), expected())

    expect(ended).toEqual({ subject: 'usr_1', sid: 'ses_1' })
  })

  test('with a session alone or a person alone', async () => {
    expect(await checkLogoutToken(await logoutToken({ sub: undefined }), expected())).toEqual({ subject: undefined, sid: 'ses_1' })
    expect(await checkLogoutToken(await logoutToken({ sid: undefined }), expected())).toEqual({ subject: 'usr_1', sid: undefined })
  })

  test('with the older type JWT', async () => {
    expect(await checkLogoutToken(await logoutToken({}, { typ: 'JWT' }), expected())).toEqual({ subject: 'usr_1', sid: 'ses_1' })
  })
})

describe('a logout token is refused', () => {
  const refused: Record<string, [JWTPayload, RegExp]> = {
    'from another issuer': [{ iss: 'https://other.example' }, /iss/],
    'for another application': [{ aud: 'pickup-manager' }, /aud/],
    'without its time of issue': [{ iat: undefined }, /iat/],
    'older than five minutes': [{ iat: seconds - 400, exp: seconds + 120 }, /iat/],
    'from the future': [{ iat: seconds + 400, exp: seconds + 500 }, /iat/],
    'that has expired': [{ exp: seconds - 60 }, /exp/],
    'without an expiry': [{ exp: undefined }, /exp/],
    'without a jti': [{ jti: undefined }, /jti/],
    'without events': [{ events: undefined }, /events/],
    'with another event': [{ events: { 'https://schemas.openid.net/secevent/risc/event-type/account-disabled': {} } }, /events/],
    'whose event is no object': [{ events: { 'http://schemas.openid.net/event/backchannel-logout': true } }, /events/],
    'with a nonce, since then it is an ID token': [{ nonce: 'n' }, /nonce/],
    'that names neither person nor session': [{ sub: undefined, sid: undefined }, /neither/],
  }

  test.each(Object.entries(refused))('%s', async (_name, [changes, reason]) => {
    await expect(checkLogoutToken(await logoutToken(changes), expected())).rejects.toThrow(reason)
  })

  test('that another key signed', async () => {
    await expect(checkLogoutToken(await logoutToken({}, { key: stranger.privateKey }), expected())).rejects.toThrow(/signature/)
  })

  test('that is an access token by its type', async () => {
    await expect(checkLogoutToken(await logoutToken({}, { typ: 'at+jwt' }), expected())).rejects.toThrow(/typ/)
  })

  test('that nobody signed', async () => {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

    await expect(checkLogoutToken(`${encode({ alg: 'none' })}.${encode(GOOD)}.`, expected())).rejects.toThrow()
  })

  test('that came before', async () => {
    const token = await logoutToken()
    const door = expected()
    await checkLogoutToken(token, door)

    await expect(checkLogoutToken(token, door)).rejects.toThrow(/before/)
  })
})
