/** What third parties are asked, and that nothing but their plain yes, to this form of this house, lets a form through. */
import { THIRD_PARTIES, type ThirdParty } from '@gatehouse/core/captcha.ts'
import { sealSecret } from '@gatehouse/identity/captcha/third_party.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Jar, Visit } from '../fixture/browser_jar.ts'
import { challengeOf, openThirdParty, setCaptcha, type ThirdPartyServer } from '../fixture/captcha_house.ts'
import { openSignInHouse, PASSWORD, type SignInHouse } from '../fixture/sign_in_house.ts'

const RIGHT = { username: 'jo', password: PASSWORD }
const YES = { success: true, hostname: 'localhost', action: 'sign_in', score: 0.9 }
const PLACES: Readonly<Record<ThirdParty, string>> = {
  turnstile: '/challenges.cloudflare.com/turnstile/v0/siteverify',
  hcaptcha: '/api.hcaptcha.com/siteverify',
  recaptcha: '/www.google.com/recaptcha/api/siteverify',
  recaptcha_score: '/www.google.com/recaptcha/api/siteverify',
}
const ORIGINS: Readonly<Record<ThirdParty, string>> = {
  turnstile: 'https://challenges.cloudflare.com',
  hcaptcha: 'https://*.hcaptcha.com',
  recaptcha: 'https://www.google.com/recaptcha/',
  recaptcha_score: 'https://www.google.com/recaptcha/',
}

let house: SignInHouse
let third: ThirdPartyServer
let jar: Jar
let login: Visit

beforeEach(async () => {
  house = await openSignInHouse()
  third = await openThirdParty(house)
})
afterEach(async () => {
  await third.close()
  house.close()
})

async function begin(provider: ThirdParty): Promise<void> {
  const sealedSecret = await sealSecret(house.house.ports, 'main', 'their-secret')
  await setCaptcha(house, { provider, siteKey: 'our-site', sealedSecret })
  jar = house.jar()
  login = await house.authorize(jar)
}

const send = (provider: ThirdParty, answer = 'the-answer') => jar.submit(login, { ...RIGHT, [THIRD_PARTIES[provider].field]: answer })

describe.each(Object.keys(PLACES) as ThirdParty[])('%s', (provider) => {
  beforeEach(() => begin(provider))

  test('the page has its script, its site key, and allows its origins there and nowhere else', async () => {
    const csp = login.headers.get('content-security-policy') ?? ''
    expect(login.body).toContain('our-site')
    expect(csp).toMatch(new RegExp(`script-src [^;]*${ORIGINS[provider].replaceAll(/[.*?/]/g, '\\$&')}`))
    expect(csp).toContain('frame-src https://')
    expect(login.body).not.toContain('their-secret')

    const elsewhere = (await jar.get('/t/main/privacy-policy')).headers.get('content-security-policy') ?? ''
    expect(elsewhere).not.toContain(ORIGINS[provider])
  })

  test('a yes lets in; it was asked with secret and answer, and no more of the person', async () => {
    third.answer = { body: YES }

    expect((await send(provider)).url.pathname).toBe('/t/main/consent')
    const [{ path, fields } = { path: '', fields: new URLSearchParams() }] = third.asked
    expect(path).toBe(PLACES[provider])
    expect(Object.fromEntries(fields)).toEqual({
      secret: 'their-secret',
      response: 'the-answer',
      ...(provider === 'hcaptcha' ? { sitekey: 'our-site' } : {}),
    })
  })

  test.each([
    ['a no', { body: { success: false, 'error-codes': ['timeout-or-duplicate'] } }, 403],
    ['a yes for another site', { body: { ...YES, hostname: 'evil.example' } }, 403],
    ['a yes for no site', { body: { success: true, action: 'sign_in', score: 0.9 } }, 403],
    ['our secret refused', { body: { success: false, 'error-codes': ['invalid-input-secret'] } }, 503],
    ['an outage', { status: 500, body: YES }, 503],
    ['no JSON', { text: '<html>' }, 503],
    ['a success that is no boolean', { body: { ...YES, success: 'true' } }, 503],
    ['null', { text: 'null' }, 503],
  ] as const)('%s lets nobody in, and compares no password', async (_, answer, status) => {
    third.answer = answer
    const before = house.hashes()

    const refused = await send(provider)

    expect(refused.status).toBe(status)
    expect(house.hashes()).toBe(before)
    expect(challengeOf(refused)).not.toBe('')
  })

  test('an answer that was accepted is not accepted again, should they say yes a second time', async () => {
    third.answer = { body: YES }
    await send(provider)
    await begin(provider)

    expect((await send(provider)).status).toBe(403)
  })

  test('without an answer, or with one that is far too long, nobody is asked', async () => {
    expect((await send(provider, '')).status).toBe(403)
    expect((await send(provider, 'x'.repeat(9000))).status).toBe(403)
    expect(third.asked).toHaveLength(0)
  })
})

test.each(['turnstile', 'recaptcha_score'] as const)('%s: an answer that was given for another form is none', async (provider) => {
  await begin(provider)
  third.answer = { body: { ...YES, action: 'sign_up' } }

  expect((await send(provider)).status).toBe(403)
})

test('a score below what the policy asks for is a no', async () => {
  await begin('recaptcha_score')
  third.answer = { body: { ...YES, score: 0.4 } }

  expect((await send('recaptcha_score')).status).toBe(403)
})

test('a third party that does not answer holds a sign-in up for four seconds; then the person is told to try again, and may wait instead', async () => {
  await begin('turnstile')
  third.answer = { silent: true }
  const began = performance.now()
  const refused = await send('turnstile')
  // It would be silent for ever; a busy machine is late.
  expect(performance.now() - began).toBeLessThan(20_000)
  expect(refused.status).toBe(503)
  expect(refused.body).toContain('try again soon')

  house.pass(60)
  expect((await jar.submit(refused, RIGHT)).url.pathname).toBe('/t/main/consent')
})
