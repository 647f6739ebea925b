/** A forgotten password comes back by mailbox or phone, and by nothing less: who asks learns nothing, and what is sent is good once, here, for this person. */

import { changeUser, createUser } from '@gatehouse/directory/users.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { codeFrom } from '../fixture/factor_house.ts'
import { hrefOf, MAILBOX, NEXT, openRecoveryHouse, PHONE, type RecoveryHouse } from '../fixture/recovery_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

let house: RecoveryHouse

beforeEach(async () => {
  house = await openRecoveryHouse()
})
afterEach(() => house.close())

const signsIn = async (password: string) => {
  await house.stores().tries.forget({ userId: house.jo.id })
  const jar = house.jar()
  return codeFrom(await signIn(jar, await house.authorize(jar), 'jo', password)) !== null
}

describe('the way', () => {
  test('by a mailed link, in the browser that asked: the sign-in goes on, and only the new password is good', async () => {
    const jar = house.jar()
    const sent = await house.forgets(jar)
    const [mail] = await house.messages(MAILBOX)
    const page = await jar.get(await house.link())
    const short = await jar.submit(page, { new_password: 'short' })
    const back = await jar.submit(short, { new_password: NEXT })

    expect(sent.status).toBe(200)
    expect(mail?.template).toBe('password_recovery')
    expect(mail?.text).toContain('Application desk')
    expect(short.status).toBe(422)
    expect(codeFrom(back)).toBeTruthy()
    expect([await signsIn(PASSWORD), await signsIn(NEXT)]).toEqual([false, true])
  })

  test('by the address instead of the name, in another browser: nobody is signed in there', async () => {
    await house.forgets(house.jar(), 'JO@example.org')
    const elsewhere = house.jar()

    const done = await elsewhere.submit(await elsewhere.get(await house.link()), { new_password: NEXT })

    expect(done.body).toContain('Your password is set')
    expect([...elsewhere.cookies.keys()].filter((name) => name.endsWith('.session'))).toEqual([])
    expect(await signsIn(NEXT)).toBe(true)
  })

  test.each([
    ['email_code', MAILBOX],
    ['sms_code', PHONE],
  ])('by %s, typed on the page', async (way, to) => {
    await house.setRecovery({ password: ['email_link', 'email_code', 'sms_code'] })
    const jar = house.jar()
    const sent = await house.forgets(jar, 'jo', way)

    const page = await jar.submit(sent, { otp: await house.code(to) })
    const back = await jar.submit(page, { new_password: NEXT })

    expect(page.url.pathname).toBe('/t/main/recover/password')
    expect(codeFrom(back)).toBeTruthy()
    expect(await signsIn(NEXT)).toBe(true)
  })

  test('by a link in a text message', async () => {
    await house.setRecovery({ password: ['sms_link'] })
    const jar = house.jar()
    await house.forgets(jar, 'jo', 'sms_link')

    const [text] = await house.messages(PHONE)
    expect(codeFrom(await jar.submit(await jar.get(await house.link(PHONE)), { new_password: NEXT }))).toBeTruthy()
    expect(text?.text.length).toBeLessThan(480)
  })

  test('a forgotten name is sent to the address, and to the phone, that it belongs to', async () => {
    await house.setRecovery({ userName: ['email', 'sms'] })
    const jar = house.jar()
    const page = await jar.get(hrefOf(await jar.get('/t/main/recover'), '/recover/username'))
    await jar.submit(page, { email: MAILBOX })
    const byPhone = await jar.get(hrefOf(page, 'way=sms'))
    await jar.submit(byPhone, { phone_number: '+49 170 1234567' })

    expect((await house.messages(MAILBOX)).map(({ template }) => template)).toEqual(['user_name_recovery'])
    expect((await house.messages(PHONE))[0]?.text).toContain('your user name is jo.')
  })

  test('everything else ends: sessions, and what was granted in them; the person is told, with a way back', async () => {
    const thief = house.jar()
    await house.begin(thief)
    const jar = house.jar()
    await house.forgets(jar)
    await jar.submit(await jar.get(await house.link()), { new_password: NEXT })

    expect((await house.authorize(thief)).url.pathname).toBe('/t/main/login')
    const told = (await house.messages(MAILBOX)).at(-1)
    expect(told?.template).toBe('password_changed')
    const mine = house.jar()
    const again = await mine.submit(await mine.get(await house.link()), { new_password: `${NEXT} mine` })
    expect(again.body).toContain('Your password is set')
    expect([await signsIn(NEXT), await signsIn(`${NEXT} mine`)]).toEqual([false, true])
    expect((await house.authorize(jar)).url.pathname).toBe('/t/main/login')
  })

  test('with endSessions none, My Account’s own change ends nothing, and a recovery everything all the same', async () => {
    await house.setRecovery(
      {},
      { password: { minimumLength: 8, maximumLength: 128, refuseCommon: true, refuseUserName: true, endSessions: 'none' } },
    )
    const signedIn = house.jar()
    await house.begin(signedIn)
    await house.forgets(house.jar())
    const other = house.jar()
    const page = await other.get(await house.link())
    await other.submit(page, { new_password: NEXT })

    expect(page.body).toContain('You will be signed out everywhere. You will get an e-mail about the change.')
    expect((await house.authorize(signedIn)).url.pathname).toBe('/t/main/login')
  })

  test('who has no password is told so, and may choose one', async () => {
    const emails = [{ value: 'pat@example.org', primary: true, verified: true }]
    await createUser(await house.context(), { userName: 'pat', emails })
    const jar = house.jar()
    await house.forgets(jar, 'pat')

    expect((await house.messages('pat@example.org')).at(-1)?.text).toContain('has none so far')
    const page = await jar.get(await house.link('pat@example.org'))
    expect(page.body).toContain('has had no password so far')
    expect(codeFrom(await jar.submit(page, { new_password: NEXT }))).toBeTruthy()
  })
})

describe('nobody learns who has an account', () => {
  const asks = async (username: string, way = 'email_link') => {
    const jar = house.jar()
    const login = await house.authorize(jar)
    const page = await jar.get(hrefOf(login, '/recover?'))
    const from = house.logs.length
    const sent = await jar.submit(page, { username, way })
    const line = house.logs.slice(from).find(({ message }) => message === 'request')
    return { jar, sent, units: [line?.fields.read, line?.fields.write] }
  }
  const plain = (body: string, name: string) =>
    body
      .replaceAll(`>${name}<`, '><')
      .replaceAll(`value="${name}"`, 'value=""')
      .replaceAll(/name="csrf" value="[^"]*"|nonce="[^"]*"|int_[\w-]+/g, '')

  test.each(['email_link', 'email_code', 'sms_code'])('by status, bytes or units of the answer: %s', async (way) => {
    await house.setRecovery({ password: ['email_link', 'email_code', 'sms_code'] })
    await house.addUser('al', PASSWORD)
    await house.addUser('su', PASSWORD, { active: false, emails: [{ value: 'su@example.org', primary: true, verified: true }] })
    const names = ['jo', 'al', 'su', 'no', 'jo@example.org', 'no@example.org']
    const answers = []
    for (const name of names) answers.push({ name, ...(await asks(name, way)) })

    expect(new Set(answers.map(({ sent }) => sent.status))).toEqual(new Set([200]))
    expect(new Set(answers.map(({ sent, name }) => plain(sent.body, name))).size).toBe(1)
    expect(new Set(answers.map(({ units }) => JSON.stringify(units))).size).toBe(1)
    expect(answers[0]?.units).not.toEqual([undefined, undefined])
  })

  test('by a code that is typed: the same answers for a name that nobody has, also to the right one', async () => {
    await house.setRecovery({ password: ['email_code'] })
    const [known, unknown] = [await asks('jo', 'email_code'), await asks('no', 'email_code')]
    await house.messages()
    const statuses = async ({ jar, sent }: typeof known) => {
      const found: number[] = []
      for (let tries = 0; tries < 7; tries++) found.push((await jar.submit(sent, { otp: '000000' })).status)
      return found
    }

    expect(await statuses(known)).toEqual([400, 400, 400, 400, 400, 400, 400])
    expect(await statuses(unknown)).toEqual(await statuses(known))
    const last = async ({ jar, sent }: typeof known, name: string) => plain((await jar.submit(sent, { otp: '000000' })).body, name)
    expect(await last(unknown, 'no')).toBe(await last(known, 'jo'))
  })

  test('by mails: nothing goes to an address that was not proven, nor to a stranger’s typed one', async () => {
    await house.addUser('al', PASSWORD)
    for (const name of ['al', 'al@example.org', 'no@example.org']) await asks(name)

    expect(await house.messages()).toEqual([])
  })

  test('by user names', async () => {
    const answers = []
    for (const email of [MAILBOX, 'no@example.org']) {
      const jar = house.jar()
      const sent = await jar.submit(await jar.get('/t/main/recover/username'), { email })
      answers.push([sent.status, plain(sent.body, email)])
    }

    expect(answers[1]).toEqual(answers[0])
    expect((await house.messages()).map(({ to }) => to)).toEqual([MAILBOX])
  })
})

describe('recovery is no bypass', () => {
  test('of the second factor: it is asked for after the new password', async () => {
    const phone = await house.addTotp()
    const jar = house.jar()
    await house.forgets(jar)

    const factor = await jar.submit(await jar.get(await house.link()), { new_password: NEXT })

    expect(factor.url.pathname).toBe('/t/main/mfa')
    expect((await house.authorize(jar, { prompt: 'none' })).url.searchParams.get('error')).toBe('login_required')
    expect(codeFrom(await jar.submit(factor, { otp: phone.code() }))).toBeTruthy()
  })

  test('of a second factor whose codes go to the same mailbox: another is asked for beside the link', async () => {
    await house.addSent('email_otp', 'Jo@example.org')
    const phone = await house.addTotp()
    const jar = house.jar()
    await house.forgets(jar)
    const page = await jar.get(await house.link())

    const without = await jar.submit(page, { new_password: NEXT })
    const wrong = await jar.submit(page, { new_password: NEXT, otp: '000000' })
    const right = await jar.submit(page, { new_password: NEXT, otp: phone.code() })

    expect([without.status, wrong.status]).toEqual([422, 400])
    expect(right.url.pathname).toBe('/t/main/mfa')
  })

  test('nor where it is the only one: the mailbox is told, and nothing else is possible, unless the tenant wants it so', async () => {
    await house.addSent('email_otp', MAILBOX)
    await house.forgets(house.jar())
    expect((await house.messages(MAILBOX)).map(({ template }) => template)).toContain('recovery_refused')
    expect((await house.messages(MAILBOX)).map(({ template }) => template)).not.toContain('password_recovery')

    await house.addRecoveryCodes()
    await house.forgets(house.jar())
    expect((await house.messages(MAILBOX)).at(-1)?.template).toBe('password_recovery')

    await house.setRecovery({ bySecondFactor: true })
    const jar = house.jar()
    expect((await jar.submit(await jar.get(await house.link()), { new_password: NEXT })).body).toContain('Your password is set')
  })

  test('of a suspension: the mailbox is told, a link from before is worth nothing', async () => {
    await house.forgets(house.jar())
    const link = await house.link()
    await changeUser(await house.context(), await house.jos(), { active: false })
    await house.forgets(house.jar())

    expect((await house.messages(MAILBOX)).map(({ template }) => template).at(-1)).toBe('recovery_refused')
    expect((await house.jar().get(link)).status).toBe(410)
  })
})

describe('what is sent', () => {
  test('is not spent by a scanner that follows it, and is spent by the first who sets a password', async () => {
    await house.forgets(house.jar())
    const link = await house.link()
    const scanner = house.jar()
    for (let times = 0; times < 3; times++) expect((await scanner.get(link)).status).toBe(200)
    const jar = house.jar()
    const page = await jar.get(link)
    await jar.submit(page, { new_password: NEXT })

    expect((await jar.submit(page, { new_password: `${NEXT} again` })).status).toBe(410)
    expect((await house.jar().get(link)).status).toBe(410)
    expect(await signsIn(NEXT)).toBe(true)
  })

  test('of two who set one with it at the same moment, one wins', async () => {
    await house.forgets(house.jar())
    const link = await house.link()
    const [one, two] = [house.jar(), house.jar()]
    const [a, b] = [await one.get(link), await two.get(link)]

    const done = await Promise.all([one.submit(a, { new_password: `${NEXT} a` }), two.submit(b, { new_password: `${NEXT} b` })])

    expect(done.map(({ status }) => status).sort()).toEqual([200, 410])
    expect([await signsIn(`${NEXT} a`), await signsIn(`${NEXT} b`)].filter(Boolean)).toHaveLength(1)
  })

  test('is worth nothing after another change of the password, of the address, or after its time', async () => {
    const links: string[] = []
    for (let asked = 0; asked < 2; asked++) {
      await house.forgets(house.jar())
      links.push(await house.link())
    }
    const jar = house.jar()
    await jar.submit(await jar.get(links[0] ?? ''), { new_password: NEXT })
    expect((await house.jar().get(links[1] ?? '')).status).toBe(410)

    await house.forgets(house.jar())
    const late = await house.link()
    house.pass(3601)
    expect((await house.jar().get(late)).status).toBe(410)

    await house.forgets(house.jar())
    const moved = await house.link()
    await changeUser(await house.context(), await house.jos(), { emails: [{ value: 'new@example.org', primary: true, verified: true }] })
    expect((await house.jar().get(moved)).status).toBe(410)
  })

  test('is of one tenant', async () => {
    await house.addTenant('acme')
    await house.addUser('jo', PASSWORD, {}, 'acme')
    await house.forgets(house.jar())
    const link = (await house.link()).replace('/t/main/', '/t/acme/')

    expect((await house.jar().get(link)).status).toBe(410)
  })

  test('leads to the issuer, whatever Host and forwarding headers the asker sent', async () => {
    const jar = house.jar()
    const page = await jar.get('/t/main/recover')
    const fields = Object.fromEntries(
      [...page.body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
    )
    const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', origin: house.origin }
    await jar.post('/t/main/recover', { ...fields, username: 'jo' }, evil)

    const [mail] = await house.messages(MAILBOX)
    expect(mail?.text).not.toContain('evil.example')
    expect(await house.link()).toMatch(/^\/t\/main\/recover\/password\?token=/)
  })

  test('is asked for, and used, by our own pages only', async () => {
    const jar = house.jar()
    const page = await jar.get('/t/main/recover')
    const interaction = page.url.searchParams.get('interaction') ?? /name="interaction" value="([^"]*)"/.exec(page.body)?.[1] ?? ''
    expect((await jar.post('/t/main/recover', { interaction, csrf: 'x', username: 'jo' })).status).toBe(403)
    expect((await jar.post('/t/main/recover/username', { interaction, csrf: 'x', email: MAILBOX })).status).toBe(403)
    await house.forgets(jar)
    const token = new URL(await house.link(), house.origin).searchParams.get('token') ?? ''
    expect((await jar.post('/t/main/recover/password', { token, csrf: 'x', new_password: NEXT })).status).toBe(403)
    const form = await jar.get(await house.link())
    const csrf = /name="csrf" value="([^"]*)"/.exec(form.body)?.[1] ?? ''
    const site = { 'sec-fetch-site': 'cross-site' }
    expect((await jar.post('/t/main/recover/password', { token, csrf, new_password: NEXT }, site)).status).toBe(403)
    expect(await signsIn(PASSWORD)).toBe(true)
  })

  test('a typed code leads on in its own browser only', async () => {
    await house.setRecovery({ password: ['email_code'] })
    const jar = house.jar()
    const sent = await house.forgets(jar, 'jo', 'email_code')
    const page = await jar.submit(sent, { otp: await house.code() })

    expect(page.status).toBe(200)
    expect((await house.jar().get(`${page.url.pathname}${page.url.search}`)).status).toBe(410)
    expect((await jar.submit(sent, { otp: await house.code() })).status).toBe(400)
  })
})
