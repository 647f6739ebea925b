/** Approval of a sign-in in My Account: the way, and every way past the person. */
import type { Me, MySignInRequests } from '@gatehouse/core/my_account.ts'
import { PUSH_PROOF_SECONDS, PUSH_SECONDS } from '@gatehouse/core/push.ts'
import type { User } from '@gatehouse/core/user.ts'
import { addCredential, newCredential, removeCredential } from '@gatehouse/identity/credentials.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Jar, Visit } from '../fixture/browser_jar.ts'
import { type Authenticator, codeFrom, type FactorHouse, openFactorHouse } from '../fixture/factor_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

type Answer<T> = { readonly status: number; readonly body: T }

let house: FactorHouse
let app: Authenticator

beforeEach(async () => {
  house = await openFactorHouse()
  app = await house.addTotp()
  await addPush(house.jo)
  // So that the page asks for it first.
  house.pass(30)
})
afterEach(() => house.close())

async function addPush(user: User): Promise<void> {
  const here = await house.context()
  await addCredential(here, user.id, { ...newCredential(here, ''), kind: 'push' })
}

/** Jo's phone: signed in with password and app. */
async function phone(): Promise<Jar> {
  const jar = house.jar()
  const mfa = await house.begin(jar)
  const byApp = await jar.get(`${mfa.url.pathname}${mfa.url.search}&credential=${app.credential.id}`)
  expect(codeFrom(await jar.submit(byApp, { otp: app.code() }))).toBeTruthy()
  return jar
}

/** Another browser, which waits. */
async function elsewhere(jar = house.jar('198.51.100.9')): Promise<{ jar: Jar; mfa: Visit; number: string }> {
  const asked = await house.begin(jar)
  const { id } = (await house.stores().credentials.list(house.jo.id)).find(({ kind }) => kind === 'push') ?? { id: '' }
  const mfa = await jar.get(`/t/main/mfa?interaction=${asked.url.searchParams.get('interaction')}&credential=${id}`)
  return { jar, mfa, number: numberOf(mfa) }
}

function numberOf({ body }: Visit): string {
  return /class="awaited"[^>]*>(\d\d)</.exec(body)?.[1] ?? ''
}

async function ask<T>(jar: Jar, method: string, path: string, body?: unknown): Promise<Answer<T>> {
  const cookie = [...jar.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  const at = (address: string, init: RequestInit) =>
    house.fetch(`/t/main/api/v1/me${address}`, { ...init, headers: { cookie, ...init.headers } })
  const me = (await (await at('', {})).json()) as Me
  const response = await at(path, {
    method,
    headers: { 'x-csrf-token': me.csrfToken, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T }
}

const waiting = (jar: Jar) => ask<MySignInRequests>(jar, 'GET', '/sign-in-requests')
const decide = (jar: Jar, id: string, body: object) => ask<{ outcome?: string }>(jar, 'POST', `/sign-in-requests/${id}`, body)
const idOn = async (jar: Jar) => (await waiting(jar)).body.items[0]?.id ?? ''
const state = async (jar: Jar, mfa: Visit) => {
  const poll = /data-poll="([^"]*)"/.exec(mfa.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  return JSON.parse((await jar.get(poll)).body) as { state: string }
}

describe('the way', () => {
  test('the number that one browser shows is picked in the other, and the first goes on; once', async () => {
    const own = await phone()
    const { jar, mfa, number } = await elsewhere()
    expect(await state(jar, mfa)).toEqual({ state: 'open' })
    const { body } = await waiting(own)
    expect(body).toMatchObject({ mayApprove: true, items: [{ applicationName: 'Application desk', ip: '198.51.100.9' }] })
    expect(body.items[0]?.numbers).toHaveLength(3)
    expect(body.items[0]?.numbers).toContain(number)
    const early = await jar.submit(mfa, {})
    expect(early.body).toContain('Not approved yet')

    expect(await decide(own, await idOn(own), { decision: 'approve', number })).toMatchObject({ body: { outcome: 'approved' } })
    expect(await state(jar, mfa)).toEqual({ state: 'decided' })
    expect(codeFrom(await jar.submit(mfa, {}))).toBeTruthy()
    expect((await waiting(own)).body.items).toEqual([])
  })

  test('it is switched on in My Account beside another factor, and goes with the last of those', async () => {
    const own = await phone()
    const here = await house.context()
    const push = (await here.stores.credentials.list(house.jo.id)).find(({ kind }) => kind === 'push')
    await removeCredential(here, house.jo.id, push?.id ?? 'crd_none')
    expect((await ask(own, 'GET', '/credentials')).body).toMatchObject({ pushOffered: true })

    expect((await ask(own, 'POST', '/credentials/push')).status).toBe(204)
    expect((await ask(own, 'POST', '/credentials/push')).status).toBe(409)
    expect((await ask(own, 'GET', '/credentials')).body).toMatchObject({ pushOffered: false })

    await removeCredential(here, house.jo.id, app.credential.id)
    expect((await here.stores.users.find(house.jo.id))?.factors ?? []).toEqual([])
  })

  test('asked, approved and refused are events, and the person is told of a no', async () => {
    const own = await phone()
    await elsewhere()
    await decide(own, await idOn(own), { decision: 'deny' })

    expect(await house.events('push.asked')).toHaveLength(1)
    expect(await house.events('push.denied')).toMatchObject([
      { userId: house.jo.id, data: { reason: 'not_me', from: '198.51.100.9' }, audited: true },
    ])
  })
})

describe('refused', () => {
  test('a wrong number is a no, and a right one afterwards comes too late', async () => {
    const own = await phone()
    const { jar, mfa, number } = await elsewhere()
    const { items } = (await waiting(own)).body
    const [id, wrong] = [items[0]?.id ?? '', items[0]?.numbers.find((one) => one !== number) ?? '']

    expect(await decide(own, id, { decision: 'approve', number: wrong })).toMatchObject({ body: { outcome: 'wrong_number' } })
    expect((await decide(own, id, { decision: 'approve', number })).status).toBe(409)
    expect((await jar.submit(mfa, {})).status).toBe(403)
  })

  test('approving, refusing and approving at once: one decision stands', async () => {
    const own = await phone()
    const { jar, mfa, number } = await elsewhere()
    const id = await idOn(own)

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => decide(own, id, index % 2 ? { decision: 'deny' } : { decision: 'approve', number })),
    )

    const stood = answers.filter(({ status }) => status === 200)
    expect(stood).toHaveLength(1)
    expect(codeFrom(await jar.submit(mfa, {})) !== null).toBe(stood[0]?.body.outcome === 'approved')
  })

  test('an approval is used once, however often the form is sent', async () => {
    const own = await phone()
    const { jar, mfa, number } = await elsewhere()
    const kept = [...jar.cookies]
    await decide(own, await idOn(own), { decision: 'approve', number })

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => {
        const copy = house.jar('198.51.100.9')
        for (const [name, cookie] of kept) copy.cookies.set(name, cookie)
        return copy.submit(mfa, {})
      }),
    )

    expect(answers.filter((answer) => codeFrom(answer) !== null)).toHaveLength(1)
  })

  test('another person, signed in as strongly, neither sees nor decides it', async () => {
    const mo = await house.addUser('mo', 'a long walk in the hills 3')
    const theirs = await house.addTotp(mo)
    await addPush(mo)
    const jar = house.jar()
    const mfa = await signIn(jar, await house.authorize(jar), 'mo', 'a long walk in the hills 3')
    const byApp = await jar.get(`${mfa.url.pathname}${mfa.url.search}&credential=${theirs.credential.id}`)
    expect(codeFrom(await jar.submit(byApp, { otp: theirs.code() }))).toBeTruthy()
    const own = await phone()
    const { number } = await elsewhere()

    expect((await waiting(jar)).body.items).toEqual([])
    expect((await decide(jar, await idOn(own), { decision: 'approve', number })).status).toBe(404)
  })

  test('the session that asks, on a step-up, approves nothing of its own; it does not even see it', async () => {
    const own = await phone()
    house.pass(60)
    const asked = await own.get('/t/main/login?max_age=0&continue=/account')
    const again = await signIn(own, asked)
    const { id: credential } = (await house.stores().credentials.list(house.jo.id)).find(({ kind }) => kind === 'push') ?? { id: '' }
    const mfa = await own.get(`/t/main/mfa?interaction=${again.url.searchParams.get('interaction')}&credential=${credential}`)
    const [request] = await house.stores().pushRequests.listOpen(house.jo.id)

    expect(numberOf(mfa)).not.toBe('')
    expect((await waiting(own)).body.items).toEqual([])
    expect((await decide(own, request?.id ?? '', { decision: 'approve', number: numberOf(mfa) })).status).toBe(403)
  })

  test('a session that was let in by an approval approves no other', async () => {
    const own = await phone()
    const first = await elsewhere()
    await decide(own, await idOn(own), { decision: 'approve', number: first.number })
    expect(codeFrom(await first.jar.submit(first.mfa, {}))).toBeTruthy()
    house.pass(60)
    const second = await elsewhere(house.jar('203.0.113.7'))

    expect((await waiting(first.jar)).body.mayApprove).toBe(false)
    expect((await decide(first.jar, await idOn(first.jar), { decision: 'approve', number: second.number })).status).toBe(401)
    expect(await decide(first.jar, await idOn(first.jar), { decision: 'deny' })).toMatchObject({ body: { outcome: 'denied' } })
  })

  test('a session whose own proof is old must prove it anew', async () => {
    const own = await phone()
    house.pass(PUSH_PROOF_SECONDS - 60)
    const { number } = await elsewhere()
    const id = await idOn(own)
    house.pass(60)

    expect((await decide(own, id, { decision: 'approve', number })).status).toBe(401)
  })

  test('after three minutes nobody decides, and what was approved is not kept for later', async () => {
    const own = await phone()
    const { jar, mfa, number } = await elsewhere()
    const id = await idOn(own)
    house.pass(PUSH_SECONDS)
    expect((await decide(own, id, { decision: 'approve', number })).status).toBe(409)
    expect((await jar.submit(mfa, {})).status).toBe(400)

    const other = await elsewhere(house.jar('203.0.113.7'))
    await decide(own, await idOn(own), { decision: 'approve', number: other.number })
    house.pass(PUSH_SECONDS + 60)
    expect((await other.jar.submit(other.mfa, {})).status).toBe(400)
  })

  test('the page cannot be skipped: no approval, no code, whatever is posted', async () => {
    const { jar, mfa } = await elsewhere()

    const posts: Record<string, string>[] = [{}, { otp: '00' }, { otp: 'approved' }, { decision: 'approve' }, { state: 'approved' }]
    for (const fields of posts) expect(codeFrom(await jar.submit(mfa, fields))).toBeNull()
  })

  test('without a token of our page, or from another site, nothing is decided', async () => {
    const own = await phone()
    const { number } = await elsewhere()
    const id = await idOn(own)
    const cookie = [...own.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
    const post = (headers: Record<string, string>) =>
      house.fetch(`/t/main/api/v1/me/sign-in-requests/${id}`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ decision: 'approve', number }),
      })

    expect((await post({})).status).toBe(403)
    expect((await post({ 'x-csrf-token': 'x', origin: 'https://evil.example' })).status).toBe(403)
    expect((await waiting(own)).body.items).toHaveLength(1)
  })
})

describe('nobody is worn down', () => {
  test('two wait at a time; a third is told to wait', async () => {
    const own = await phone()
    await elsewhere(house.jar('198.51.100.1'))
    await elsewhere(house.jar('198.51.100.2'))

    const third = await elsewhere(house.jar('198.51.100.3'))

    expect(third.number).toBe('')
    expect(third.mfa.status).toBe(429)
    expect((await waiting(own)).body.items).toHaveLength(2)
  })

  test('after "it was not me" nobody asks from elsewhere for a while; a browser that the person knows still may', async () => {
    const own = await phone()
    await elsewhere()
    await decide(own, await idOn(own), { decision: 'deny' })

    expect((await elsewhere(house.jar('203.0.113.7'))).number).toBe('')
    forgetSession(own)
    expect((await elsewhere(own)).number).not.toBe('')
    house.pass(900)
    expect((await elsewhere(house.jar('203.0.113.8'))).number).not.toBe('')
  })

  test('within a sign-in each further question waits longer; ten in an hour are enough', async () => {
    const { jar, mfa } = await elsewhere()
    expect((await jar.submit(mfa, { action: 'resend' })).status).toBe(429)
    house.pass(31)
    const again = await jar.submit(mfa, { action: 'resend' })
    expect(numberOf(again)).not.toBe('')
    house.pass(31)
    expect((await jar.submit(again, { action: 'resend' })).status).toBe(429)
    let shown = 2
    for (let i = 0; i < 12; i++) {
      house.pass(PUSH_SECONDS)
      if ((await elsewhere(house.jar(`198.51.100.${i + 20}`))).number !== '') shown++
    }

    expect(shown).toBe(10)
  })

  test('a former question is dead when another takes its place', async () => {
    const own = await phone()
    const { jar, mfa, number } = await elsewhere()
    const before = (await waiting(own)).body.items[0]?.askedAt
    house.pass(31)
    const again = await jar.submit(mfa, { action: 'resend' })
    const { items } = (await waiting(own)).body

    expect(items).toHaveLength(1)
    expect(items[0]?.askedAt).not.toBe(before)
    if (number !== numberOf(again))
      expect((await decide(own, items[0]?.id ?? '', { decision: 'approve', number })).body.outcome).toBe('wrong_number')
  })
})

function forgetSession(jar: Jar): void {
  for (const name of [...jar.cookies.keys()]) if (name.endsWith('.session')) jar.cookies.delete(name)
}

test('the password is not enough to switch approvals on: it takes the factor that stands already', async () => {
  await house.addUser('li', PASSWORD)
  const jar = house.jar()
  await signIn(jar, await house.authorize(jar), 'li')

  expect((await ask(jar, 'POST', '/credentials/push')).status).toBe(409)
})
