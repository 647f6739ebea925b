/** Going round the proof of work, on each form that asks for it. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Jar, Visit } from '../fixture/browser_jar.ts'
import { challengeOf, EASY, setCaptcha, solution, solved, tooEasy } from '../fixture/captcha_house.ts'
import { openSignInHouse, PASSWORD, type SignInHouse } from '../fixture/sign_in_house.ts'

const RIGHT = { username: 'jo', password: PASSWORD }
const WRONG = { username: 'jo', password: 'a wrong guess entirely' }

let house: SignInHouse

beforeEach(async () => {
  house = await openSignInHouse()
})
afterEach(() => house.close())

describe('where sign-in always asks', () => {
  let jar: Jar
  let login: Visit

  beforeEach(async () => {
    await setCaptcha(house, {})
    jar = house.jar()
    login = await house.authorize(jar)
  })

  test('who worked for it signs in; nobody else does, and no password is compared for them', async () => {
    const before = house.hashes()
    const answers: Record<string, string>[] = [
      {},
      { captcha_answer: '' },
      { captcha_challenge: '' },
      { captcha_answer: '-1' },
      { captcha_answer: '1e3' },
    ]
    for (const answer of answers) expect((await jar.submit(login, { ...RIGHT, ...answer })).status).toBe(403)
    expect(house.hashes()).toBe(before)

    expect((await jar.submit(login, { ...RIGHT, ...solved(login) })).url.pathname).toBe('/t/main/consent')
  })

  test('a solution is spent with its first use, also where the password was wrong', async () => {
    const work = solved(login)

    expect((await jar.submit(login, { ...WRONG, ...work })).status).toBe(400)
    const before = house.hashes()
    expect((await jar.submit(login, { ...RIGHT, ...work })).status).toBe(403)
    expect(house.hashes()).toBe(before)
  })

  test('of fifty posts at once with one solution, one is compared', async () => {
    const [work, before] = [solved(login), house.hashes()]

    const answers = await Promise.all(Array.from({ length: 50 }, () => jar.submit(login, { ...WRONG, ...work })))

    expect(answers.filter(({ status }) => status === 400)).toHaveLength(1)
    expect(house.hashes() - before).toBe(1)
  })

  test('a form that is not filled in spends nothing', async () => {
    const work = solved(login)
    expect((await jar.submit(login, { username: 'jo', password: '', ...work })).status).toBe(422)

    expect((await jar.submit(login, { ...RIGHT, ...work })).url.pathname).toBe('/t/main/consent')
  })

  test('a solution of another sign-in, in this browser or another, is none', async () => {
    const other = await house.authorize(jar, { state: 'another' })
    const elsewhere = await house.authorize(house.jar())

    for (const from of [other, elsewhere])
      expect((await jar.submit(login, { ...RIGHT, captcha_challenge: challengeOf(from), ...solved(from) })).status).toBe(403)
  })

  test('a solution of another tenant is none', async () => {
    await house.addTenant('acme')
    await house.addApplication('desk', {}, undefined, 'acme')
    await setCaptcha(house, {}, 'acme')
    const acme = house.jar()
    const there = await acme.get('/t/acme/login')

    expect((await jar.submit(login, { ...RIGHT, captcha_challenge: challengeOf(there), ...solved(there) })).status).toBe(403)
  })

  test('a solution of another form is none', async () => {
    const signUp = await jar.get(`/t/main/signup?${login.url.searchParams}`)
    expect(challengeOf(signUp)).not.toBe('')

    expect((await jar.submit(login, { ...RIGHT, captcha_challenge: challengeOf(signUp), ...solved(signUp) })).status).toBe(403)
  })

  test('less work than was asked for, and a challenge of one’s own, are refused', async () => {
    const challenge = challengeOf(login)
    const forged = Buffer.from(JSON.stringify({ id: 'x', form: 'sign_in', difficulty: 1, issuedAt: 4_000_000_000 })).toString('base64url')

    expect((await jar.submit(login, { ...RIGHT, captcha_answer: tooEasy(challenge) })).status).toBe(403)
    expect((await jar.submit(login, { ...RIGHT, captcha_challenge: forged, captcha_answer: solution(forged) })).status).toBe(403)
  })

  test('a challenge is too old after ten minutes, though its sign-in may live longer', async () => {
    await setCaptcha(house, { forms: ['sign_up'] })
    const first = await jar.get('/t/main/signup')
    house.pass(590)
    const again = await jar.get(`/t/main/signup/profile?${first.url.searchParams}&username=robin`)
    house.pass(20)

    const late = await jar.submit(first, { username: 'robin', ...solved(first) })

    expect(again.status).toBe(200)
    expect(late.status).toBe(403)
    expect(late.body).toContain('too old')
  })

  test('a failed check is a failure of the network, recorded, and a missing one is none', async () => {
    await jar.submit(login, RIGHT)
    await jar.submit(login, { ...RIGHT, captcha_answer: tooEasy(challengeOf(login)) })

    const events = (await house.house.ports.stream.read(1000)).map(({ event }) => event as unknown as HouseEvent)

    expect(events.filter(({ kind }) => kind === 'captcha.failed')).toMatchObject([{ data: { provider: 'proof_of_work', form: 'sign_in' } }])
    expect(await house.stores().networkTries.find('192.0.2.1')).toMatchObject({ failures: 1 })
  })

  test('the page allows a worker of our own, and nothing of anybody else’s', () => {
    const csp = login.headers.get('content-security-policy') ?? ''

    expect(csp).toContain("worker-src 'self'")
    expect(csp).not.toContain('https://challenges')
    expect(csp).not.toContain('frame-src')
  })
})

describe('who cannot do it waits instead', () => {
  test('not a second less than the policy says, on the page that they have, and once', async () => {
    await setCaptcha(house, { waitSeconds: 60 })
    const jar = house.jar()
    const login = await house.authorize(jar)
    house.pass(40)
    const early = await jar.submit(login, WRONG)
    expect(early.status).toBe(403)
    expect(early.body).toContain('in 20 seconds')
    expect(challengeOf(early)).toBe(challengeOf(login))
    house.pass(20)

    expect((await jar.submit(early, WRONG)).status).toBe(400)
    expect((await jar.submit(early, WRONG)).status).toBe(403)
  })

  test('a network does so five times in ten minutes, however many pages it keeps open; another network is not held up', async () => {
    await setCaptcha(house, { waitSeconds: 15 })
    const pages = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const jar = house.jar('198.51.100.9')
        return { jar, login: await house.authorize(jar) }
      }),
    )
    const elsewhere = house.jar('203.0.113.5')
    const there = await house.authorize(elsewhere)
    house.pass(15)

    const answers = await Promise.all(pages.map(({ jar, login }, index) => jar.submit(login, { ...WRONG, username: `name-${index}` })))

    expect(answers.filter(({ status }) => status === 400)).toHaveLength(5)
    expect((await elsewhere.submit(there, RIGHT)).url.pathname).toBe('/t/main/consent')
  })
})

describe('by risk', () => {
  beforeEach(() => setCaptcha(house, { when: 'by_risk' }))

  const tryOnce = async (jar: Jar, username: string) => jar.submit(await house.authorize(jar), { username, password: 'wrong' })

  test('the third failure of a name brings the check, for a name that nobody has as well; the right password without it is not looked at', async () => {
    for (const username of ['jo', 'nobody-has-this-name']) {
      const jar = house.jar()
      for (let i = 0; i < 2; i++) expect(challengeOf(await tryOnce(jar, username))).toBe('')
      const third = await tryOnce(jar, username)
      expect(third.status).toBe(400)
      expect(challengeOf(third)).not.toBe('')

      const before = house.hashes()
      const bare = await house.jar().submit(await house.authorize(house.jar()), { username, password: PASSWORD })
      expect(bare.status).not.toBe(400)
      const fresh = house.jar()
      const asked = await fresh.submit(await house.authorize(fresh), { username, password: PASSWORD })
      expect(asked.status).toBe(403)
      expect(challengeOf(asked)).not.toBe('')
      expect(house.hashes()).toBe(before)
    }
  })

  test('with the check the person signs in, and whose sign-ins succeeded is not asked', async () => {
    const jar = house.jar()
    for (let i = 0; i < 3; i++) await tryOnce(jar, 'jo')
    const login = await jar.submit(await house.authorize(jar), RIGHT)

    const arrived = await jar.submit(login, { ...RIGHT, ...solved(login) })
    await jar.submit(arrived, { decision: 'allow' })

    const fresh = house.jar()
    expect((await fresh.submit(await house.authorize(fresh), RIGHT)).url.searchParams.has('code')).toBe(true)
  })

  test('a network that failed ten times is asked whatever the name, and others are not', async () => {
    const jar = house.jar('198.51.100.9')
    for (let i = 0; i < 10; i++) await tryOnce(jar, `name-${i}`)

    expect((await tryOnce(jar, 'another-name')).status).toBe(403)
    expect((await tryOnce(house.jar('203.0.113.5'), 'another-name')).status).toBe(400)
  })

  test('the plain way reads and writes what it did without a policy', async () => {
    const costOf = async (name: string, password: string) => {
      await house.addUser(name, password)
      const jar = house.jar()
      const login = await house.authorize(jar)
      const line = house.logs.length
      await jar.submit(login, { username: name, password })
      const { read, write } = house.logs.slice(line).find(({ message }) => message === 'request')?.fields ?? {}
      return { read, write }
    }
    const withPolicy = await costOf('one', 'the first of the walks 1')
    await setCaptcha(house, { when: 'never' })

    expect(await costOf('two', 'the second of the walks 2')).toEqual(withPolicy)
  })

  test('who looks up many names to register has to show that they are no program', async () => {
    const jar = house.jar('198.51.100.9')
    const signUp = await jar.get('/t/main/signup')
    expect(challengeOf(signUp)).toBe('')
    for (let i = 0; i < 10; i++) await jar.submit(signUp, { username: 'jo' })

    const asked = await jar.submit(signUp, { username: 'jo' })

    expect(asked.status).toBe(403)
    expect(asked.body).not.toContain('taken')
    expect((await jar.submit(asked, { username: 'jo', ...solved(asked) })).body).toContain('taken')
  })
})

describe('where registration always asks', () => {
  test('neither step looks a name up, hashes a password or makes an account without it', async () => {
    await setCaptcha(house, { forms: ['sign_up'] })
    const jar = house.jar()
    const signUp = await jar.get('/t/main/signup')
    const taken = await jar.submit(signUp, { username: 'jo' })
    expect(taken.status).toBe(403)
    expect(taken.body).not.toContain('taken')
    const profile = await jar.submit(taken, { username: 'robin', ...solved(taken) })
    expect(profile.url.pathname).toBe('/t/main/signup/profile')
    const fields = {
      given_name: 'Robin',
      family_name: 'Rider',
      email: 'robin@example.org',
      new_password: 'a walk along the river 9',
      accept_terms: 'true',
    }
    const before = house.hashes()
    const refused = await jar.submit(profile, fields)
    expect(refused.status).toBe(403)
    expect(house.hashes()).toBe(before)
    expect(await house.stores().users.findNameHolder('robin')).toBeUndefined()

    const made = await jar.submit(refused, { ...fields, ...solved(refused) })

    expect(made.url.pathname).toBe('/t/main/signup/received')
  })
})

test('the difficulty that a challenge was given counts, not the one that somebody would like', async () => {
  await setCaptcha(house, { difficulty: EASY + 6 })
  const jar = house.jar()
  const login = await house.authorize(jar)
  const challenge = challengeOf(login)

  expect((await jar.submit(login, { ...RIGHT, captcha_answer: tooEasy(challenge) })).status).toBe(403)
  expect((await jar.submit(login, { ...RIGHT, captcha_answer: solution(challenge, EASY + 6) })).url.pathname).toBe('/t/main/consent')
})
