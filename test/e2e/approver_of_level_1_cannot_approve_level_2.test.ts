/** Who may decide is looked at when a person acts: by the roles that they hold then. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../browser/person.ts'
import { asks, openStory, openTask, PASSWORD, profileOf, type Story, signIn } from './story.ts'

describe('who may decide', () => {
  let story: Story
  let alex: Person
  let cameron: Person

  const atOperations = async (who: Person) => {
    await who.goTo(`${story.house.issuer()}/account/operations/approvals`)
    await who.page
      .getByText(/Nothing waits for you|Show more/)
      .first()
      .waitFor()
  }
  const stands = async (requestId: string) => {
    await story.house.messages()
    return (await story.house.context.stores.requests.find(requestId as `req_${string}`))?.request.state
  }

  beforeAll(async () => {
    story = await openStory()
    await story.giveRoles('chief', ['tenant-admin'])
    alex = await story.atMyAccount('Alex', 'alex', 'alex123')
    cameron = await story.atMyAccount('Cameron', 'cameron', 'cameron123')
  })
  afterAll(() => story.close())

  test('approver of level 2 cannot approve level 1, nor open the request', async () => {
    const requestId = await story.apply('early')
    await atOperations(cameron)
    await cameron.sees('Nothing waits for you')
    expect(await asks(cameron, 'POST', `/approvals/${requestId}/approve`, { level: 0 })).toBe(403)

    await cameron.goTo(`${story.house.issuer()}/approvals/${requestId}`)
    await cameron.sees('You cannot see this request')
    await cameron.doesNotSee('early@example.org')
  })

  test('approver of level 1 cannot approve level 2', async () => {
    const requestId = await story.apply('later')
    await alex.reloads()
    await openTask(alex, 'Later Rider')
    await alex.decide('approve')
    await alex.sees('You approved this request.')

    expect(await asks(alex, 'POST', `/approvals/${requestId}/approve`, { level: 1 })).toBe(403)
    expect(await stands(requestId)).toMatchObject({ kind: 'waiting', level: 1 })
  })

  test('one person with both roles decides one level, not two', async () => {
    await story.giveRoles('alex', ['junior-manager', 'senior-manager'])
    const requestId = await story.apply('double')
    await atOperations(alex)
    await openTask(alex, 'Double Rider')
    await alex.decide('approve')
    await alex.sees('You approved this request.')

    await atOperations(alex)
    await alex.doesNotSee(/Double Rider/)
    expect(await asks(alex, 'POST', `/approvals/${requestId}/approve`, { level: 1 })).toBe(403)
    expect(await stands(requestId)).toMatchObject({ kind: 'waiting', level: 1 })
    await story.giveRoles('alex', ['junior-manager'])
  })

  test('the applicant cannot approve the own request, not even with the link of the mail', async () => {
    await story.apply('eager')
    const [mail] = await story.mails('alex@pickup.example', 'Eager Rider')
    const eager = await story.person('Eager')
    await eager.goTo(/https?:\S+\/approvals\/req_\S+/.exec(mail?.text ?? '')?.[0] ?? '')
    await signIn(eager, 'eager', PASSWORD)

    await eager.sees('Your registration still waits for approval.')
    expect(await eager.page.locator('button[name=decision]').count()).toBe(0)
    await eager.leave()
  })

  test('an approver cannot approve an account that they registered for themselves, signed in, under another name', async () => {
    await alex.goTo(`${story.house.issuer()}/signup`)
    await alex.fill({ username: 'alexa' })
    await alex.press('Continue')
    await alex.fill(profileOf('alexa'))
    await alex.page.locator('input[name=accept_terms]').check()
    await alex.page.locator('button[type=submit]').last().click()
    await alex.sees('waits for approval')
    const { requests } = await story.house.context.stores.requests.list(50)
    const requestId = requests.find(({ userName }) => userName === 'alexa')?.id ?? ''

    await atOperations(alex)
    await alex.doesNotSee('Alexa Rider')
    expect(await asks(alex, 'POST', `/approvals/${requestId}/approve`, { level: 0 })).toBe(403)
    expect(await story.mails('alex@pickup.example', 'Alexa Rider')).toEqual([])
    await alex.goTo(`${story.house.issuer()}/approvals/${requestId}`)
    await alex.sees('You cannot see this request')
  })

  test('Alex loses the role before deciding: the click is refused, and the task is gone', async () => {
    const requestId = await story.apply('orphan')
    await atOperations(alex)
    await openTask(alex, 'Orphan Rider')
    await story.giveRoles('alex', [])
    await alex.decide('approve')

    await alex.sees('This request is not, or no longer, for you to decide.')
    await atOperations(alex)
    await alex.sees('Nothing waits for you')
    expect(await stands(requestId)).toMatchObject({ kind: 'waiting', level: 0 })
  })

  test('now nobody holds the role: the request is flagged, not lost, and an administrator is told', async () => {
    const { requests } = await story.house.context.stores.requests.list(10, { stands: 'unassigned' })
    expect(requests.map(({ userName }) => userName)).toContain('orphan')
    expect(await story.mails('chief@pickup.example', 'Nobody can decide about a registration')).not.toEqual([])

    const requestId = await story.apply('nobody')
    expect(await stands(requestId)).toMatchObject({ kind: 'waiting', level: 0, unassigned: true })
  })

  test('Kim gets the role and sees what waited, and the flag is gone', async () => {
    await story.giveRoles('kim', ['junior-manager'])
    const kim = await story.atMyAccount('Kim', 'kim', PASSWORD)
    await openTask(kim, 'Orphan Rider')
    await kim.doesNotSee('Nobody can decide this step')
    await kim.decide('approve')
    await kim.sees('You approved this request.')
    await kim.leave()

    const { requests } = await story.house.context.stores.requests.list(10, { stands: 'unassigned' })
    expect(requests).toEqual([])
    expect(await story.mails('cameron@pickup.example', 'Orphan Rider')).toHaveLength(1)
  })

  test('a manager who is switched off decides nothing any more, and is signed out', async () => {
    await story.giveRoles('noa', ['junior-manager'])
    const noa = await story.atMyAccount('Noa', 'noa', PASSWORD)
    await openTask(noa, 'Nobody Rider')
    const { users } = (await story.administer('GET', '/users?userName=noa')) as { users: { id: string }[] }
    await story.administer('PATCH', `/users/${users[0]?.id}`, { active: false })
    await noa.decide('approve')

    await noa.isAt(/\/login/)
    await signIn(noa, 'noa', PASSWORD)
    await noa.sees('This account is switched off.')
  })
})
