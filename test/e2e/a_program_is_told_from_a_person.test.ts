/** A tenant asks its forms to show that no program sends them: a browser works for it by itself, and who has no JavaScript waits. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from '../browser/accessible.ts'
import type { Person } from '../browser/person.ts'
import { openStory, PASSWORD, type Story, signIn } from './story.ts'

const policies = (captcha: object) => ({
  display_name: 'Pickup',
  policies: { captcha: { provider: 'proof_of_work', when: 'always', ...captcha } },
})

describe('where every form asks for work', () => {
  let story: Story
  let robin: Person

  beforeAll(async () => {
    story = await openStory()
    await story.giveRoles('robin', [])
    await story.administer('PUT', '/tenant', policies({ difficulty: 17 }))
    robin = await story.person('Robin')
  })
  afterAll(() => story.close())

  test('the page works for it while the person types, says so, and is accessible before and after', async () => {
    await robin.goTo(`${story.house.origin}/user-portal`)
    await robin.page.getByRole('progressbar').waitFor()
    await robin.sees('Checked: you are not a program.')
    await robin.page.getByText('You cannot do this check?').click()
    await robin.sees('Leave this page open for 60 seconds')

    await expectAccessible(robin.page)
    expect(await robin.page.getByRole('status').innerText()).toContain('Checked')
  })

  test('a wrong password brings the page and the work anew; the right one signs in', async () => {
    await signIn(robin, 'robin', 'not the password')
    await robin.sees('The user name or the password is wrong.')
    await signIn(robin, 'robin', PASSWORD)

    await robin.isAt(/\/account$/)
    expect(robin.troubles).toEqual([])
  })

  test('a form that is sent at once is held until the work is done, and sent then; the page stays alive meanwhile', async () => {
    await story.administer('PUT', '/tenant', policies({ difficulty: 20 }))
    const quick = await story.person('Quick')
    await quick.goTo(`${story.house.origin}/user-portal`)
    await quick.fill({ username: 'robin', password: PASSWORD })
    const sent = performance.now()
    await quick.page.keyboard.press('Enter')
    const lag = await quick.page
      .evaluate(async () => {
        const began = performance.now()
        await new Promise((resolve) => setTimeout(resolve, 50))
        return performance.now() - began
      })
      .catch(() => 0)

    await quick.isAt(/\/account$/)
    // Were the work the page's own, it would be late by all of it.
    expect(lag).toBeLessThan(Math.max(1000, (performance.now() - sent) / 2))
    expect(quick.troubles).toEqual([])
  })

  test('in a browser without workers the page does it in slices', async () => {
    await story.administer('PUT', '/tenant', policies({ difficulty: 14 }))
    const old = await story.person('Old browser')
    await old.context.addInitScript(() => Reflect.deleteProperty(window, 'Worker'))
    await old.goTo(`${story.house.origin}/user-portal`)
    await old.sees('Checked: you are not a program.')
    await signIn(old, 'robin', PASSWORD)

    await old.isAt(/\/account$/)
  })

  test('without JavaScript the page says why and what to do, and waiting is accepted', async () => {
    await story.administer('PUT', '/tenant', policies({ waitSeconds: 15 }))
    const plain = await story.person('Plain', { javaScriptEnabled: false })
    // A function that runs already looks at the tenant anew within five seconds.
    const says = async () => {
      await plain.goTo(`${story.house.origin}/user-portal`)
      return plain.page.locator('main').innerText()
    }
    await expect
      .poll(says, { interval: 1_000 })
      .toContain('The check needs JavaScript, which is off in your browser. Leave this page open for 15 seconds')
    const opened = Date.now()
    await signIn(plain, 'robin', PASSWORD)
    await plain.sees(/The check was not done/)
    await plain.page.waitForTimeout(Math.max(0, opened + 16_500 - Date.now()))
    await signIn(plain, 'robin', PASSWORD)

    await plain.isAt(/\/account$/)
  })

  test('on a phone, in Arabic and in the dark it fits and is accessible', async () => {
    const phone = await story.person('Phone', { viewport: { width: 320, height: 640 }, locale: 'ar', colorScheme: 'dark' })
    await phone.goTo(`${story.house.issuer()}/signup`)
    await phone.sees('تم التحقق')

    await expectAccessible(phone.page)
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  })
})
