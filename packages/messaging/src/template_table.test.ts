import { directionOf, SUPPORTED_LOCALES } from '@gatehouse/core/locale.ts'
import { placesOf } from '@gatehouse/core/phrase.ts'
import { describe, expect, test } from 'vitest'
import { ar } from './locales/ar.ts'
import { de } from './locales/de.ts'
import { en } from './locales/en.ts'
import { SAMPLES } from './template_samples.ts'
import { onceOf, renderMessage, TEMPLATES, type TemplateName } from './template_table.ts'
import { loadWords } from './words.ts'

await Promise.all(SUPPORTED_LOCALES.map(loadWords))

const NAMES = Object.keys(TEMPLATES) as TemplateName[]
/** What holds a code leads nowhere: whoever reads it goes back to the page that asked, and learns to follow no link for one. */
const holdsCode = (name: TemplateName) => Object.keys(SAMPLES[name]).some((prop) => /code|oneTimePassword/i.test(prop))
const brand = { display_name: 'Main', branding: { accent_color: '#ffd400', support_uri: 'mailto:help@id.example' } }

describe.each(SUPPORTED_LOCALES)('in %s', (locale) => {
  test.each(NAMES)('%s renders whole, with no place left open', (name) => {
    const message = renderMessage(name, locale, brand, SAMPLES[name])
    const written = JSON.stringify(
      message.channel === 'mail' ? [message.subject, message.html.replace(/<style>.*<\/style>/s, ''), message.text] : message,
    )

    expect(written).not.toMatch(/[{][a-z]+[}]|undefined|\[object|NaN/)
    if (holdsCode(name)) expect(message.text).toContain('012345')
    expect(message.text.includes('https://')).toBe(!holdsCode(name))
  })

  test.each(NAMES)('%s says the same in HTML and in text: each link is in both', (name) => {
    const message = renderMessage(name, locale, brand, SAMPLES[name])
    if (message.channel === 'text') return expect(TEMPLATES[name].template.channel).toBe('text')
    const links = [...message.html.matchAll(/class="button" href="([^"]*)"/g)].map((match) => match[1]?.replaceAll('&amp;', '&'))

    expect(links).toHaveLength(holdsCode(name) ? 0 : 1)
    for (const link of links) expect(message.text).toContain(`\n${link}\n`)
    expect(message.html).toContain(`<html lang="${locale}" dir="${directionOf(locale)}">`)
  })
})

test.each(NAMES)('%s is sent at most once if it holds a one-time code, and at least once if not', (name) => {
  expect(onceOf(name)).toBe(holdsCode(name) ? 'at_most' : 'at_least')
})

test.each(Object.entries({ de, ar }))('the places of %s agree with those of English', (_, catalogue) => {
  expect(placesByKey(catalogue)).toEqual(placesByKey(en))
})

test('a name is escaped wherever it stands in HTML', () => {
  const hostile = `<img src=x onerror="alert(1)">&'`
  const message = renderMessage(
    'approval_task',
    'en',
    { display_name: hostile, branding: {} },
    {
      ...SAMPLES.approval_task,
      name: hostile,
      applicant: { name: hostile, username: hostile },
      workflow: hostile,
      levelName: hostile,
      requestUrl: `https://id.example/"><script>`,
    },
  )

  expect(message.channel === 'mail' && message.html).not.toMatch(/<img|<script|onerror="/)
})

test('the reason of a rejection keeps its lines and runs no markup', () => {
  const message = renderMessage('registration_rejected', 'en', brand, { ...SAMPLES.registration_rejected, reason: 'One\r\n<b>two</b>' })

  expect(message.channel === 'mail' && message.html).toContain('One<br>&lt;b&gt;two&lt;/b&gt;')
  expect(message.text).toContain('> One\n> <b>two</b>')
})

test('a name with line breaks begins no header in the subject', () => {
  const name = 'Jo\r\nBcc: everybody@example.com\u2028\u0000'
  const message = renderMessage('approval_task', 'ar', brand, { ...SAMPLES.approval_task, applicant: { name, username: 'jo' } })

  expect(message.channel === 'mail' && message.subject).not.toMatch(/[\p{Cc}\u2028]/u)
  expect(message.channel === 'mail' && message.subject).toContain('Jo Bcc: everybody@example.com')
})

test('a name that turns the direction of text cannot make a sentence read as another', () => {
  const message = renderMessage('approval_task', 'en', brand, {
    ...SAMPLES.approval_task,
    applicant: { name: 'Jo \u202eevil', username: 'jo' },
  })

  expect(JSON.stringify(message)).not.toContain('\u202e')
})

test('an advertisement given as a name is not carried to a stranger in our greeting', () => {
  const advertisement = 'Win a prize at casino.example'
  const message = renderMessage('email_verification', 'en', brand, { ...SAMPLES.email_verification, name: advertisement })

  expect(JSON.stringify(message)).not.toContain('casino')
  expect(message.text).toContain('Hello,')
})

test('names with dots and titles are names', () => {
  const message = renderMessage('email_verification', 'en', brand, { ...SAMPLES.email_verification, name: 'Dr. María-José O’Neill' })

  expect(message.text).toContain('Hello Dr. María-José O’Neill,')
})

test('a long subject is cut, never within a letter of several code points', () => {
  const message = renderMessage('approval_task', 'en', brand, {
    ...SAMPLES.approval_task,
    applicant: { name: '👩‍👩‍👧‍👦'.repeat(300), username: 'jo' },
  })
  const subject = message.channel === 'mail' ? message.subject : ''

  expect(subject).toMatch(/^(👩‍👩‍👧‍👦)+…$/u)
})

test('a mail names no address outside: no image or style sheet is fetched, unless the tenant gave a logo', () => {
  const plain = renderMessage('registration_completed', 'en', brand, SAMPLES.registration_completed)
  const withLogo = renderMessage(
    'registration_completed',
    'en',
    { ...brand, branding: { logo_uri: 'https://id.example/logo.png' } },
    SAMPLES.registration_completed,
  )

  expect(plain.channel === 'mail' && plain.html).not.toMatch(/<img|<link|url\(|@import/)
  expect(withLogo.channel === 'mail' && withLogo.html).toContain('<img src="https://id.example/logo.png"')
})

function placesByKey(catalogue: object, path = ''): Record<string, string[]> {
  return Object.assign(
    {},
    ...Object.entries(catalogue).map(([key, value]) =>
      typeof value === 'string' || 'other' in value ? { [path + key]: placesOf(value) } : placesByKey(value, `${path}${key}.`),
    ),
  )
}
