/** Robin adds second factors at My Account, is asked for them at the next sign-in, loses the phone, and goes back to the password alone. */
import { setTimeout as sleep } from 'node:timers/promises'
import { hotp } from '@gatehouse/identity/factors/totp.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../browser/person.ts'
import { openStory, PASSWORD, type Story, signIn } from './story.ts'

const ROBIN = 'robin@pickup.example'

describe('Robin and a second factor', () => {
  let story: Story
  let robin: Person
  let secret: Buffer
  let recoveryCodes: string[]

  beforeAll(async () => {
    story = await openStory()
    await story.giveRoles('robin', [])
    robin = await story.atMyAccount('Robin', 'robin', PASSWORD)
  })
  afterAll(() => story.close())

  /** What the app shows; the next one where the last has been used. */
  const appShows = (steps = 0) => hotp(secret, Math.floor(Date.now() / 30_000) + steps)
  const mailedCode = async (count: number) => {
    const mails = await story.mails(ROBIN, 'Your code')
    expect(mails).toHaveLength(count)
    return /\b\d{6}\b/.exec(mails.at(-1)?.text ?? '')?.[0] ?? ''
  }

  test('adds an authenticator app by the key under the picture', async () => {
    await robin.press('Security')
    await robin.sees('You have none yet')
    await robin.press('Add: Authenticator app')
    await robin.page.getByRole('img', { name: 'QR code with the key below' }).waitFor()
    secret = decoded((await robin.page.locator('.key').innerText()).replaceAll(' ', ''))
    await robin.fill({ otp: '000000', name: 'My phone' })
    await robin.press('Add')
    await robin.sees('This code is wrong')
    await robin.fill({ otp: appShows() })
    await robin.press('Add')

    await robin.sees('The factor is added.')
    await robin.sees('My phone')
  })

  test('keeps ten recovery codes, which are shown once', async () => {
    await robin.press('Make recovery codes')
    await robin.sees('They are shown this once.')
    recoveryCodes = await robin.page.locator('.recovery-codes li').allInnerTexts()
    await robin.press('I have kept them')

    expect(new Set(recoveryCodes).size).toBe(10)
    await robin.sees('10 codes left')
  })

  test('adds a mailbox with the code that was sent to it', async () => {
    // When a factor was used last is kept in whole seconds: this one is to be the last.
    await sleep(1000)
    await robin.press('Add: Code by e-mail')
    await robin.press('Send a code')
    await robin.sees('We have sent a code to')
    await robin.fill({ otp: await mailedCode(1) })
    await robin.press('Add')

    // The words may still be those about the app.
    await robin.page.getByRole('button', { name: 'Remove Code by e-mail' }).waitFor()
    await robin.sees('The factor is added.')
    expect((await story.mails(ROBIN, 'Your sign-in at')).length).toBeGreaterThanOrEqual(2)
  })

  test('adds a phone with the code of the text message', async () => {
    await robin.press('Add: Code by text message')
    await robin.fill({ phone_number: '+49 151 12345678' })
    await robin.press('Send a code')
    await robin.sees('We have sent a code to')
    const texts = (await story.house.messages('+4915112345678')).filter(({ kind }) => kind === 'text')
    expect(texts).toHaveLength(1)
    await robin.fill({ otp: /^\D*(\d{6})\b/.exec(texts[0]?.text ?? '')?.[1] ?? '', name: 'Old phone' })
    await robin.press('Add')
    await robin.sees('The factor is added.')
    await robin.press('Remove Old phone')
    await robin.press('Remove')
    await robin.sees('The factor is removed.')
  })

  test('elsewhere, and without JavaScript, the password is not enough; the code of the mail is, and the browser is remembered', async () => {
    const elsewhere = await story.person('Robin elsewhere', { javaScriptEnabled: false })
    await elsewhere.goTo(`${story.house.issuer()}/login`)
    await signIn(elsewhere, 'robin', PASSWORD)
    await elsewhere.sees('Type the code that we have sent to')
    await elsewhere.fill({ otp: '123' })
    await elsewhere.press('Continue')
    await elsewhere.sees('This code is wrong, or was used already.')
    await elsewhere.fill({ otp: await mailedCode(2), remember: true })
    await elsewhere.press('Continue')
    await elsewhere.isAt(/\/account/)

    await elsewhere.goTo(`${story.house.issuer()}/logout`)
    await elsewhere.decide('allow')
    await elsewhere.goTo(`${story.house.issuer()}/login`)
    await signIn(elsewhere, 'robin', PASSWORD)
    await elsewhere.isAt(/\/account/)
    await elsewhere.leave()
  })

  test('the phone is lost: a recovery code signs in, once', async () => {
    const borrowed = await story.person('Robin at a borrowed computer')
    await borrowed.goTo(`${story.house.issuer()}/login`)
    await signIn(borrowed, 'robin', PASSWORD)
    await borrowed.press(/^Recovery code/)
    await borrowed.fill({ otp: recoveryCodes[0] ?? '' })
    await borrowed.press('Continue')
    await borrowed.isAt(/\/account/)
    await borrowed.press('Security')
    await borrowed.sees('9 codes left')
    await borrowed.leave()
  })

  test('removes them one by one; with the last the recovery codes end, and the password alone is enough again', async () => {
    await robin.reloads()
    await robin.press('Remove My phone')
    await robin.press('Remove')
    await robin.sees('The factor is removed.')
    await robin.press('Remove Code by e-mail')
    await robin.sees('It is your last one')
    await robin.press('Remove')
    await robin.sees('You have none yet')

    const elsewhere = await story.atMyAccount('Robin elsewhere', 'robin', PASSWORD)
    await elsewhere.leave()
  })
})

/** RFC 4648 section 6. */
function decoded(base32: string): Buffer {
  const bits = [...base32].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
