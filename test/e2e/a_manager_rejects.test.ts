/** The other end of an approval: no account, a reason, and a name that is free again. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../browser/person.ts'
import { openStory, openTask, PASSWORD, type Story, signIn } from './story.ts'

describe('a manager rejects', () => {
  let story: Story
  let robin: Person
  let alex: Person
  let cameron: Person

  const cannotSignIn = async (userName: string) => {
    await robin.goTo(`${story.house.issuer()}/login`)
    await signIn(robin, userName, PASSWORD)
    await robin.sees('The user name or the password is wrong.')
  }
  const nameIsFree = async (userName: string) => {
    await robin.goTo(`${story.house.issuer()}/signup`)
    await robin.fill({ username: userName })
    await robin.press('Continue')
    await robin.sees('A few details about you.')
  }

  beforeAll(async () => {
    story = await openStory()
    await Promise.all([story.apply('first'), story.apply('second')])
    robin = await story.person('Robin')
    alex = await story.atMyAccount('Alex', 'alex', 'alex123')
    cameron = await story.atMyAccount('Cameron', 'cameron', 'cameron123')
  })
  afterAll(() => story.close())

  test('Alex rejects with a comment, and sees the request as rejected', async () => {
    await openTask(alex, 'First Rider')
    await alex.fill({ comment: 'Please ask your own desk.' })
    await alex.decide('reject')
    await alex.sees('You rejected this request.')

    await alex.goTo(`${story.house.issuer()}/account/operations/approvals?state=decided`)
    await alex.sees('You rejected')
  })

  test('Cameron never sees it and gets no mail', async () => {
    await cameron.press('Operations')
    await cameron.sees('Nothing waits for you')
    expect(await story.mails('cameron@pickup.example', 'First Rider')).toEqual([])
  })

  test('the person is told with the reason, and has no account', async () => {
    const [mail, ...more] = await story.mails('first@example.org', 'About your registration')
    expect(more).toEqual([])
    expect(mail?.text).toContain('not approved')
    expect(mail?.text).toContain('Please ask your own desk.')
    await cannotSignIn('first')
  })

  test('the name is free again', () => nameIsFree('first'))

  test('Cameron rejects what Alex approved: the same', async () => {
    await alex.goTo(`${story.house.origin}/user-portal`)
    await openTask(alex, 'Second Rider')
    await alex.decide('approve')
    await alex.sees('You approved this request.')
    await story.house.messages()
    await cameron.reloads()
    await openTask(cameron, 'Second Rider')
    await cameron.fill({ comment: 'There is no vehicle left.' })
    await cameron.decide('reject')
    await cameron.sees('You rejected this request.')

    const [mail] = await story.mails('second@example.org', 'About your registration')
    expect(mail?.text).toContain('There is no vehicle left.')
    expect(await story.mails('second@example.org', 'is ready')).toEqual([])
    await cannotSignIn('second')
    await nameIsFree('second')
  })

  test('whoever was rejected may register again, and be approved', async () => {
    await story.apply('first')
    for (const [who, name] of [
      [alex, 'alex'],
      [cameron, 'cameron'],
    ] as const) {
      await story.house.messages()
      await who.goTo(`${story.house.origin}/user-portal`)
      await openTask(who, 'First Rider')
      await who.decide('approve')
      await who.sees('You approved this request.').catch((cause: unknown) => Promise.reject(new Error(name, { cause })))
    }

    await robin.goTo(`${story.house.issuer()}/login`)
    await signIn(robin, 'first', PASSWORD)
    await robin.sees('Welcome, First')
  })
})
