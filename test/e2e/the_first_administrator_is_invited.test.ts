/** The link that a start prints while there is no administrator: it works once. */
import { createFirstInvitation } from '@gatehouse/identity/invitation.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStory, PASSWORD, profileOf, type Story, signIn } from './story.ts'

describe('the first administrator', () => {
  let story: Story
  let link: string

  beforeAll(async () => {
    story = await openStory({ empty: true })
    link = (await createFirstInvitation(story.house.context)) ?? ''
  })
  afterAll(() => story.close())

  test('chooses a name and a password, and signs in with them', async () => {
    const chief = await story.person('Chief')
    await chief.goTo(link)
    await chief.sees('You become the first administrator.')
    const { phone_number: _, ...profile } = profileOf('chief')
    await chief.fill({ username: 'chief', ...profile })
    await chief.press('Create the administrator')
    await chief.sees('The account was created. You can sign in now.')
    await signIn(chief, 'chief', PASSWORD)

    await chief.isAt(/\/account$/)
    await chief.sees('Welcome, Chief')
  })

  test('is the only one whom the link helps', async () => {
    const thief = await story.person('Thief')
    await thief.goTo(link)
    expect(await thief.page.locator('[name=new_password]').count()).toBe(0)
    expect(await createFirstInvitation(story.house.context)).toBeUndefined()
  })
})
