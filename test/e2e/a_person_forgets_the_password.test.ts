/** Robin forgets the password, with JavaScript and without; forgets the user name; and Sam, who was invited, chooses the first one. */
import { remakeRecoveryCodes } from '@gatehouse/identity/credentials.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../browser/person.ts'
import { openStory, PASSWORD, type Story, signIn } from './story.ts'

const ROBIN = 'robin@pickup.example'

describe('a person forgets the password', () => {
  let story: Story
  let issuer: string

  beforeAll(async () => {
    story = await openStory()
    issuer = story.house.issuer()
    await story.giveRoles('robin', [])
  })
  afterAll(() => story.close())

  const linkOf = async (to: string, subject: string) => {
    const mail = (await story.mails(to, subject)).at(-1)
    return /https?:\S+\/recover\/\S+/.exec(mail?.text ?? '')?.[0] ?? ''
  }
  const asks = async (robin: Person) => {
    await robin.press('Forgot your password?')
    await robin.fill({ username: ROBIN })
    await robin.press('Continue')
    await robin.sees('a message with a link is on its way')
  }

  test('with JavaScript: the rules are ticked off while typing, and the application that asked gets its answer', async () => {
    const robin = await story.person('Robin')
    await robin.goTo(`${story.house.samplesOrigin}/pickup-dispatch/login`)
    await asks(robin)
    await robin.goTo(await linkOf(ROBIN, 'A new password'))
    await robin.fill({ new_password: 'short' })
    await robin.page.locator('[data-rule^=minimum][data-state=unmet]').waitFor()
    await robin.fill({ new_password: `${PASSWORD} two` })
    await robin.page.locator('[data-rule^=minimum][data-state=met]').waitFor()
    await robin.press('Set the password')
    await robin.decide('allow')
    await robin.isAt(/pickup-dispatch$/)

    expect(await story.mails(ROBIN, 'was changed')).toHaveLength(1)
    await robin.leave()
  })

  test('without JavaScript, and with the link opened in another browser: the password is set, and one signs in with it', async () => {
    const robin = await story.person('Robin', { javaScriptEnabled: false })
    await robin.goTo(`${issuer}/login`)
    await asks(robin)
    const elsewhere = await story.person('Robin at the phone', { javaScriptEnabled: false })
    await elsewhere.goTo(await linkOf(ROBIN, 'A new password'))
    await elsewhere.fill({ new_password: 'password123' })
    await elsewhere.press('Set the password')
    await elsewhere.sees('This password is on a list of common or leaked ones.')
    await elsewhere.fill({ new_password: `${PASSWORD} three` })
    await elsewhere.press('Set the password')
    await elsewhere.sees('Your password is set')
    await elsewhere.press('Sign in')
    await signIn(elsewhere, 'robin', `${PASSWORD} two`)
    await elsewhere.sees('The user name or the password is wrong.')
    await signIn(elsewhere, 'robin', `${PASSWORD} three`)
    await elsewhere.isAt(/\/account/)
    await elsewhere.leave()
    await robin.leave()
  })

  test('with a second factor, that is asked for after the new password', async () => {
    await story.giveFactors('robin')
    const here = story.house.context
    const robin = await here.stores.users.findByName('robin')
    const codes = await remakeRecoveryCodes(here, robin?.id ?? 'usr_nobody')
    const person = await story.person('Robin')
    await person.goTo(`${issuer}/login`)
    await asks(person)
    await person.goTo(await linkOf(ROBIN, 'A new password'))
    await person.sees('so one thing more is asked for')
    await person.fill({ new_password: `${PASSWORD} four`, otp: codes[0] ?? '' })
    await person.press('Set the password')
    await person.sees('Confirm that it is you')
    await person.leave()
  })

  test('a forgotten user name comes by mail', async () => {
    const robin = await story.person('Robin', { javaScriptEnabled: false })
    await robin.goTo(`${issuer}/recover`)
    await robin.press('Forgot your user name, too?')
    await robin.fill({ email: ROBIN })
    await robin.press('Send the user names')
    await robin.sees('a message with the user name is on its way to it')

    expect((await story.mails(ROBIN, 'Your user name'))[0]?.text).toContain('User name: robin')
    await robin.leave()
  })

  test('Sam is invited, chooses a password, and signs in', async () => {
    const email = 'sam@pickup.example'
    await story.administer('POST', '/users', { userName: 'sam', emails: [{ value: email, primary: true }], gatehouse_invite: true })
    const sam = await story.person('Sam', { javaScriptEnabled: false })
    await sam.goTo(await linkOf(email, 'Your account at'))
    await sam.sees('has made an account for you')
    await sam.fill({ new_password: PASSWORD })
    await sam.press('Set the password')
    await sam.press('Sign in')
    await signIn(sam, 'sam', PASSWORD)
    await sam.isAt(/\/account/)
    await sam.leave()
  })
})
