/** Which passwords may be chosen, how long they last, and what ends with them; and what a service of breached passwords can do to us, whatever it answers. */
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openEgress } from '@gatehouse/adapters/egress/open_egress.ts'
import type { Me } from '@gatehouse/core/my_account.ts'
import { DEFAULT_POLICIES, type PasswordPolicy } from '@gatehouse/core/tenant.ts'
import { setNewPassword } from '@gatehouse/identity/password_change.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CHALLENGE, VERIFIER } from '../fixture/protocol_house.ts'
import { openSafetyHouse, type SafePerson, type SafetyHouse } from '../fixture/safety_house.ts'
import { CALLBACK, PASSWORD, signIn } from '../fixture/sign_in_house.ts'

const SECOND = 'eleven green lighthouses'
const THIRD = 'twelve quiet ferries go'
const DAY = 86_400
let house: SafetyHouse

beforeEach(async () => {
  house = await openSafetyHouse()
})
afterEach(() => house.close())

const policy = (change: Partial<PasswordPolicy>) => house.setPolicies({ password: { ...DEFAULT_POLICIES.password, ...change } })
const change = ({ ask }: SafePerson, from: string, to: string) => ask('POST', '/password', { current_password: from, new_password: to })
const told = ({ body }: Awaited<ReturnType<typeof change>>) => body.errors?.[0]?.detail

describe('former passwords', () => {
  test('so many as the policy says are refused, the present one among them; older ones and those before the policy are not', async () => {
    await policy({ history: 2 })
    const jo = await house.person()

    expect(told(await change(jo, PASSWORD, PASSWORD))).toBe('password_unchanged')
    expect((await change(jo, PASSWORD, SECOND)).status).toBe(204)
    expect(told(await change(jo, SECOND, PASSWORD))).toBe('password_used_before')
    expect((await change(jo, SECOND, THIRD)).status).toBe(204)
    expect(told(await change(jo, THIRD, SECOND))).toBe('password_used_before')
    expect((await change(jo, THIRD, PASSWORD)).status).toBe(204)
  })

  test('as many comparisons are made for whoever has had one password as for whoever has had many', async () => {
    await policy({ history: 5 })
    const jo = await house.person()
    const cost = async (from: string, to: string) => {
      const before = house.hashes()
      await change(jo, from, to)
      return house.hashes() - before
    }

    const first = await cost(PASSWORD, SECOND)
    const second = await cost(SECOND, THIRD)

    expect(second).toBe(first)
    // The present one, five former ones, and the new one's own hash.
    expect(first).toBe(7)
  })

  test('one that was taken back by "this was not me" is not chosen again', async () => {
    await policy({ history: 1 })
    await house.person()
    await house.person()
    const owner = house.jar()
    await owner.submit(await owner.get(await house.linkTo('jo@example.org', /not-me/)), {})
    const { findNewPasswordProblem } = await import('@gatehouse/identity/password_change.ts')
    const jo = await house.stores().users.find(house.jo.id, { consistent: true })

    expect(jo && (await findNewPasswordProblem(await house.context(), jo, PASSWORD))).toBe('password_used_before')
  })
})

describe('age', () => {
  test('a password that is too old leads to a new one, before anything else; the day is told before', async () => {
    await policy({ expiry: { maximumAgeDays: 90, warnDays: 14 } })
    const jo = await house.person()
    expect((await jo.ask<Me>('GET', '')).body.passwordExpiresAt).toBeUndefined()
    house.pass(80 * DAY)
    const near = house.jar()
    await near.submit(await signIn(near, await near.get('/t/main/login')), { later: 'yes' })
    const warned = await house.personWith(near)
    expect((await warned.ask<Me>('GET', '')).body.passwordExpiresAt).toMatch(/^2026-04-05/)
    house.pass(10 * DAY)
    const jar = house.jar()

    const page = await signIn(jar, await house.authorize(jar))

    expect(page.url.pathname).toBe('/t/main/password')
    const back = await jar.submit(page, { new_password: SECOND })
    expect(back.url.searchParams.has('code')).toBe(true)
    const again = house.jar()
    expect((await signIn(again, await house.authorize(again), 'jo', SECOND)).url.searchParams.has('code')).toBe(true)
  })

  test('holders of an excepted role are left alone, and so is everybody while there is no such rule', async () => {
    await house.stores().roles.save({ id: 'rol_robot001', name: 'robot', permissions: [], version: 0 }, {})
    await house.addUser('robot', PASSWORD, { roles: ['rol_robot001'] })
    await policy({ expiry: { maximumAgeDays: 1, warnDays: 0, exceptRoles: ['robot'] } })
    house.pass(400 * DAY)
    const where = async (name: string) => {
      const jar = house.jar()
      return (await signIn(jar, await house.authorize(jar), name)).url.pathname
    }

    expect([await where('robot'), await where('jo')]).toEqual(['/callback', '/t/main/password'])
    await policy({})
    expect(await where('jo')).toBe('/callback')
  })
})

describe('sessions and tokens after a new password', () => {
  test.each([
    ['others', 'jwt', [200, 401, 401, 400]],
    ['all', 'jwt', [401, 401, 401, 400]],
    ['none', 'jwt', [200, 200, 200, 200]],
    ['others', 'opaque', [200, 401, 401, 400]],
    ['none', 'opaque', [200, 200, 200, 200]],
  ] as const)('%s end (%s tokens)', async (endSessions, gatehouse_access_token_format, statuses) => {
    await policy({ endSessions })
    await house.addApplication('desk2', { gatehouse_skip_consent: true, gatehouse_access_token_format })
    const here = await house.person()
    const elsewhere = await house.person()
    const tokens = await tokensOf('desk2')

    expect((await change(here, PASSWORD, SECOND)).status).toBe(204)
    await house.settle()

    const after = [
      (await here.ask('GET', '')).status,
      (await elsewhere.ask('GET', '')).status,
      await tokens.userinfo(),
      await tokens.refresh(),
    ]
    expect(after).toEqual(statuses)
  })
})

test('whom an administrator gives a password is signed out everywhere, whatever the policy says', async () => {
  await policy({ endSessions: 'none' })
  const here = await house.person()
  const jo = await house.stores().users.findByName('jo')
  if (!jo) throw new Error('jo is gone')

  await setNewPassword(await house.context(), jo, { password: SECOND })

  expect((await here.ask('GET', '')).status).toBe(401)
})

describe('a service of breached passwords', () => {
  let server: Server
  let asked: { url: string | undefined; padding: string | undefined }[] = []
  let answer: (prefix: string) => { status?: number; body: string; headers?: Record<string, string> } = () => ({ body: '' })
  const digest = (password: string) => createHash('sha1').update(password).digest('hex').toUpperCase()
  const breached = (change: Partial<NonNullable<PasswordPolicy['breached']>> = {}) =>
    policy({ breached: { url: `http://localhost:${portOf(server)}/range/`, ifUnreachable: 'accept', atSignIn: false, ...change } })
  const padding = '0018A45C4D1DEF81644B54AB7F969B88D65:0'
  const knows = (password: string) => {
    answer = () => ({ body: [padding, `${digest(password).slice(5)}:42`].join('\r\n') })
  }

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push({ url: request.url, padding: request.headers['add-padding'] as string | undefined })
      const { status = 200, body, headers = {} } = answer(request.url?.slice('/range/'.length) ?? '')
      response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))
  beforeEach(() => {
    asked = []
    answer = () => ({ body: padding })
    Object.assign(house.house.ports, { egress: openEgress({ allowedLoopbackPorts: [portOf(server)], resolve: async () => ['127.0.0.1'] }) })
  })

  test('is told five digits of forty, and refuses what it knows; a second question of the same five is not asked', async () => {
    await breached()
    const jo = await house.person()
    knows(SECOND)

    expect(told(await change(jo, PASSWORD, SECOND))).toBe('password_common')
    expect(told(await change(jo, PASSWORD, SECOND))).toBe('password_common')
    expect(asked).toEqual([{ url: `/range/${digest(SECOND).slice(0, 5)}`, padding: 'true' }])
    expect((await change(jo, PASSWORD, THIRD)).status).toBe(204)
    house.pass(301)
    const before = asked.length
    expect(told(await change(jo, THIRD, SECOND))).toBe('password_common')
    expect(asked.length).toBe(before + 1)
  })

  test('padding, the digits of others and another case refuse nothing that they should not', async () => {
    await breached()
    answer = () => ({ body: [`${digest(SECOND).slice(5)}:0`, `${digest(THIRD).slice(5).toLowerCase()}:1`].join('\n') })
    const jo = await house.person()

    expect(told(await change(jo, PASSWORD, THIRD))).toBe('password_common')
    house.pass(301)
    expect((await change(jo, PASSWORD, SECOND)).status).toBe(204)
  })

  test.each<[string, () => ReturnType<typeof answer>]>([
    ['a page', () => ({ body: '<script>alert(1)</script>' })],
    ['a redirect', () => ({ status: 302, body: '', headers: { location: 'http://169.254.169.254/' } })],
    ['an outage', () => ({ status: 503, body: 'later' })],
    ['nothing', () => ({ body: '' })],
    ['too much', () => ({ body: `${padding}\n`.repeat(20_000) })],
    ['a right line among wrong ones', () => ({ body: `${digest(SECOND).slice(5)}:3\nGET / HTTP/1.1` })],
  ])(
    '%s is no answer: the bundled list still applies, the failure is recorded once an hour, and the tenant says what then',
    async (_, bad) => {
      await breached()
      answer = bad
      const jo = await house.person()

      expect(told(await change(jo, PASSWORD, 'password123'))).toBe('password_common')
      expect((await change(jo, PASSWORD, SECOND)).status).toBe(204)
      await breached({ ifUnreachable: 'refuse' })
      expect(told(await change(jo, SECOND, THIRD))).toBe('password_unchecked')
      const failures = await house.events('breach_check.failed')
      expect(failures).toHaveLength(1)
      expect(JSON.stringify(failures)).not.toContain(digest(SECOND).slice(0, 5))
    },
  )

  test('an address within is not asked, whatever the tenant says', async () => {
    await breached({ url: 'http://localhost:1/range/', ifUnreachable: 'refuse' })
    const jo = await house.person()

    expect(told(await change(jo, PASSWORD, SECOND))).toBe('password_unchecked')
    expect(asked).toEqual([])
  })

  test('at the sign-in, a right password that is known leads to a new one; a wrong one asks nobody', async () => {
    await breached({ atSignIn: true })
    knows(PASSWORD)
    const wrong = house.jar()
    await signIn(wrong, await house.authorize(wrong), 'jo', 'a wrong guess entirely')
    expect(asked).toEqual([])
    const jar = house.jar()

    const page = await signIn(jar, await house.authorize(jar))

    expect(page.url.pathname).toBe('/t/main/password')
    expect(page.body).toContain('seen in a breach')
    expect(await house.events('user.password_change_required')).toMatchObject([{ data: { because: 'breached' }, userId: house.jo.id }])
    expect((await jar.submit(page, { new_password: SECOND })).url.searchParams.has('code')).toBe(true)
  })

  test('at the sign-in, a service that does not answer lets people in, also where new passwords are refused', async () => {
    await breached({ atSignIn: true, ifUnreachable: 'refuse' })
    answer = () => ({ status: 503, body: '' })
    const jar = house.jar()

    expect((await signIn(jar, await house.authorize(jar))).url.searchParams.has('code')).toBe(true)
  })
})

async function tokensOf(client_id: string) {
  const jar = house.jar()
  const back = await signIn(jar, await house.authorize(jar, { client_id, code_challenge: CHALLENGE, scope: 'openid offline_access' }))
  const token = (fields: Record<string, string>) =>
    house.fetch('/t/main/oauth2/token', { method: 'POST', body: new URLSearchParams({ client_id, ...fields }) })
  const code = back.url.searchParams.get('code') ?? ''
  const answer = await token({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER })
  const { access_token, refresh_token } = (await answer.json()) as { access_token: string; refresh_token: string }
  return {
    userinfo: async () => (await house.fetch('/t/main/oauth2/userinfo', { headers: { authorization: `Bearer ${access_token}` } })).status,
    refresh: async () => (await token({ grant_type: 'refresh_token', refresh_token })).status,
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
