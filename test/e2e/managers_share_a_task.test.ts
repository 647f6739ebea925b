/** Two people hold the role of one level: they take the task, give it back, and never decide it twice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../browser/person.ts'
import { asks, openStory, openTask, PASSWORD, type Story } from './story.ts'

describe('two junior managers', () => {
  let story: Story
  let alex: Person
  let jamie: Person

  const opens = async (who: Person, applicant: string) => {
    await who.goTo(`${story.house.origin}/user-portal`)
    await openTask(who, applicant)
  }

  beforeAll(async () => {
    story = await openStory()
    await story.giveRoles('jamie', ['junior-manager'])
    alex = await story.atMyAccount('Alex', 'alex', 'alex123')
    jamie = await story.atMyAccount('Jamie', 'jamie', PASSWORD)
  })
  afterAll(() => story.close())

  test('both get the mail and see the task', async () => {
    await story.apply('shared')
    expect(await story.mails('alex@pickup.example', 'Shared Rider')).toHaveLength(1)
    expect(await story.mails('jamie@pickup.example', 'Shared Rider')).toHaveLength(1)
    await opens(alex, 'Shared Rider')
    await opens(jamie, 'Shared Rider')
    await jamie.sees('Approve')
  })

  test('who decides a task that was claimed meanwhile is told, and nothing is decided', async () => {
    await alex.press('Claim')
    await alex.sees('You have claimed this request.')

    await jamie.decide('approve')
    await jamie.sees('Somebody was faster')
    await jamie.sees('Alex Miller is at it. You can decide once it is released.')
    expect(await jamie.page.locator('button[name=decision]').count()).toBe(0)
  })

  test('a claimed task is seen as taken, and its buttons are gone', async () => {
    await jamie.reloads()
    await jamie.sees('Claimed by Alex Miller')
    await openTask(jamie, 'Shared Rider')
    await jamie.sees('Alex Miller is at it.')
    expect(await jamie.page.locator('button[name=decision]').count()).toBe(0)
  })

  test('releasing gives it back, and Jamie decides', async () => {
    await alex.press('Release')
    await alex.sees('You have released this request.')
    await opens(jamie, 'Shared Rider')
    await jamie.decide('approve')

    await jamie.sees('You approved this request.')
    await alex.reloads()
    await alex.sees('Nothing waits for you')
  })

  test('what was claimed at the first level is free at the second', async () => {
    await story.giveRoles('casey', ['senior-manager'])
    await story.apply('stepped')
    await opens(alex, 'Stepped Rider')
    await alex.press('Claim')
    await alex.sees('You have claimed this request.')
    await alex.decide('approve')
    await alex.sees('You approved this request.')
    await story.house.messages()

    const casey = await story.atMyAccount('Casey', 'casey', PASSWORD)
    await openTask(casey, 'Stepped Rider')
    await casey.doesNotSee(/Claimed by/)
    await casey.decide('approve')
    await casey.sees('You approved this request.')
    expect(await story.mails('stepped@example.org', 'is ready')).toHaveLength(1)
    await casey.leave()
  })

  test('when both decide at once, exactly one decision counts and the other person is told', async () => {
    const requestId = await story.apply('contested')
    await opens(alex, 'Contested Rider')
    await opens(jamie, 'Contested Rider')
    await Promise.all([alex.decide('approve'), jamie.decide('reject')])

    const wins = async (who: Person) => {
      const outcome = who.page.getByText(/You (approved|rejected) this request\.|Somebody was faster/).first()
      await outcome.waitFor()
      return (await outcome.innerText()).startsWith('You')
    }
    expect((await Promise.all([wins(alex), wins(jamie)])).filter(Boolean)).toHaveLength(1)
    const record = await story.house.context.stores.requests.find(requestId as `req_${string}`)
    expect(record?.decisions).toHaveLength(1)
  })

  test('whoever asks again what was decided is refused', async () => {
    const requestId = await story.apply('twice')
    await opens(alex, 'Twice Rider')
    await alex.decide('approve')
    await alex.sees('You approved this request.')

    for (const who of [alex, jamie]) expect(await asks(who, 'POST', `/approvals/${requestId}/reject`, { level: 0 }), who.name).toBe(409)
  })
})
