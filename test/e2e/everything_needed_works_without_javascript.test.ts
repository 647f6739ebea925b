/** The whole way with JavaScript switched off: registering, deciding, signing in, consenting, leaving. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../browser/person.ts'
import { openStory, PASSWORD, profileOf, type Story, signIn } from './story.ts'

const WITHOUT_JAVASCRIPT = { javaScriptEnabled: false }

describe('with JavaScript switched off', () => {
  let story: Story
  let robin: Person
  let dispatch: string

  const opensFromMail = async (name: string, userName: string): Promise<Person> => {
    const [mail] = await story.mails(`${userName}@pickup.example`, 'Robin Rider')
    const manager = await story.person(name, WITHOUT_JAVASCRIPT)
    await manager.goTo(/https?:\S+\/approvals\/req_\S+/.exec(mail?.text ?? '')?.[0] ?? '')
    await signIn(manager, userName, `${userName}123`)
    await manager.sees('Registration of a new person: Robin Rider')
    return manager
  }

  beforeAll(async () => {
    story = await openStory()
    dispatch = `${story.house.samplesOrigin}/pickup-dispatch`
    robin = await story.person('Robin', WITHOUT_JAVASCRIPT)
  })
  afterAll(() => story.close())

  test('Robin registers; what is wrong is told by the server', async () => {
    await robin.goTo(dispatch)
    await robin.press('Login')
    await robin.press('Create account')
    await robin.fill({ username: 'robin' })
    await robin.press('Continue')
    await robin.fill({ ...profileOf('robin'), new_password: 'password123', accept_terms: true })
    await robin.press('Create account')
    await robin.sees('This password is on a list of common or leaked ones.')
    await robin.fill({ new_password: PASSWORD })
    await robin.press('Create account')

    await robin.sees('Your registration waits for approval')
  })

  test('loading the receipt again registers nobody', async () => {
    await robin.reloads()
    await robin.sees('Your registration waits for approval')
    expect((await story.house.context.stores.requests.list(10)).requests).toHaveLength(1)
  })

  test('opening the link of the mail decides nothing; Alex claims, releases and approves', async () => {
    const alex = await opensFromMail('Alex', 'alex')
    await alex.sees('robin@example.org')
    await alex.press('Claim')
    await alex.sees('You have claimed this request.')
    await alex.press('Release')
    await alex.sees('You have released this request.')
    await alex.fill({ comment: 'Known to us.' })
    await alex.decide('approve')

    await alex.sees('You approved this request.')
    expect(await alex.page.locator('button[name=decision]').count()).toBe(0)
    await alex.leave()
  })

  test('Cameron reads what Alex said, and approves', async () => {
    const cameron = await opensFromMail('Cameron', 'cameron')
    await cameron.sees('Known to us.')
    await cameron.sees(/Approved by Alex Miller/)
    await cameron.decide('approve')
    await cameron.sees('You approved this request.')
    await cameron.leave()
  })

  test('Robin denies, and Pickup Dispatch learns nothing', async () => {
    await story.house.messages()
    await robin.goTo(`${dispatch}/login`)
    await signIn(robin, 'robin', PASSWORD)
    await robin.decide('deny')

    await robin.sees('You were not signed in')
  })

  test('Robin consents to some, and Pickup Dispatch shows exactly those', async () => {
    await robin.goTo(`${dispatch}/login`)
    await robin.tick('claim', 'phone_number')
    await robin.decide('allow')

    await robin.sees('Welcome, Robin')
    expect((await robin.page.locator('tbody th code').allInnerTexts()).sort()).toEqual([
      'family_name',
      'given_name',
      'phone_number',
      'phone_number_verified',
    ])
  })

  test('My Account says that it needs JavaScript', async () => {
    await robin.goTo(`${story.house.origin}/user-portal`)
    // what stands in <noscript> is no text to the locators
    expect(await robin.page.content()).toContain('My Account needs JavaScript.')
  })

  test('Robin signs out at the address for it', async () => {
    await robin.goTo(`${story.house.issuer()}/logout`)
    await robin.sees('You are signed in as Robin Rider')
    await robin.press('Sign out')
    await robin.sees('You are signed out')

    await robin.goTo(dispatch)
    await story.house.messages()
    await robin.goTo(dispatch)
    await robin.sees('Login')
  })
})
