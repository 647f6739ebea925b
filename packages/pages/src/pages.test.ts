import { directionOf, SUPPORTED_LOCALES } from '@gatehouse/core/locale.ts'
import { describe, expect, test } from 'vitest'
import { loadWords } from './catalogue.ts'
import { renderConsent } from './consent.tsx'
import { renderDevInbox } from './dev_inbox.tsx'
import { renderLogin } from './login.tsx'
import { NONCE, PAGES, pageProps } from './page_samples.ts'
import { renderSignupProfile } from './signup_profile.tsx'

await Promise.all([loadWords('de'), loadWords('ar')])

describe.each(SUPPORTED_LOCALES)('in %s', (locale) => {
  test.each(Object.keys(PAGES))('%s is whole: language, direction, one heading, no place left open', (name) => {
    const html = PAGES[name]?.(pageProps(locale)) ?? ''

    expect(html).toMatch(/^<!DOCTYPE html><html /)
    expect(html).toContain(`lang="${locale}" dir="${directionOf(locale)}"`)
    expect(html.match(/<h1[ >]/g)).toHaveLength(1)
    expect(html.replace(/<style.*?<\/style>/s, '')).not.toMatch(/[{][a-z_]+[}]|>undefined<|\[object|NaN/)
  })

  test.each(Object.keys(PAGES))('%s obeys the content security policy: no inline script, style or handler', (name) => {
    const html = (PAGES[name]?.(pageProps(locale)) ?? '').replace(/srcdoc="[^"]*"/, '')

    expect(html).not.toMatch(/ style=| on[a-z]+="|javascript:/)
    for (const [tag] of html.matchAll(/<(?:style|script)[^>]*>/g)) expect(tag).toContain(`nonce="${NONCE}"`)
    expect(html).not.toMatch(/<script[^>]*>[^<]/)
  })
})

test('a name from a stranger runs nothing, wherever it stands', () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror='alert(1)'>`
  const page = { ...pageProps('en'), brand: { displayName: hostile, accentColour: 'red}body{display:none', logoUrl: hostile } }
  const form = { action: hostile, csrf: hostile, interaction: hostile, hidden: { state: hostile } }

  const html = [
    renderLogin({ ...page, ...form, application: { name: hostile }, username: hostile }),
    renderConsent({
      ...page,
      ...form,
      application: { name: hostile, websiteUrl: 'javascript:alert(1)', policyUrl: 'data:text/html,x' },
      user: { username: hostile },
      claims: [{ name: hostile, mandatory: true, value: hostile }],
      scopes: [{ name: hostile, mandatory: false, description: hostile }],
      purpose: hostile,
    }),
  ].join('')

  expect(html).not.toMatch(/<script>|<img src=x|javascript:|data:text/)
  expect(html).not.toContain('display:none')
})

test.each([
  ['Pickup', 'P'],
  [' über Land', 'Ü'],
  ['e\u0301clair', 'E\u0301'],
  ['1\ufe0f\u20e3 Cab', '1\ufe0f\u20e3'],
  ['🇩🇪 Taxi', '🇩🇪'],
  ['نقل', 'ن'],
  ['q', 'Q'],
  ['  ', '·'],
])('the house of %j has what a reader takes for its first letter in place of a logo', (displayName, letter) => {
  const html = renderLogin({ ...pageProps('en'), brand: { displayName }, action: '/login', csrf: 'c' })

  expect(html).toContain(`aria-hidden="true">${letter}</span>`)
})

test('the sign-in page has the names that browsers, password managers and tests look for', () => {
  const html = renderLogin({
    ...pageProps('en'),
    action: '/t/main/login',
    csrf: 'c',
    interaction: 'int_1',
    notice: { code: 'invalid_credentials' },
    signupHref: '/t/main/signup',
  })

  expect(html).toMatch(/<input [^>]*name="username"[^>]*autocomplete="username"/)
  expect(html).toMatch(/<input [^>]*name="password"[^>]*autocomplete="current-password"/)
  expect(html).toContain('<input type="hidden" name="interaction" value="int_1"')
  expect(html).toMatch(/role="alert".*The user name or the password is wrong/s)
  expect(html).toContain('<a href="/t/main/signup">Create account</a>')
})

test('a password never comes back in a page', () => {
  const html = PAGES.signup_profile_error?.(pageProps('en')) ?? ''

  expect(html).toMatch(/name="new_password"/)
  expect(html).not.toMatch(/<input [^>]*name="new_password"[^>]*value=/)
})

test('a wrong field says so to a screen reader, and is where the cursor stands', () => {
  const html = renderSignupProfile({
    ...pageProps('en'),
    action: '/signup',
    csrf: 'c',
    username: 'jo',
    changeUsernameHref: '#',
    loginHref: '#',
    passwordPolicy: { minimumLength: 8, maximumLength: 128, refuseCommon: true, refuseUserName: true },
    problems: { email: 'email_invalid' },
  })

  expect(html).toContain('<title>Error: Create account')
  expect(html).toMatch(
    /<input id="field-email"[^>]*autofocus[^>]*aria-invalid="true" aria-describedby="field-email-problem field-email-hint"/,
  )
  expect(html).toMatch(/id="field-email-problem".*This is not an e-mail address/s)
})

test('a mandatory claim is shown ticked and fixed, and is posted all the same; an optional one is not ticked', () => {
  const html = renderConsent({
    ...pageProps('en'),
    action: '/consent',
    csrf: 'c',
    application: { name: 'Pickup' },
    user: { username: 'jo' },
    claims: [
      { name: 'email', mandatory: true, value: 'jo@example.com' },
      { name: 'phone_number', mandatory: false },
    ],
    scopes: [{ name: 'openid', mandatory: true }],
  })

  expect(html).toContain('<input type="hidden" name="claim" value="email"/>')
  expect(html).toMatch(/<input type="checkbox"[^>]*value="email" checked="" disabled=""/)
  expect(html).not.toContain('<input type="hidden" name="claim" value="phone_number"')
  expect(html).not.toMatch(/value="phone_number" checked/)
  expect(html).toMatch(/<button [^>]*name="decision" value="allow"/)
  expect(html).toMatch(/<button [^>]*name="decision" value="deny"/)
})

test('a mail is shown in a frame that runs no script, and its links lead the whole window', () => {
  const html = renderDevInbox({
    ...pageProps('en'),
    inboxHref: '/_dev/inbox',
    entries: [],
    receivers: [],
    selected: {
      id: 'm1',
      kind: 'mail',
      to: 'jo@example.com',
      from: 'x',
      subject: 'Hi',
      text: 'See https://id.example/a?b=1 now',
      html: '<html><head><style>p{}</style></head><body><script>alert(1)</script></body></html>',
      sentAt: 0,
      tenant: 'main',
      template: 't',
      locale: 'en',
    },
  })

  expect(html).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"/)
  expect(html).toContain(`&lt;head&gt;&lt;base target=&quot;_top&quot;&gt;&lt;style nonce=&quot;${NONCE}&quot;&gt;`)
  expect(html).toContain('<a href="https://id.example/a?b=1">https://id.example/a?b=1</a>')
})
