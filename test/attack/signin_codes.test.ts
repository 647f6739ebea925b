/** Guessing codes, and using them twice: across interactions, browsers and networks, and all at once. The attacker has the password. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Jar, Visit } from '../fixture/browser_jar.ts'
import { codeFrom, type FactorHouse, openFactorHouse } from '../fixture/factor_house.ts'
import { signIn } from '../fixture/sign_in_house.ts'

let house: FactorHouse

beforeEach(async () => {
  house = await openFactorHouse()
})

afterEach(() => house.close())

describe('guessing', () => {
  test.each(['totp', 'email_otp', 'sms_otp', 'recovery_code'] as const)(
    '%s: five tries, however many interactions and networks they are spread over; then even the right code waits',
    async (kind) => {
      const right = await enrol(kind)
      const answers: number[] = []
      for (let network = 0; network < 7; network++) {
        const jar = house.jar(`198.51.100.${network}`)
        answers.push((await guess(jar, await factorPage(jar, kind), network)).status)
      }

      expect(answers).toEqual([400, 400, 400, 400, 400, 429, 429])
      const jar = house.jar('203.0.113.9')
      const mfa = await factorPage(jar, kind)
      const late = await jar.submit(mfa, { otp: await right() })
      expect(late.status).toBe(429)
      expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
    },
  )

  test('fifty guesses at once are five', async () => {
    await house.addTotp()
    const jar = house.jar()
    const mfa = await house.begin(jar)

    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => guess(jar, mfa, i)))

    expect(answers.filter(({ status }) => status === 400).length).toBeLessThanOrEqual(5)
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(45)
  })

  test('the delay grows, and ends: nobody is locked out for good', async () => {
    const app = await house.addTotp()
    const jar = house.jar()
    const mfa = await house.begin(jar)
    for (let i = 0; i < 5; i++) await guess(jar, mfa, i)
    const first = await waitAt(jar, mfa)
    house.pass(first)
    await guess(jar, mfa, 6)
    const second = await waitAt(jar, mfa)
    house.pass(second)

    expect(second).toBeGreaterThan(first)
    expect(codeFrom(await jar.submit(mfa, { otp: app.code() }))).toBeTruthy()
  })

  test('whoever guesses elsewhere does not keep the person out of a browser that they have used', async () => {
    const app = await house.addTotp()
    const own = house.jar()
    await own.submit(await house.begin(own), { otp: app.code() })
    for (const name of [...own.cookies.keys()]) if (name.endsWith('.session')) own.cookies.delete(name)
    const attacker = house.jar('198.51.100.9')
    const mfa = await house.begin(attacker)
    for (let i = 0; i < 8; i++) await guess(attacker, mfa, i)
    // Another step of the app; the guesser's wait is over with it, so they guess again.
    house.pass(30)
    await guess(attacker, mfa, 9)

    expect((await attacker.submit(await house.begin(attacker), { otp: app.code() })).status).toBe(429)
    expect(codeFrom(await own.submit(await house.begin(own), { otp: app.code() }))).toBeTruthy()
  })

  test('guesses at codes are told apart from guesses at the password, and neither uses up the other', async () => {
    const app = await house.addTotp()
    const jar = house.jar()
    const mfa = await house.begin(jar)
    for (let i = 0; i < 4; i++) await guess(jar, mfa, i)

    expect((await house.begin(house.jar())).url.pathname).toBe('/t/main/mfa')
    expect(codeFrom(await jar.submit(mfa, { otp: app.code() }))).toBeTruthy()
  })

  test('every wrong code is a failure of its network, once, and says of which factor', async () => {
    await house.addTotp()
    const jar = house.jar()
    const mfa = await house.begin(jar)
    for (let i = 0; i < 3; i++) await guess(jar, mfa, i)

    const failed = await house.events('sign_in.failed')

    expect(failed.map(({ userId, data }) => ({ userId, ...data }))).toEqual(Array(3).fill({ userId: house.jo.id, factor: 'totp' }))
  })

  test('a sent code has five tries of its own, and another code gives none back', async () => {
    await house.addSent('email_otp', 'jo@example.net')
    const known = house.jar()
    const mfa = await house.begin(known)
    for (let i = 0; i < 5; i++) await guess(known, mfa, i)
    house.pass(60)
    await known.submit(mfa, { action: 'resend' })

    const late = await known.submit(mfa, { otp: (await house.sentCodes()).latest })

    expect(late.status).toBe(400)
    expect(late.body).toContain('no longer valid')
  })

  test('messages are limited per person and per address, however many sign-ins are begun', async () => {
    await house.addSent('sms_otp', '+491701234567')
    for (let i = 0; i < 12; i++) await house.begin(house.jar(`198.51.100.${i}`))

    expect((await house.sentCodes()).count).toBe(10)
  })
})

test('who has the password and nothing else is held up at the password, too: five sign-ins that come to no end are five tries', async () => {
  await house.addTotp()
  const answers: number[] = []
  for (let i = 0; i < 6; i++) {
    const jar = house.jar(`198.51.100.${i}`)
    answers.push((await signIn(jar, await house.authorize(jar))).status)
  }

  expect(answers).toEqual([200, 200, 200, 200, 200, 429])
})

test('whoever asks for codes elsewhere does not use up those of a browser that the person has used', async () => {
  await house.addSent('email_otp', 'jo@example.net')
  const own = house.jar()
  await own.submit(await house.begin(own), { otp: (await house.sentCodes()).latest })
  for (const name of [...own.cookies.keys()]) if (name.endsWith('.session')) own.cookies.delete(name)
  for (let i = 0; i < 12; i++) await house.begin(house.jar(`198.51.100.${i}`))

  expect((await house.begin(house.jar('198.51.100.99'))).status).toBe(429)
  expect(codeFrom(await own.submit(await house.begin(own), { otp: (await house.sentCodes()).latest }))).toBeTruthy()
})

describe('using a code twice', () => {
  test('a code of an authenticator app is spent in every interaction and browser, and so are those before it', async () => {
    const app = await house.addTotp()
    const jars = [house.jar(), house.jar('198.51.100.1')]
    const pages = await Promise.all(jars.map((jar) => house.begin(jar)))
    const code = app.code()
    const earlier = app.code(-1)

    expect(codeFrom(await submit(jars[0], pages[0], code))).toBeTruthy()
    expect((await submit(jars[1], pages[1], code)).status).toBe(400)
    expect((await submit(jars[1], pages[1], earlier)).status).toBe(400)
  })

  test.each(['totp', 'recovery_code'] as const)('%s: ten browsers at the same moment are one', async (kind) => {
    const right = await enrol(kind)
    const code = await right()
    const jars = Array.from({ length: 4 }, (_, i) => house.jar(`198.51.100.${i}`))
    const pages: Visit[] = []
    for (const jar of jars) pages.push(await factorPage(jar, kind))

    const visits = await Promise.all(jars.map((jar, i) => submit(jar, pages[i], code)))

    expect(visits.filter((visit) => codeFrom(visit) !== null)).toHaveLength(1)
  })

  test('a sent code is good in the interaction that asked for it, and nowhere else', async () => {
    await house.addSent('email_otp', 'jo@example.net')
    const [attacker, own] = [house.jar('198.51.100.1'), house.jar()]
    const theirs = await house.begin(attacker)
    const mine = await house.begin(own)
    const code = (await house.sentCodes()).latest

    expect((await attacker.submit(theirs, { otp: code })).status).toBe(400)
    expect(codeFrom(await own.submit(mine, { otp: code }))).toBeTruthy()
  })

  test('a sent code is spent by its first use, also where the cookie of before is brought back', async () => {
    await house.addSent('email_otp', 'jo@example.net')
    await house.addApplication('asks')
    const jar = house.jar()
    const mfa = await house.begin(jar, { client_id: 'asks' })
    const before = new Map(jar.cookies)
    const code = (await house.sentCodes()).latest
    expect((await jar.submit(mfa, { otp: code })).url.pathname).toBe('/t/main/consent')
    for (const [name, cookie] of before) jar.cookies.set(name, cookie)

    expect((await jar.submit(mfa, { otp: code })).status).toBe(400)
  })

  test('a sent code lives five minutes', async () => {
    await house.addSent('email_otp', 'jo@example.net')
    const jar = house.jar()
    const mfa = await house.begin(jar)
    const code = (await house.sentCodes()).latest
    house.pass(300)

    expect((await jar.submit(mfa, { otp: code })).status).toBe(400)
  })

  test('a code that was replaced is worth nothing', async () => {
    await house.addSent('email_otp', 'jo@example.net')
    const jar = house.jar()
    const mfa = await house.begin(jar)
    const first = (await house.sentCodes()).latest
    house.pass(31)
    await jar.submit(mfa, { action: 'resend' })

    expect((await jar.submit(mfa, { otp: first })).status).toBe(400)
    expect(codeFrom(await jar.submit(mfa, { otp: (await house.sentCodes()).latest }))).toBeTruthy()
  })

  test('the store holds neither a code nor a hash that could be searched', async () => {
    await house.addSent('email_otp', 'jo@example.net')
    await house.begin(house.jar())
    const { latest, event } = await house.sentCodes()

    const stored = await house.stores().oneTimePasswords.find(String(event.data?.challenge))

    expect(JSON.stringify(stored)).not.toContain(latest)
    expect(Object.keys(stored ?? {}).sort()).toEqual(
      [
        'address',
        'clientId',
        'expiresAt',
        'id',
        'kind',
        'locale',
        'nextSendAt',
        'nonce',
        'purpose',
        'sends',
        'sentAt',
        'tries',
        'userId',
      ].sort(),
    )
  })
})

describe('telling strangers', () => {
  test('before the password was right, nothing says that somebody has a second factor, or exists', async () => {
    await house.addUser('al', 'another walk by the lake 8')
    await house.addTotp()
    const answer = async (username: string) => {
      const jar = house.jar()
      const visit = await jar.submit(await house.authorize(jar), { username, password: 'a wrong guess entirely' })
      const line = house.logs.findLast(({ message }) => message === 'request')?.fields
      return { status: visit.status, read: line?.read, write: line?.write, body: bare(visit.body) }
    }

    const [withFactor, without, nobody] = [await answer('jo'), await answer('al'), await answer('nobody')]

    expect(without).toEqual(withFactor)
    expect(nobody).toEqual(withFactor)
  })
})

type Kind = 'totp' | 'email_otp' | 'sms_otp' | 'recovery_code'

/** Gives the next right code. */
async function enrol(kind: Kind): Promise<() => Promise<string>> {
  if (kind === 'email_otp' || kind === 'sms_otp') {
    await house.addSent(kind, kind === 'email_otp' ? 'jo@example.net' : '+491701234567')
    return async () => (await house.sentCodes()).latest
  }
  const app = await house.addTotp()
  if (kind === 'totp') return async () => app.code()
  const codes = await house.addRecoveryCodes()
  return async () => codes[0] ?? ''
}

async function factorPage(jar: Jar, kind: Kind): Promise<Visit> {
  const mfa = await house.begin(jar)
  if (kind !== 'recovery_code') return mfa
  const href = /<a href="([^"]*)">\s*Recovery code/.exec(mfa.body)?.[1]?.replaceAll('&amp;', '&')
  return href === undefined ? mfa : jar.get(href)
}

function guess(jar: Jar, mfa: Visit, number: number): Promise<Visit> {
  return jar.submit(mfa, { otp: `x${String(number).padStart(5, '0')}` })
}

async function waitAt(jar: Jar, mfa: Visit): Promise<number> {
  return Number((await guess(jar, mfa, 9)).headers.get('retry-after'))
}

function submit(jar: Jar | undefined, mfa: Visit | undefined, otp: string): Promise<Visit> {
  if (!jar || !mfa) throw new Error('there is a page for each browser')
  return jar.submit(mfa, { otp })
}

/** Without what is of this one answer: its nonce, its form's values, its interaction. */
function bare(body: string): string {
  return body.replaceAll(/(?:nonce|value|data-options)="[^"]*"|int_[\w-]+/g, '')
}
