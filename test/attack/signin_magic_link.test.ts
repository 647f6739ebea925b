/** Links in mails: machines that open them, people who are talked into opening them, links that come twice, too late, or to the wrong place. */
import { ACR_MULTI_FACTOR } from '@gatehouse/core/authentication_context.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Jar, Visit } from '../fixture/browser_jar.ts'
import { changed } from '../fixture/changed.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import { type FirstStepHouse, openFirstStepHouse } from '../fixture/first_step_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

let house: FirstStepHouse

beforeEach(async () => {
  house = await openFirstStepHouse()
  await house.setFirst(['password', 'magic_link'], { identifierFirst: true })
})

afterEach(() => house.close())

const allow = { decision: 'allow' }

describe('a link', () => {
  test('in the browser that asked for it signs in there by a button, and says so in the tokens', async () => {
    const jar = house.jar()
    const waiting = await house.ask(jar, 'magic_link')
    const opened = await jar.get(await house.latestLink())
    expect(waiting.url.pathname).toBe('/t/main/login/link')
    expect(opened.body).toContain('You asked for this link in this browser.')

    const done = await jar.submit(opened, allow)

    expect(codeFrom(done)).toBeTruthy()
    expect(await house.stores().sessions.list(house.al.id)).toMatchObject([{ amr: ['otp'], acr: '0', factors: [{ kind: 'magic_link' }] }])
  })

  test('in another browser signs nobody in there: it shows a code, which signs in where the link was asked for', async () => {
    const [own, phone] = [house.jar(), house.jar('198.51.100.1')]
    const waiting = await house.ask(own, 'magic_link')
    const opened = await phone.get(await house.latestLink())
    expect(opened.body).toContain('Somebody asked for this link in another browser')

    const shown = await phone.submit(opened, allow)
    expect([...phone.cookies.keys()].filter((name) => name.endsWith('.session'))).toEqual([])
    expect((await own.get(`${waiting.url.pathname}${waiting.url.search}&opened=1`)).body).toContain('Type the code that is shown there')

    expect(codeFrom(await own.submit(waiting, { otp: codeShown(shown) }))).toBeTruthy()
  })

  test('opened by machines changes nothing: GET, HEAD, and what browsers do ahead; afterwards it works as ever', async () => {
    const jar = house.jar()
    await house.ask(jar, 'magic_link')
    const link = await house.latestLink()
    const before = await house.stores().oneTimePasswords.find((await house.sent())[0]?.id ?? '')
    const ahead: readonly RequestInit[] = [
      {},
      { method: 'HEAD' },
      { headers: { 'sec-purpose': 'prefetch' } },
      { headers: { purpose: 'prefetch' } },
    ]
    for (const init of ahead) {
      expect((await house.fetch(`${house.origin}${link}`, init)).status).toBe(200)
      expect(house.told().write).toBe(0)
    }

    expect(await house.stores().oneTimePasswords.find(before?.id ?? '')).toEqual(before)
    expect(codeFrom(await jar.submit(await jar.get(link), allow))).toBeTruthy()
  })

  test('is good once: not for the same browser again, not for four at the same moment, not beside its code', async () => {
    const [own, phone] = [house.jar(), house.jar('198.51.100.1')]
    const waiting = await house.ask(own, 'magic_link')
    const link = await house.latestLink()
    const [here, there] = [await own.get(link), await phone.get(link)]
    const code = codeShown(await phone.submit(there, allow))
    const copies = Array.from({ length: 4 }, () => copyOf(own))

    const visits = await Promise.all(copies.map((copy) => copy.submit(here, allow)))

    expect(visits.filter((visit) => codeFrom(visit) !== null)).toHaveLength(1)
    expect((await own.submit(waiting, { otp: code })).status).toBe(400)
    expect((await own.get(link)).status).toBe(410)
    expect((await phone.submit(there, allow)).status).toBe(410)
  })

  test('lives ten minutes, and ends with the next one', async () => {
    const jar = house.jar()
    const waiting = await house.ask(jar, 'magic_link')
    const first = await house.latestLink()
    house.pass(30)
    await jar.submit(waiting, { action: 'resend' })
    const second = await house.latestLink()
    expect((await jar.get(first)).status).toBe(410)
    expect((await jar.get(second)).status).toBe(200)
    house.pass(601)

    expect((await house.jar().get(second)).status).toBe(410)
  })

  test('of another tenant, or changed by one letter, is none, and costs no read', async () => {
    await house.ask(house.jar(), 'magic_link')
    const link = await house.latestLink()
    expect((await house.jar().get(changed(link))).status).toBe(410)
    expect(house.told()).toMatchObject({ read: 0, write: 0 })

    await house.addTenant('other')
    expect((await house.jar().get(link.replace('/t/main/', '/t/other/'))).status).toBe(410)
    expect(house.told()).toMatchObject({ write: 0 })
  })

  test('is of the interaction that asked: another one of the same browser and name is not signed in by it', async () => {
    const [first, second] = [house.jar(), house.jar()]
    await house.ask(first, 'magic_link')
    const link = await house.latestLink()
    await house.ask(second, 'magic_link')

    const opened = await second.get(link)

    expect(opened.body).toContain('Somebody asked for this link in another browser')
  })

  test('is worth nothing after "it was not me", and the audit says so', async () => {
    const [attacker, own] = [house.jar('198.51.100.1'), house.jar()]
    const waiting = await house.ask(attacker, 'magic_link')
    const opened = await own.get(await house.latestLink())
    const code = codeShown(await own.submit(opened, allow))

    expect((await own.submit(opened, { decision: 'deny' })).body).toContain('The link is worth nothing now')
    expect((await attacker.submit(waiting, { otp: code })).status).toBe(400)
    expect((await own.submit(opened, allow)).status).toBe(410)
    expect(await house.events('sign_in.denied')).toMatchObject([{ userId: house.al.id, data: { factor: 'magic_link' } }])
  })

  test('is confirmed by its own page only', async () => {
    await house.ask(house.jar(), 'magic_link')
    const opened = await house.jar().get(await house.latestLink())

    expect((await house.jar().submit(opened, { ...allow, csrf: 'x' })).status).toBe(403)
    expect((await house.jar().post('/t/main/login/link/open', allow)).status).toBe(410)
  })
})

describe('the code of a link', () => {
  test('is a wrong one before the link was confirmed, also for whoever knows it', async () => {
    const jar = house.jar()
    const waiting = await house.ask(jar, 'magic_link')
    const code = await house.latestCode()

    expect((await jar.submit(waiting, { otp: code })).status).toBe(400)
    const opened = await house.jar().get(await house.latestLink())
    await house.jar().submit(opened, allow)
    expect(codeFrom(await jar.submit(waiting, { otp: code }))).toBeTruthy()
  })

  test('is guessed five times, over all sign-ins and networks', async () => {
    const answers: number[] = []
    for (let i = 0; i < 7; i++) {
      const jar = house.jar(`198.51.100.${i}`)
      const waiting = await house.ask(jar, 'magic_link')
      const opened = await house.jar().get(await house.latestLink())
      await house.jar().submit(opened, allow)
      answers.push((await jar.submit(waiting, { otp: `x${i}` })).status)
    }

    expect(answers).toEqual([400, 400, 400, 400, 400, 429, 429])
  })

  test('of another sign-in is none', async () => {
    const [attacker, own] = [house.jar('198.51.100.1'), house.jar()]
    const theirs = await house.ask(attacker, 'magic_link')
    await house.ask(own, 'magic_link')
    const code = codeShown(await house.jar().submit(await house.jar().get(await house.latestLink()), allow))

    expect((await attacker.submit(theirs, { otp: code })).status).toBe(400)
  })
})

describe('what comes after a link', () => {
  test('a second factor is asked for as after a password, and the mailbox is none', async () => {
    await house.setFirst(['magic_link'], { further: ['totp', 'email_otp', 'recovery_code'] })
    await house.addSent('email_otp', 'al@example.org', house.al)
    const jar = house.jar()
    await house.ask(jar, 'magic_link')
    expect(codeFrom(await jar.submit(await jar.get(await house.latestLink()), allow))).toBeTruthy()

    const app = await house.addTotp(house.al)
    const again = house.jar()
    await house.ask(again, 'magic_link')
    const mfa = await again.submit(await again.get(await house.latestLink()), allow)
    expect(mfa.url.pathname).toBe('/t/main/mfa')
    expect(codeFrom(await again.submit(mfa, { otp: app.code() }))).toBeTruthy()
  })

  test('an essential level that begins with a password asks for the password', async () => {
    await house.addTotp(house.al)
    const jar = house.jar()
    await house.ask(jar, 'magic_link')
    await jar.submit(await jar.get(await house.latestLink()), allow)
    const claims = JSON.stringify({ id_token: { acr: { essential: true, values: [ACR_MULTI_FACTOR] } } })

    const shown = await house.authorize(jar, { claims })

    expect(shown.url.pathname).toBe('/t/main/login')
    expect(shown.body).toContain('name="password"')
    expect(shown.body).not.toContain('value="magic_link"')
    expect((await signIn(jar, shown, 'al', PASSWORD)).url.pathname).toBe('/t/main/mfa')
  })

  test('prompt=login and max_age=0 ask again; the name is known, and may be changed', async () => {
    const jar = house.jar()
    await house.ask(jar, 'magic_link')
    await jar.submit(await jar.get(await house.latestLink()), allow)
    const wishes: readonly Record<string, string>[] = [{ prompt: 'login' }, { max_age: '0' }]
    for (const extra of wishes) {
      const shown = await house.authorize(jar, extra)
      expect(shown.body).toContain('>al<')
      expect(shown.body).toContain('switch=1')
      // What was used last in this browser comes first.
      expect(shown.body).toMatch(/button-primary" type="submit" name="way" value="magic_link"/)
    }
  })

  test('login_hint fills in the name, and the name alone', async () => {
    const shown = await house.authorize(house.jar(), { login_hint: 'al' })

    expect(shown.body).toMatch(/name="username"[^>]* value="al"/)
    expect(shown.body).not.toContain('name="password"')
  })
})

describe('the page that waits', () => {
  test('is told of each state, for half a unit or none', async () => {
    const jar = house.jar()
    const waiting = await house.ask(jar, 'magic_link')
    const state = async () =>
      JSON.parse((await jar.get(waiting.url.pathname.replace('/link', '/link/state') + waiting.url.search)).body).state
    expect(await state()).toBe('waiting')
    expect(house.told()).toMatchObject({ read: 0.5, write: 0 })
    const link = await house.latestLink()
    await house.jar().submit(await house.jar().get(link), allow)
    expect(await state()).toBe('opened')
    await jar.submit(await jar.get(link), allow)

    expect(await state()).toBe('done')
    expect(house.told()).toMatchObject({ read: 0, write: 0 })
    expect((await jar.get(waiting.url.pathname + waiting.url.search)).body).toContain('in another tab of this browser')
  })
})

function codeShown(visit: Visit): string {
  return /class="shown-code"[^>]*>\s*(\d{6})/.exec(visit.body)?.[1] ?? ''
}

function copyOf(jar: Jar): Jar {
  const copy = house.jar()
  for (const [name, cookie] of jar.cookies) copy.cookies.set(name, cookie)
  return copy
}
