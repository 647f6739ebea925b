/** Robin makes a passkey at My Account and signs in with it: without a name, from the field for the name, beside a password, and on the way into an application. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from '../browser/accessible.ts'
import type { Person } from '../browser/person.ts'
import { addVirtualAuthenticator, type StoredPasskey, type VirtualAuthenticator } from '../browser/virtual_authenticator.ts'
import { openStory, PASSWORD, type Story, signIn } from './story.ts'

const ROBIN = 'robin@pickup.example'

describe('Robin and a passkey', () => {
  let story: Story
  let robin: Person
  let device: VirtualAuthenticator
  let login: string

  beforeAll(async () => {
    story = await openStory()
    login = `${story.house.issuer()}/login`
    await story.giveRoles('robin', [])
    robin = await story.atMyAccount('Robin', 'robin', PASSWORD)
    device = await addVirtualAuthenticator(robin.page)
    await robin.page.addInitScript(() => {
      if (sessionStorage.getItem('quiet')) Reflect.deleteProperty(PublicKeyCredential, 'isConditionalMediationAvailable')
    })
  })
  afterAll(() => story.close())

  const signsOut = async () => {
    await robin.goTo(`${story.house.issuer()}/logout`)
    await robin.decide('allow')
  }

  /** The sign-in page in a browser that offers nothing by itself, so that nothing overtakes whoever presses the button. */
  const opensQuietly = async () => {
    await device.touches(false)
    await robin.goTo(login)
    await robin.page.evaluate(() => sessionStorage.setItem('quiet', 'yes'))
    await robin.goTo(login)
    await robin.page.evaluate(() => sessionStorage.removeItem('quiet'))
  }

  test('is told once that a passkey would do, says no, and is not told again in this browser', async () => {
    await robin.goTo(`${story.house.issuer()}/account`)
    await robin.sees('Sign in faster next time')
    await expectAccessible(robin.page)
    await robin.press('No, thanks')
    await robin.doesNotSee('Sign in faster next time')

    const asked = robin.page.waitForResponse((answer) => answer.url().endsWith('/api/v1/me'))
    await robin.goTo(`${story.house.issuer()}/account`)
    expect(await (await asked).json()).toMatchObject({ offersPasskey: true })
    await robin.sees('Your password, and the browsers')
    await robin.doesNotSee('Sign in faster next time')
  })

  test('gives up once, is told what that means, and then makes one', async () => {
    await robin.press('Security')
    await robin.sees('instead of a password')
    await robin.press('Add a passkey')
    await robin.sees('From then on your password alone is not enough')
    await expectAccessible(robin.page)
    await device.verifies(false)
    await robin.press('Go on')
    await robin.sees('Nothing was confirmed.')
    await device.verifies(true)
    await robin.fill({ name: 'My laptop' })
    await robin.press('Go on')

    await robin.sees('The passkey is added.')
    await robin.sees('My laptop')
    expect(await device.passkeys()).toMatchObject([{ isResidentCredential: true, rpId: new URL(login).hostname }])
    expect(await story.mails(ROBIN, 'Your sign-in at')).toMatchObject([{ text: expect.stringContaining('A passkey was added') }])
  })

  test('is told that this device has one already, and gives it another name', async () => {
    await robin.press('Add a passkey')
    await robin.press('Go on')
    await robin.sees('There is a passkey for your account on this device already.')
    await robin.page.keyboard.press('Escape')
    await robin.press('Rename My laptop')
    await robin.fill({ name: 'The blue laptop' })
    await robin.press('Save')

    await robin.sees('The blue laptop')
  })

  test('signs in without typing anything', async () => {
    await signsOut()
    await opensQuietly()
    await device.touches(true)
    await robin.press('Sign in with a passkey')

    await robin.isAt(/\/account$/)
  })

  test('signs in from the field for the name, where the browser offers it', async () => {
    await signsOut()
    await device.touches(true)
    await robin.goTo(login)

    await robin.isAt(/\/account$/)
  })

  test('gives up at the sign-in page, and reads what to do', async () => {
    await signsOut()
    await opensQuietly()
    await device.verifies(false)
    await device.touches(true)
    await robin.press('Sign in with a passkey')
    await robin.sees('Nothing was confirmed. Try again, or use something else.')
    await expectAccessible(robin.page)
    await device.verifies(true)

    await robin.press('Sign in with a passkey')
    await robin.isAt(/\/account$/)
  })

  test('with the password first, the passkey is asked for; elsewhere there is a recovery code', async () => {
    await robin.press('Security')
    await robin.press('Make recovery codes')
    await robin.page.locator('.recovery-codes li').first().waitFor()
    const codes = await robin.page.locator('.recovery-codes li').allInnerTexts()
    await robin.press('I have kept them')
    await signsOut()
    await device.touches(false)
    await robin.goTo(login)
    await signIn(robin, 'robin', PASSWORD)
    await robin.sees('Confirm with a passkey')
    await expectAccessible(robin.page)
    await device.touches(true)
    await robin.press('Use a passkey')
    await robin.isAt(/\/account$/)

    const elsewhere = await story.person('Robin without JavaScript', { javaScriptEnabled: false })
    await elsewhere.goTo(login)
    await elsewhere.doesNotSee('Sign in with a passkey')
    await signIn(elsewhere, 'robin', PASSWORD)
    await elsewhere.sees('Passkeys need JavaScript')
    await elsewhere.press(/^Recovery code/)
    await elsewhere.fill({ otp: codes[0] ?? '' })
    await elsewhere.press('Continue')
    await elsewhere.isAt(/\/account/)
    await elsewhere.leave()
  })

  test('a copy of the passkey that has fallen behind is refused, and Robin is told', async () => {
    const [passkey] = await device.passkeys()
    const thief = await story.person('A thief, with a browser that offers nothing by itself')
    await thief.page.addInitScript(() => Reflect.deleteProperty(PublicKeyCredential, 'isConditionalMediationAvailable'))
    const copy = await addVirtualAuthenticator(thief.page)
    await copy.add({ ...(passkey as StoredPasskey), signCount: 0 })
    await thief.goTo(login)
    await thief.press('Sign in with a passkey')

    await thief.sees('This passkey is not accepted here.')
    expect(await story.mails(ROBIN, 'may have been copied')).toHaveLength(1)
    await thief.leave()
    await robin.press('Security')
    await robin.sees('somebody came with what may be a copy of this passkey')
  })

  test('removes it, and the password alone is enough again', async () => {
    await robin.press('Remove The blue laptop')
    await robin.sees('Remove it from your device or your password manager, too.')
    await robin.press('Remove')
    await robin.sees('The passkey is removed.')
    // My Account has told the device, which keeps none that opens nothing.
    await expect.poll(() => device.passkeys()).toEqual([])
    expect((await story.mails(ROBIN, 'Your sign-in at')).at(-1)?.text).toContain('A passkey was removed')
    const elsewhere = await story.atMyAccount('Robin elsewhere', 'robin', PASSWORD)
    await elsewhere.leave()
  })

  test('Sam makes one on the way into an application that needs it', async () => {
    await story.giveRoles('sam', [])
    const sam = await story.person('Sam')
    const phone = await addVirtualAuthenticator(sam.page)
    await sam.goTo(await story.requestThatNeeds('passkey'))
    await signIn(sam, 'sam', PASSWORD)
    await sam.sees('there is nothing to remember or to type')
    await expectAccessible(sam.page)
    await sam.press('Make a passkey')

    await sam.decide('allow')
    await sam.isAt((url) => url.searchParams.has('code'))
    expect(await phone.passkeys()).toHaveLength(1)
    await sam.leave()
  })
})
