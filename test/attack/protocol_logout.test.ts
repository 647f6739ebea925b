/** Signing out, at the house and from the house: OpenID Connect RP-Initiated Logout 1.0, Back-Channel Logout 1.0. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { openSqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { endedOf, sendBackchannelLogouts, sendLateLogouts } from '@gatehouse/identity/backchannel_logout.ts'
import { revokeAfterConsentWithdrawn, revokeAfterSessionEnded } from '@gatehouse/identity/revocation.ts'
import type { Egress, EgressRequest } from '@gatehouse/ports/egress.ts'
import { openHandlers } from '@gatehouse/relay/handlers.ts'
import { openStores } from '@gatehouse/store/stores.ts'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hiddenFields } from '../fixture/browser_jar.ts'
import { openProtocolHouse, type ProtocolHouse, type SignedIn } from '../fixture/protocol_house.ts'

const GOODBYE = 'http://localhost:8080/goodbye'

let house: ProtocolHouse
let here: SignedIn
let tokens: Readonly<Record<string, unknown>>

beforeEach(async () => {
  house = await openProtocolHouse()
  await house.addApplication('shop', {
    post_logout_redirect_uris: [GOODBYE],
    backchannel_logout_uri: 'https://shop.example/logout',
    id_token_signed_response_alg: 'ES256',
  })
  here = await house.signIn()
  tokens = (
    await house.redeem(await house.code({ clientId: 'shop', signedIn: here, request: { scope: 'openid email' } }), { client_id: 'shop' })
  ).body
})

afterEach(() => house.close())

const userinfoStatus = async (token: unknown) => (await house.get('/oauth2/userinfo', { authorization: `Bearer ${token}` })).status

async function logout(query: Record<string, string>, cookie: string | undefined = here.cookie) {
  const response = await house.fetch(`/t/main/oauth2/logout?${new URLSearchParams(query)}`, {
    headers: cookie === undefined ? {} : { cookie },
  })
  return {
    status: response.status,
    location: response.headers.get('location'),
    cookies: response.headers.getSetCookie(),
    body: await response.text(),
  }
}

const isSignedIn = async () => (await house.stores().sessions.findLive(here.user.id, here.session.id)) !== undefined

describe('RP-initiated logout', () => {
  test('with an ID token of this session ends it at once and goes back, with state', async () => {
    const left = await logout({ id_token_hint: String(tokens.id_token), post_logout_redirect_uri: GOODBYE, state: 'a b' })

    expect(left).toMatchObject({ status: 303, location: `${GOODBYE}?state=a+b` })
    expect(left.cookies.join()).toMatch(/gatehouse\.main\.session=;.*Max-Age=0/)
    expect(await isSignedIn()).toBe(false)
    expect(await userinfoStatus(tokens.access_token)).toBe(401)
  })

  test('takes an ID token that has expired', async () => {
    house.pass(2 * 3600)

    expect((await logout({ id_token_hint: String(tokens.id_token), post_logout_redirect_uri: GOODBYE })).location).toBe(GOODBYE)
    expect(await isSignedIn()).toBe(false)
  })

  test('without one asks first, and a stranger page cannot answer for the person', async () => {
    const asked = await logout({ client_id: 'shop', post_logout_redirect_uri: GOODBYE, state: 's' })
    expect(asked.status).toBe(200)
    expect(await isSignedIn()).toBe(true)

    const answer = (fields: Record<string, string | string[]>, headers: Record<string, string> = {}) =>
      house.fetch('/t/main/oauth2/logout', {
        method: 'POST',
        body: new URLSearchParams({ ...fields } as Record<string, string>),
        headers: { cookie: here.cookie, ...headers },
      })
    const fields = { ...hiddenFields(asked.body), decision: 'allow' }

    expect((await answer({ ...fields, csrf: 'x'.repeat(43) })).status).toBe(403)
    expect((await answer(fields, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect(await isSignedIn()).toBe(true)
    expect((await answer({ ...fields, decision: 'deny' })).headers.get('location')).toBe('/t/main/account')
    expect(await isSignedIn()).toBe(true)
    expect((await answer(fields)).headers.get('location')).toBe(`${GOODBYE}?state=s`)
    expect(await isSignedIn()).toBe(false)
  })

  test('an ID token of another session, or another person, does not end this one unasked', async () => {
    const elsewhere = await house.signIn()
    const mo = await house.signIn(await house.addUser('mo', 'some password of mo'))
    for (const signedIn of [elsewhere, mo]) {
      const { body } = await house.redeem(await house.code({ signedIn }))
      expect((await logout({ id_token_hint: String(body.id_token) })).status).toBe(200)
    }
    expect(await isSignedIn()).toBe(true)
  })

  test('sends nobody to an address that was not registered, and ends nothing then', async () => {
    const hint = { id_token_hint: String(tokens.id_token) }
    for (const uri of ['https://attacker.example/', `${GOODBYE}/`, `${GOODBYE}?x`, 'javascript:alert(1)']) {
      expect(await logout({ ...hint, post_logout_redirect_uri: uri })).toMatchObject({ status: 400, location: null })
    }
    expect(await logout({ post_logout_redirect_uri: GOODBYE })).toMatchObject({ status: 400, location: null })
    expect(await logout({ ...hint, client_id: 'desk' })).toMatchObject({ status: 400, location: null })
    expect(await isSignedIn()).toBe(true)
  })

  test('of somebody who is not signed in just goes back, or says so', async () => {
    expect((await logout({ client_id: 'shop', post_logout_redirect_uri: GOODBYE }, 'x=y')).location).toBe(GOODBYE)
    expect((await logout({}, 'x=y')).status).toBe(200)
  })

  test("by an application's form comes back as an address, since browsers keep our cookie from other sites' forms", async () => {
    const response = await house.fetch('/t/main/oauth2/logout', {
      method: 'POST',
      body: new URLSearchParams({ id_token_hint: String(tokens.id_token) }),
    })

    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(`/t/main/oauth2/logout?id_token_hint=${tokens.id_token}`)
  })

  test('leaves alone what was granted with offline_access', async () => {
    const { body } = await house.redeem(await house.code({ signedIn: here, request: { scope: 'openid offline_access' } }))
    await logout({ id_token_hint: String(tokens.id_token) })

    expect(await userinfoStatus(body.access_token)).toBe(200)
  })
})

describe('back-channel logout', () => {
  const ended = (because: string): HouseEvent => ({
    id: 'evt_the_end_of_it',
    kind: 'session.ended',
    tenant: 'main',
    at: house.house.ports.clock.now(),
    actor: {},
    userId: here.user.id,
    sessionId: here.session.id,
    data: { because },
    audited: true,
  })

  async function withEgress(answer: (request: EgressRequest) => number) {
    const sent: EgressRequest[] = []
    const egress: Egress = {
      async send(request) {
        sent.push(request)
        const status = answer(request)
        if (status === 0) throw new IamError('unavailable', 'nobody answered')
        return { status, headers: {}, body: '' }
      },
    }
    return { sent, ctx: { ...(await house.context()), egress } }
  }

  test('tells each application of the session once, in a logout token that is no ID token', async () => {
    await house.redeem(await house.code({ clientId: 'shop', signedIn: here }), { client_id: 'shop' })
    await house.redeem(await house.code({ signedIn: here }))
    const { sent, ctx } = await withEgress(() => 200)
    await logout({ id_token_hint: String(tokens.id_token) })

    await sendBackchannelLogouts(ctx, ended('logout'))
    await sendBackchannelLogouts(ctx, ended('logout'))

    expect(sent.map(({ url, method }) => [method, url])).toEqual([['POST', 'https://shop.example/logout']])
    const token = new URLSearchParams(sent[0]?.body).get('logout_token')
    const { payload, typ, alg } = await house.verify(token)
    expect({ typ, alg }).toEqual({ typ: 'logout+jwt', alg: 'ES256' })
    expect(payload).toMatchObject({
      iss: ctx.issuer,
      aud: 'shop',
      sub: here.user.id,
      sid: here.session.id,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    })
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(120)
    expect(payload.jti).toBeTypeOf('string')
    expect(payload).not.toHaveProperty('nonce')
  })

  test('tries one that does not answer again and again, later each time, with the same jti, until it has taken it', async () => {
    let answer = 0
    const { sent, ctx } = await withEgress(() => answer)
    await sendBackchannelLogouts(ctx, ended('logout'))
    await sendBackchannelLogouts(ctx, ended('logout'))
    expect(sent).toHaveLength(1)

    expect(await sendLateLogouts(ctx)).toBe(0)
    house.pass(60)
    expect(await sendLateLogouts(ctx)).toBe(1)
    house.pass(299)
    expect(await sendLateLogouts(ctx)).toBe(0)
    answer = 503
    house.pass(1)
    expect(await sendLateLogouts(ctx)).toBe(1)
    answer = 200
    house.pass(900)
    expect(await sendLateLogouts(ctx)).toBe(1)
    house.pass(86_400)
    expect(await sendLateLogouts(ctx)).toBe(0)

    const claims = sent.map(({ body }) => decodeJwt(new URLSearchParams(body).get('logout_token') ?? ''))
    expect(claims).toHaveLength(4)
    expect(new Set(claims.map(({ jti }) => jti)).size).toBe(1)
    expect(new Set(claims.map(({ iat }) => iat)).size).toBe(4)
  })

  test('gives one up that does not answer for most of a day: an operator is told, and may have it tried once more', async () => {
    const { sent, ctx } = await withEgress(() => 0)
    await sendBackchannelLogouts(ctx, ended('logout'))
    for (const pause of [60, 300, 900, 3600, 14_400, 43_200, 43_200]) {
      house.pass(pause)
      await sendLateLogouts(ctx)
    }

    expect(sent).toHaveLength(7)
    expect(house.logs.filter(({ level, message }) => level === 'error' && message === 'back-channel logout given up')).toHaveLength(1)
    const told = await house.lastEvent('logout.undelivered')
    expect(told).toMatchObject({ clientId: 'shop', sessionId: here.session.id, audited: true, data: { failures: 7 } })
    const again = endedOf(told)
    expect({ ...again, at: 0 }).toEqual({ ...ended('logout'), at: 0 })
    await sendBackchannelLogouts(ctx, again)
    expect(sent).toHaveLength(8)
  })

  test('does not repeat what the application refused, and tells an operator', async () => {
    const { sent, ctx } = await withEgress(() => 400)

    await sendBackchannelLogouts(ctx, ended('logout'))
    house.pass(86_400)
    await sendLateLogouts(ctx)

    expect(sent).toHaveLength(1)
    expect(await house.events('logout.undelivered')).toBe(1)
  })

  test('one that never answers holds up no other, at once or later', async () => {
    await house.addApplication('slow', { backchannel_logout_uri: 'https://slow.example/logout' })
    await house.redeem(await house.code({ clientId: 'slow', signedIn: here }), { client_id: 'slow' })
    let release = () => {}
    const stuck = new Promise<void>((resolve) => {
      release = resolve
    })
    let first = true
    const sent: string[] = []
    const egress: Egress = {
      async send({ url }) {
        if (!first && url.includes('slow')) await stuck
        sent.push(url)
        return { status: first ? 503 : 200, headers: {}, body: '' }
      },
    }
    const ctx = { ...(await house.context()), egress }
    await sendBackchannelLogouts(ctx, ended('logout'))
    first = false
    sent.length = 0
    house.pass(60)

    const late = sendLateLogouts(ctx)
    await expect.poll(() => sent).toEqual(['https://shop.example/logout'])
    release()

    expect(await late).toBe(2)
  })

  test('what is given up is kept where an operator has it handled again', async () => {
    const kept: { event: HouseEvent; reason: string }[] = []
    const handle = openHandlers({
      ...house.house,
      keepAside: async (event, reason) => {
        kept.push({ event, reason: String(reason) })
      },
    })
    const { ctx } = await withEgress(() => 400)
    await sendBackchannelLogouts(ctx, ended('logout'))

    await handle(await house.lastEvent('logout.undelivered'))

    expect(kept).toEqual([{ event: { ...ended('logout'), at: expect.any(Number) }, reason: expect.stringContaining('it answered 400') }])
  })

  test('what is late survives a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-late-'))
    const open = () => {
      const clock = { now: () => 1_000_000 }
      const { table, close } = openSqliteTable({ file: join(folder, 'house.db'), clock })
      return { late: openStores({ table, clock, random: systemRandom }).forTenant('main').lateLogouts, close }
    }
    const before = open()
    const waiting = {
      clientId: 'shop',
      issuer: 'https://id.example',
      ended: ended('logout'),
      failures: 2,
      lastFailure: 'it answered 503',
      dueAt: 999,
    }
    await before.late.add(waiting)
    await before.late.add({ ...waiting, clientId: 'later', dueAt: 1001 })
    before.close()

    const after = open()

    expect(await after.late.listDue(10)).toEqual([waiting])
    after.close()
    rmSync(folder, { recursive: true })
  })

  test('a session that was ended from elsewhere takes everything with it, offline access too', async () => {
    const { body } = await house.redeem(await house.code({ signedIn: here, request: { scope: 'openid offline_access' } }))

    await revokeAfterSessionEnded(await house.context(), ended('ended_by_user'))

    expect(await userinfoStatus(body.access_token)).toBe(401)
    expect(await userinfoStatus(tokens.access_token)).toBe(401)
  })

  test('a withdrawn consent ends what the application had, and nothing of others', async () => {
    const { body: desk } = await house.redeem(await house.code({ signedIn: here }))

    const withdrawn: HouseEvent = { ...ended(''), kind: 'consent.withdrawn', clientId: 'shop' }
    await revokeAfterConsentWithdrawn(await house.context(), withdrawn)

    expect(await userinfoStatus(tokens.access_token)).toBe(401)
    expect(await userinfoStatus(desk.access_token)).toBe(200)
    house.pass(1)
    const { body: anew } = await house.redeem(await house.code({ clientId: 'shop', signedIn: here }), { client_id: 'shop' })
    await revokeAfterConsentWithdrawn(await house.context(), withdrawn)
    expect(await userinfoStatus(anew.access_token)).toBe(200)
  })
})
