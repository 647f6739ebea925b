/** Beginning without a password: whether somebody has a name is told by nothing, and codes are neither guessed, nor used twice, nor sent without end. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Jar, Visit } from '../fixture/browser_jar.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import { type FirstStepHouse, openFirstStepHouse } from '../fixture/first_step_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

let house: FirstStepHouse

beforeEach(async () => {
  house = await openFirstStepHouse()
  await house.setFirst(['password', 'email_otp', 'sms_otp', 'magic_link'], { identifierFirst: true })
})

afterEach(() => house.close())

const WAYS = ['email_otp', 'sms_otp', 'magic_link'] as const

describe('telling strangers', () => {
  test.each(WAYS)('%s: known, unknown, without a proven address, suspended: the same pages for the same work', async (way) => {
    await house.addUser('un', PASSWORD)
    await house.addUser('su', PASSWORD, { active: false, emails: [{ value: 'su@example.org', primary: true, verified: true }] })

    // What is read of the application, once for all.
    await house.authorize(house.jar())
    const known = await walk(house.jar(), way, 'al')
    const others = [await walk(house.jar(), way, 'no'), await walk(house.jar(), way, 'un'), await walk(house.jar(), way, 'su')]

    for (const other of others) expect(other).toEqual(known)
    expect(known.length).toBe(way === 'magic_link' ? 8 : 6)
    expect((await house.sent()).every(({ address }) => address?.startsWith('al@') || address === '+491701234567')).toBe(true)
  })

  test('the page after the name asks nobody who that is: it follows from the policy, and not one unit is read for it', async () => {
    const pages = []
    for (const name of ['al', 'no']) {
      const jar = house.jar()
      const shown = await house.authorize(jar)
      const page = await jar.submit(shown, { username: name })
      pages.push({ body: bare(page.body, name), posted: house.logs.filter(({ message }) => message === 'request').at(-2)?.fields })
    }

    expect(pages[0]?.body).toBe(pages[1]?.body)
    expect(pages[0]?.body).toContain('name="password"')
    for (const { posted } of pages) expect(posted).toMatchObject({ method: 'POST', read: 0, write: 0 })
  })

  test('where the policy knows no password, nobody learns whether one is right', async () => {
    await house.setFirst(['email_otp'])
    const answers = []
    for (const password of [PASSWORD, 'a wrong guess entirely']) {
      const jar = house.jar()
      const shown = await house.authorize(jar)
      const visit = await jar.submit({ ...shown, body: shown.body.replaceAll('name="page"', 'name="none"') }, { username: 'al', password })
      answers.push({ ...house.told(), body: bare(visit.body, 'al') })
    }

    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject({ status: 422, write: 0 })
  })
})

describe('guessing', () => {
  test.each(['al', 'no'])(
    '%s: five tries, however many sign-ins and networks they are spread over; then even the right code waits',
    async (name) => {
      const answers: number[] = []
      for (let network = 0; network < 7; network++) {
        const jar = house.jar(`198.51.100.${network}`)
        answers.push((await guess(jar, await house.ask(jar, 'email_otp', name), network)).status)
      }

      expect(answers).toEqual([400, 400, 400, 400, 400, 429, 429])
      if (name === 'no') return
      const jar = house.jar('203.0.113.9')
      const page = await house.ask(jar, 'email_otp')
      const late = await jar.submit(page, { otp: await house.latestCode() })
      expect(late.status).toBe(429)
      expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
    },
  )

  test('fifty guesses at once are five', async () => {
    const jar = house.jar()
    const page = await house.ask(jar, 'email_otp')

    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => guess(jar, page, i)))

    expect(answers.filter(({ status }) => status === 400).length).toBeLessThanOrEqual(5)
  })

  test('a stranger who guesses here uses up no try of the code that follows the password', async () => {
    await house.setFirst(['password', 'email_otp'], { identifierFirst: true, further: ['email_otp'] })
    await house.addSent('email_otp', 'al@example.org', house.al)
    const stranger = house.jar('198.51.100.1')
    const page = await house.ask(stranger, 'email_otp')
    for (let i = 0; i < 7; i++) await guess(stranger, page, i)

    const own = house.jar()
    const named = await house.name(own, 'al')
    const mfa = await signIn(own, named, 'al')

    expect(mfa.url.pathname).toBe('/t/main/mfa')
    expect(codeFrom(await own.submit(mfa, { otp: await house.latestCode() }))).toBeTruthy()
  })

  test('nor does he keep the person out of a browser that they have used', async () => {
    const own = house.jar()
    await own.submit(await house.ask(own, 'email_otp'), { otp: await house.latestCode() })
    for (const name of [...own.cookies.keys()]) if (name.endsWith('.session')) own.cookies.delete(name)
    const stranger = house.jar('198.51.100.1')
    for (let i = 0; i < 12; i++) await house.ask(house.jar('198.51.100.1'), 'email_otp')
    const page = await house.ask(stranger, 'email_otp')
    for (let i = 0; i < 7; i++) await guess(stranger, page, i)

    expect(page.status).toBe(429)
    expect(codeFrom(await own.submit(await house.ask(own, 'email_otp'), { otp: await house.latestCode() }))).toBeTruthy()
  })

  test('every wrong code is a failure of its network, once, and says of which factor', async () => {
    const jar = house.jar()
    const page = await house.ask(jar, 'sms_otp')
    for (let i = 0; i < 3; i++) await guess(jar, page, i)

    const failed = await house.events('sign_in.failed')

    expect(failed.map(({ userId, data }) => ({ userId, ...data }))).toEqual(Array(3).fill({ userId: house.al.id, factor: 'sms_otp' }))
  })
})

describe('using a code twice, or elsewhere', () => {
  test('a code signs in once, also where the cookie of before is brought back', async () => {
    await house.addApplication('asks')
    const jar = house.jar()
    const page = await jar.submit(await house.authorize(jar, { client_id: 'asks' }), { username: 'al', way: 'email_otp' })
    const before = new Map(jar.cookies)
    const code = await house.latestCode()
    expect((await jar.submit(page, { otp: code })).url.pathname).toBe('/t/main/consent')
    for (const [name, cookie] of before) jar.cookies.set(name, cookie)

    expect((await jar.submit(page, { otp: code })).status).toBe(400)
  })

  test('four browsers that copied the cookie, at the same moment, are one', async () => {
    const jar = house.jar()
    const page = await house.ask(jar, 'email_otp')
    const code = await house.latestCode()
    const jars = Array.from({ length: 4 }, () => {
      const copy = house.jar()
      for (const [name, cookie] of jar.cookies) copy.cookies.set(name, cookie)
      return copy
    })

    const visits = await Promise.all(jars.map((copy) => copy.submit(page, { otp: code })))

    expect(visits.filter((visit) => codeFrom(visit) !== null)).toHaveLength(1)
  })

  test('a code is good for the sign-in, the name and the way that it was sent for, and for no other', async () => {
    const [attacker, own] = [house.jar('198.51.100.1'), house.jar()]
    const theirs = await house.ask(attacker, 'email_otp')
    const mine = await house.ask(own, 'email_otp')
    const code = await house.latestCode()
    expect((await attacker.submit(theirs, { otp: code })).status).toBe(400)
    expect((await own.submit(mine, { otp: code, way: 'sms_otp' })).status).toBe(400)

    await own.submit(await own.get(`/t/main/login?interaction=${interactionOf(own)}&switch=1`), { username: 'jo', way: 'email_otp' })
    expect((await own.submit(mine, { otp: code })).status).toBe(400)
  })

  test('a code lives five minutes', async () => {
    const jar = house.jar()
    const page = await house.ask(jar, 'email_otp')
    const code = await house.latestCode()
    house.pass(300)

    expect((await jar.submit(page, { otp: code })).status).toBe(400)
  })

  test('an address that is not the person’s any more receives nobody, though a code is on its way there', async () => {
    const jar = house.jar()
    const page = await house.ask(jar, 'email_otp')
    const code = await house.latestCode()
    const emails = [{ value: 'new@example.org', primary: true, verified: true }]
    await house.stores().users.update(house.al, { ...house.al, emails }, 'user.updated', {})

    expect((await jar.submit(page, { otp: code })).status).toBe(400)
  })
})

describe('flooding', () => {
  test('ten in an hour for one name, whoever asks and whether anybody has it', async () => {
    for (const name of ['al', 'no']) {
      const statuses = []
      for (let i = 0; i < 12; i++) statuses.push((await house.ask(house.jar(`198.51.100.${i}`), 'sms_otp', name)).status)
      expect(statuses).toEqual([...Array(10).fill(200), 429, 429])
    }
    expect(await house.sent()).toHaveLength(10)
  })

  test('for one sign-in five, each after a longer wait', async () => {
    const jar = house.jar()
    const page = await house.ask(jar, 'email_otp')
    const waits = []
    for (let i = 0; i < 4; i++) {
      const refused = await jar.submit(page, { action: 'resend' })
      expect(refused.status).toBe(429)
      const wait = Number(refused.headers.get('retry-after'))
      waits.push(wait)
      house.pass(wait)
      expect((await jar.submit(page, { action: 'resend' })).status).toBe(200)
    }

    expect(waits).toEqual([30, 60, 120, 240])
    house.pass(100)
    expect((await jar.submit(page, { action: 'resend' })).body).toContain('No more codes')
  })

  test('one network asks for sixty in an hour, whatever names it makes up', async () => {
    const statuses = []
    for (let i = 0; i < 62; i++) statuses.push((await house.ask(house.jar('198.51.100.7'), 'email_otp', `name${i}`)).status)

    expect(statuses).toEqual([...Array(60).fill(200), 429, 429])
  })
})

describe('the order of the pages', () => {
  test.each(['/login/code?way=email_otp', '/login/code?way=magic_link', '/login/code', '/login/link', '/login/link?opened=1'])(
    '%s before a name was given leads to where it is asked for',
    async (path) => {
      const jar = house.jar()
      await house.authorize(jar)

      const visit = await jar.get(`/t/main${path}${path.includes('?') ? '&' : '?'}interaction=${interactionOf(jar)}`)

      expect(visit.url.pathname).toBe('/t/main/login')
    },
  )

  test('a form of another sign-in, or without its token, is refused', async () => {
    const [jar, other] = [house.jar(), house.jar()]
    const page = await house.ask(jar, 'email_otp')
    await house.ask(other, 'email_otp')

    expect((await other.submit(page, { otp: await house.latestCode() })).status).toBe(410)
    expect((await jar.submit(page, { otp: await house.latestCode(), csrf: 'x' })).status).toBe(403)
  })

  test('a way that the policy does not name sends nothing', async () => {
    await house.setFirst(['password', 'email_otp'], { identifierFirst: true })

    const visit = await house.ask(house.jar(), 'sms_otp')

    expect(visit.url.pathname).toBe('/t/main/login')
    expect(await house.sent()).toEqual([])
  })

  test('the code of a mailbox is one thing: it does not stand in for a second factor as well', async () => {
    await house.setFirst(['email_otp', 'magic_link'], { further: ['email_otp', 'totp'] })
    await house.addSent('email_otp', 'al@example.org', house.al)
    const app = await house.addTotp(house.al)
    const jar = house.jar()

    const mfa = await jar.submit(await house.ask(jar, 'email_otp'), { otp: await house.latestCode() })

    expect(mfa.url.pathname).toBe('/t/main/mfa')
    expect(mfa.body).toContain('authenticator app')
    expect(mfa.body).not.toContain('Code by e-mail')
    expect(codeFrom(await jar.submit(mfa, { otp: app.code() }))).toBeTruthy()
  })
})

/** All that is met with one name, told without what is of each answer alone. */
async function walk(jar: Jar, way: (typeof WAYS)[number], name: string): Promise<unknown[]> {
  const answers: unknown[] = []
  let seen = house.logs.length
  const note = (visit: Visit) => {
    const cookies = [...jar.cookies].map(([cookie, { value }]) => `${cookie.replace(/int_.*/, '')} ${value.length}`)
    const requests = house.logs.slice(seen).filter(({ message }) => message === 'request')
    const work = requests.map(({ fields }) => ({ path: fields?.path, status: fields?.status, read: fields?.read, write: fields?.write }))
    seen = house.logs.length
    answers.push({ work, body: bare(visit.body, name), cookies, retryAfter: visit.headers.get('retry-after') })
    return visit
  }
  const page = note(await house.ask(jar, way, name))
  note(await jar.submit(page, { action: 'resend' }))
  for (let i = 0; i < 4; i++) note(await guess(jar, page, i))
  if (way === 'magic_link') {
    note(await jar.get(`/t/main/login/link?interaction=${interactionOf(jar)}&opened=1`))
    note(await jar.get(`/t/main/login/link/state?interaction=${interactionOf(jar)}`))
  }
  return answers
}

function guess(jar: Jar, page: Visit, number: number): Promise<Visit> {
  return jar.submit(page, { otp: `x${String(number).padStart(5, '0')}` })
}

function interactionOf(jar: Jar): string {
  return [...jar.cookies.keys()].map((name) => /\.interaction\.(int_[\w-]+)$/.exec(name)?.[1]).findLast((id) => id !== undefined) ?? ''
}

/** Without what is of this one answer: its nonce, its form's values, its interaction, the name. */
function bare(body: string, name: string): string {
  return body.replaceAll(/(?:nonce|value)="[^"]*"|int_[\w-]+/g, '').replaceAll(`>${name}<`, '')
}
