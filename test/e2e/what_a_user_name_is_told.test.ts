/** The first step of self-registration, and what the second one does not take. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../browser/person.ts'
import { openStory, PASSWORD, profileOf, type Story } from './story.ts'

describe('a person who registers', () => {
  let story: Story
  let robin: Person
  let main: string

  beforeAll(async () => {
    story = await openStory()
    main = story.house.issuer('main')
    await story.administer('PUT', '/tenants/acme', { display_name: 'Acme Cabs' })
    robin = await story.person('Robin')
  })
  afterAll(() => story.close())
  beforeEach(() => robin.goTo(`${main}/signup`))

  const enters = async (userName: string) => {
    await robin.fill({ username: userName })
    await robin.press('Continue')
  }

  test('name@tenant moves to the sign-up of that tenant', async () => {
    await enters('robin@acme')

    await robin.isAt((url) => url.href.startsWith(`${story.house.issuer('acme')}/signup`))
    await robin.sees('You are registering with Acme Cabs now.')
    expect(await robin.page.locator('[name=username]').inputValue()).toBe('robin')
    await robin.press('Continue')
    await robin.fill({ ...profileOf('robin'), accept_terms: true })
    await robin.press('Create account')
    await robin.sees('Your account is ready')
  })

  test('the same name is still free at the first tenant', async () => {
    await enters('robin')
    await robin.sees('A few details about you.')
  })

  test('a tenant that does not exist is told', async () => {
    await enters('robin@nowhere')
    await robin.sees('There is no organisation named nowhere.')
    expect(robin.page.url().split('?')[0]).toBe(`${story.house.issuer()}/signup`)
  })

  test('an e-mail address is just a user name', async () => {
    await enters('robin@example.org')
    await robin.sees('A few details about you.')
    await robin.sees('robin@example.org')
  })

  test('what cannot be a user name is told', async () => {
    await enters('ro bin')
    await robin.sees('This cannot be a user name.')
  })

  test('an empty form comes back with what is missing, and with what was entered', async () => {
    await enters('empty')
    await robin.page.locator('form').evaluate((form: HTMLFormElement) => {
      form.noValidate = true
    })
    await robin.fill({ given_name: 'Robin' })
    await robin.press('Create account')

    await robin.sees(/There are \d things to correct/)
    await robin.sees('You can only register if you agree to this.')
    expect(await robin.page.locator('[name=given_name]').inputValue()).toBe('Robin')
    expect(await robin.page.title()).toMatch(/^Error:/)
  })

  for (const [password, words] of [
    ['short', 'The password needs at least 8 characters.'],
    ['password123', 'This password is on a list of common or leaked ones.'],
    ['riderbert-77', 'The password must not contain'],
  ] as const)
    test(`the password ${password} is refused with the reason`, async () => {
      await enters('riderbert')
      await robin.fill({ ...profileOf('riderbert'), new_password: password, accept_terms: true })
      await robin.press('Create account')

      await robin.sees(words)
      expect(await robin.page.locator('[name=new_password]').inputValue()).toBe('')
    })

  test('an address that somebody else has goes on like any other, and only its owner is told', async () => {
    await story.giveRoles('owner', [])
    await enters('copycat')
    await robin.fill({ ...profileOf('copycat'), email: 'owner@pickup.example', new_password: PASSWORD, accept_terms: true })
    await robin.press('Create account')

    await robin.sees('Your registration waits for approval')
    expect(await story.mails('owner@pickup.example', 'You already have an account')).toHaveLength(1)
  })

  test('where an account needs no approval, it is there at once, and the mail confirms the address', async () => {
    await robin.goTo(`${story.house.issuer('acme')}/signup`)
    await enters('sam')
    await robin.fill({ ...profileOf('sam'), accept_terms: true })
    await robin.press('Create account')
    await robin.sees('Your account is ready')

    const [mail] = await story.mails('sam@example.org', 'confirm your e-mail address')
    await robin.goTo(/https?:\S+verify-email\S+/.exec(mail?.text ?? '')?.[0] ?? '')
    await robin.press('Confirm the address')
    await robin.sees('Address confirmed')
  })
})
