/** The main way of the quick start, told by those who walk it. Each test goes on where the one before it ended. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../browser/person.ts'
import { openStory, openTask, PASSWORD, type Story, signIn } from './story.ts'

const ALEX = 'alex@pickup.example'
const CAMERON = 'cameron@pickup.example'
const TASK = 'Robin Rider asks for an account'

describe('a new person registers, two managers approve, the person signs in', () => {
  let story: Story
  let robin: Person
  let alex: Person
  let cameron: Person
  let dispatch: string
  let manager: string

  const registers = async (who: Person, userName: string) => {
    await who.goTo(dispatch)
    await who.press('Login')
    await who.press('Create account')
    await who.fill({ username: userName })
    await who.press('Continue')
  }

  beforeAll(async () => {
    story = await openStory()
    dispatch = `${story.house.samplesOrigin}/pickup-dispatch`
    manager = `${story.house.samplesOrigin}/pickup-manager`
    robin = await story.person('Robin')
  })
  afterAll(() => story.close())

  test('Login at Pickup Dispatch leads to the sign-in page of tenant main, which says for whom', async () => {
    await robin.goTo(dispatch)
    await robin.sees('Pickup Dispatch is the booking desk of the Pickup cab company.')
    await robin.press('Login')

    await robin.isAt((url) => url.href.startsWith(`${story.house.issuer()}/login`))
    await robin.sees('to continue to Pickup Dispatch')
  })

  test('Create account asks for a user name first, then for the profile', async () => {
    await robin.press('Create account')
    await robin.isAt(/\/signup/)
    expect(await robin.page.locator('input:visible').evaluateAll((fields) => fields.map((field) => field.getAttribute('name')))).toEqual([
      'username',
    ])
    await robin.fill({ username: 'robin' })
    await robin.press('Continue')

    await robin.sees('A few details about you.')
    for (const field of ['given_name', 'family_name', 'email', 'phone_number', 'new_password', 'accept_terms'])
      expect(await robin.page.locator(`[name="${field}"]`).isVisible(), field).toBe(true)
  })

  test('while Robin types a password, the page says which rules it meets', async () => {
    const length = robin.page.locator('main li').filter({ hasText: 'at least 8 characters' })

    await robin.fill({ new_password: 'cab' })
    await expect.poll(() => length.innerText()).toMatch(/\(not met yet\)/)
    await robin.fill({ new_password: PASSWORD })

    await expect.poll(() => length.innerText()).toMatch(/\(met\)/)
  })

  test('the privacy policy can be read, in the version that is agreed to', async () => {
    const opening = robin.context.waitForEvent('page')
    await robin.press(/^privacy policy/)
    const policy = await opening
    await policy.waitForLoadState()

    expect(await policy.locator('main').innerText()).toContain('Version 1')
    await policy.close()
  })

  test('after submitting, Robin is told that the registration waits for approval', async () => {
    await robin.fill({
      given_name: 'Robin',
      family_name: 'Rider',
      email: 'robin@example.org',
      phone_number: '+15550100199',
      accept_terms: true,
    })
    await robin.press('Create account')

    await robin.sees('Your registration waits for approval')
    await robin.sees('robin@example.org')
  })

  test('the right password is refused with the reason, since there is no account yet', async () => {
    await robin.press('Back to Pickup Dispatch')
    await robin.press('Login')
    await signIn(robin, 'robin', PASSWORD)

    await robin.sees('Your registration still waits for approval.')
    expect(await robin.context.cookies()).not.toContainEqual(expect.objectContaining({ name: expect.stringMatching(/session/) }))
  })

  test('a wrong password says nothing of the registration', async () => {
    await signIn(robin, 'robin', 'some other words')
    await robin.sees('The user name or the password is wrong.')
    await robin.doesNotSee(/approval/)
  })

  test('a user name that waits is told at once, and so is one that is taken', async () => {
    const other = await story.person('another Robin')
    await registers(other, 'Robin')
    await other.sees('A registration with this user name waits for approval already.')
    await other.fill({ username: 'alex' })
    await other.press('Continue')

    await other.sees('This user name is taken.')
    await other.leave()
  })

  test('a mail about it has come for Alex only, and its link opens the request', async () => {
    expect(await story.mails(ALEX, TASK)).toHaveLength(1)
    expect(await story.mails(CAMERON, TASK)).toEqual([])
    alex = await story.person('Alex')

    await alex.goTo(`${story.house.inbox}?to=${encodeURIComponent(ALEX)}`)
    await alex.press(new RegExp(TASK))
    await alex.page.frameLocator('iframe').getByRole('link', { name: 'Open the request' }).first().click()
    await signIn(alex, 'alex', 'alex123')

    await alex.isAt(/\/account\/approvals\/req_/)
    await alex.sees('Registration of a new person: Robin Rider')
    await alex.sees('robin@example.org')
  })

  test('Cameron sees nothing yet', async () => {
    cameron = await story.atMyAccount('Cameron', 'cameron', 'cameron123')
    await cameron.press('Operations')
    await cameron.sees('Nothing waits for you')
  })

  test('Alex finds the request at My Account under Pending approvals: who asks, when, everything, and the steps', async () => {
    await alex.goTo(`${story.house.origin}/user-portal`)
    await openTask(alex, 'Robin Rider')

    const task = alex.page.getByRole('article', { name: 'Robin Rider' })
    const facts = await task.locator('dl').innerText()
    for (const fact of ['Robin', 'Rider', 'robin', 'robin@example.org', '+15550100199']) expect(facts).toContain(fact)
    expect(facts).toMatch(/\b20\d\d\b/)
    expect(facts).not.toContain(PASSWORD)
    expect(await task.locator('ol').innerText()).toMatch(/Junior manager waiting[\s\S]*Senior manager to come/)
  })

  test('Alex approves with a comment and sees it as decided', async () => {
    await alex.fill({ comment: 'Known to us.' })
    await alex.decide('approve')
    await alex.sees('You approved this request.')
    await alex.goTo(`${story.house.issuer()}/account/operations/approvals`)
    await alex.sees('Nothing waits for you')

    await alex.page.getByText('Decided', { exact: true }).click()
    await alex.sees('You approved')
  })

  test('now, and only now, Cameron has the task and the mail, and sees what Alex said', async () => {
    expect(await story.mails(CAMERON, TASK)).toHaveLength(1)
    expect(await story.mails(ALEX, TASK)).toHaveLength(1)
    await cameron.reloads()
    await openTask(cameron, 'Robin Rider')

    await cameron.sees(/Approved by Alex Miller/)
    await cameron.sees('Known to us.')
  })

  test('Robin still cannot sign in: one approval is not two', async () => {
    await signIn(robin, 'robin', PASSWORD)
    await robin.sees('Your registration still waits for approval.')
  })

  test('Cameron approves: the account is there, and Robin gets a mail', async () => {
    expect(await story.mails('robin@example.org', 'is ready')).toEqual([])
    await cameron.decide('approve')
    await cameron.sees('You approved this request.')

    expect(await story.mails('robin@example.org', 'is ready')).toHaveLength(1)
    const { users } = (await story.administer('GET', '/users?userName=robin')) as { users: { active: boolean }[] }
    expect(users).toMatchObject([{ active: true }])
  })

  test('Robin signs in at Pickup Dispatch and is asked, in plain words, what it may see and what for', async () => {
    await robin.goTo(dispatch)
    await robin.press('Login')
    await signIn(robin, 'robin', PASSWORD)

    await robin.sees('Pickup Dispatch asks for access')
    await robin.sees('To show drivers and passengers who booked a ride')
    await robin.sees('See your e-mail address')
    const box = (claim: string) => robin.page.locator(`input[type=checkbox][name=claim][value=${claim}]`)
    for (const claim of ['given_name', 'family_name'])
      expect([await box(claim).isChecked(), await box(claim).isDisabled()], claim).toEqual([true, true])
    for (const claim of ['email', 'phone_number'])
      expect([await box(claim).isChecked(), await box(claim).isDisabled()], claim).toEqual([false, false])
  })

  test('Continue leads to Pickup Dispatch, which shows exactly the attributes that Robin allowed', async () => {
    await robin.tick('claim', 'email')
    await robin.press('Continue')

    await robin.isAt(dispatch)
    await robin.sees('Welcome, Robin')
    const shared = await robin.page.locator('tbody th code').allInnerTexts()
    expect(shared.sort()).toEqual(['email', 'email_verified', 'family_name', 'given_name'])
    await robin.doesNotSee('+15550100199')
  })

  test('Robin adds a booking', async () => {
    await robin.press('Bookings')
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    await robin.fill({
      passenger: 'Sam Smith',
      phone: '+15550100111',
      pickup_place: 'Harbour 3',
      pickup_at: `${tomorrow}T10:30`,
      driver: 'Robin',
    })
    await robin.press('Add booking')

    await robin.sees('The booking was added.')
    await robin.sees('Sam Smith')
  })

  test('Pickup Manager asks Robin for no password, only for its own consent', async () => {
    await robin.goTo(manager)
    await robin.press('Login')
    await robin.sees('Pickup Manager asks for access')
    expect(await robin.page.locator('[name=password]').count()).toBe(0)
    await robin.press('Continue')

    await robin.isAt(manager)
    await robin.sees('Welcome, Robin')
    await robin.doesNotSee('robin@example.org')
  })

  test('what was allowed once is not asked again', async () => {
    await robin.goTo(`${dispatch}/login`)
    await robin.isAt(dispatch)
    await robin.sees('Welcome, Robin')
  })

  test('logging out of Pickup Manager ends both', async () => {
    await robin.goTo(manager)
    await robin.press('Logout')
    await robin.isAt(manager)
    await robin.sees('Every booking its vehicle')
    await story.house.messages()

    await robin.goTo(dispatch)
    await robin.sees('You logged out elsewhere, so you are signed out here too.')
    await robin.press('Login')
    await robin.page.locator('[name=password]').waitFor()
  })
})
