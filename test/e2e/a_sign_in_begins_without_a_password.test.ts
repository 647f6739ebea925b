/** Robin signs in by a link in the same browser, by a link that is opened on the phone, and by a code; also without JavaScript. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../browser/person.ts'
import { openStory, type Story } from './story.ts'

const ROBIN = 'robin@pickup.example'

let story: Story
let request: string

beforeAll(async () => {
  story = await openStory()
  await story.giveRoles('robin', [])
  request = await story.requestOf('open', {
    gatehouse_skip_consent: true,
    gatehouse_sign_in: { identifierFirst: true, steps: [{ anyOf: ['password', 'magic_link', 'email_otp'] }] },
  })
})
afterAll(() => story.close())

/** Of the latest of `count` mails. */
async function linkOf(count: number): Promise<string> {
  const mails = await story.mails(ROBIN, 'Your link')
  expect(mails).toHaveLength(count)
  return /https?:\S+\/login\/link\/open\?token=[\w-]+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? ''
}

async function givesTheName(robin: Person): Promise<void> {
  await robin.goTo(request)
  await robin.fill({ username: 'robin' })
  await robin.press('Continue')
  await robin.sees('You sign in as')
}

describe.each([true, false])('Robin, with JavaScript: %s', (javaScriptEnabled) => {
  const before = javaScriptEnabled ? 0 : 1
  const somebody = (name: string) => story.person(name, { javaScriptEnabled })

  test('opens the link in the browser that asked for it', async () => {
    const robin = await somebody('Robin')
    await givesTheName(robin)
    await robin.press('Send me a link by e-mail')
    await robin.sees('a link is on its way')
    await robin.press('I have opened it')
    await robin.sees('The link has not been opened yet.')
    await robin.goTo(await linkOf(2 * before + 1))
    await robin.sees('You asked for this link in this browser.')
    await robin.press('Sign in')

    await robin.isAt(/\/nowhere\?.*code=/)
    await robin.leave()
  })

  test('opens it on the phone, and types what that shows', async () => {
    const robin = await somebody('Robin at a borrowed computer')
    const phone = await somebody('Robin’s phone')
    await givesTheName(robin)
    await robin.press('Send me a link by e-mail')
    await phone.goTo(await linkOf(2 * before + 2))
    await phone.sees('Somebody asked for this link in another browser')
    await phone.sees('Open')
    await phone.press('It was me: show the code')
    const code = (await phone.page.locator('.shown-code').innerText()).trim()
    if (javaScriptEnabled) await robin.sees('The link was opened in another browser.')
    await robin.fill({ otp: code })
    await robin.press('Sign in')

    await robin.isAt(/\/nowhere\?.*code=/)
    await robin.leave()
    await phone.leave()
  })

  test('types the code of a mail', async () => {
    const robin = await somebody('Robin elsewhere')
    await givesTheName(robin)
    await robin.press('Send me a code by e-mail')
    await robin.sees('a code is on its way')
    const mail = (await story.mails(ROBIN, 'Your code'))[before]
    await robin.fill({ otp: /\b\d{6}\b/.exec(mail?.text ?? '')?.[0] ?? '' })
    await robin.press('Sign in')

    await robin.isAt(/\/nowhere\?.*code=/)
    await robin.leave()
  })
})
