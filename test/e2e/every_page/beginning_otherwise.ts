/** A sign-in that asks for the name first, and one in which a script asks something: what a form, a wait and an error of its look like. */
import { expect } from 'vitest'
import { PASSWORD } from '../story.ts'
import type { Walk } from './reader.ts'

export const beginningWithTheName: Walk = async ({ story, person, named, visits, submits, looksAt }) => {
  const reader = named('opener')
  await story.giveRoles(reader, [])
  const request = await story.requestOf('open', {
    gatehouse_sign_in: { identifierFirst: true, steps: [{ anyOf: ['password', 'magic_link', 'email_otp'] }] },
  })
  const robin = await person('Robin')
  await visits(robin, request)
  await robin.fill({ username: reader })
  await submits(robin)
  await robin.page.locator('[name=password]').waitFor()
  await looksAt(robin)
  expect(await robin.page.locator('main form button[name=way]').count()).toBe(2)
  expect(await robin.page.locator('main a[href*="/recover?"]').count()).toBe(1)
  await robin.page.locator('button[name=way][value=magic_link]').click()
  await robin.page.locator('[name=otp]').waitFor()
  await looksAt(robin)

  const mails = await story.house.messages(`${reader}@pickup.example`)
  const link = mails.map(({ text }) => /https?:\S+\/login\/link\/open\?token=[\w-]+/.exec(text)?.[0]).find((found) => found !== undefined)
  const phone = await person('Robin’s phone')
  await visits(phone, link ?? 'no link came')
  await submits(phone)
  await phone.page.locator('.shown-code').waitFor()
  await looksAt(phone)
}

const SCRIPT = `var onLoginRequest = function (context) {
  executeStep(1, { onSuccess: function () {
    prompt('genericForm', { username: 'jo', inputs: [{ id: 'plate', label: 'Number plate of the car that you usually drive' }] }, {
      onSuccess: function () {
        prompt('internalWait', { waitingType: 'FIXED_DELAY', waitingDuration: 20 }, { onSuccess: function () { sendError(null, {}); } });
      }
    });
  } });
};`

export const askedByAScript: Walk = async ({ story, person, named, submits, looksAt }) => {
  const reader = named('asked')
  await story.giveRoles(reader, [])
  const request = await story.requestOf('scripted', { gatehouse_adaptive_script: SCRIPT })
  const robin = await person('Robin')
  await robin.goTo(request)
  await robin.fill({ username: reader, password: PASSWORD })
  await submits(robin)
  await robin.page.locator('[name=plate]').waitFor()
  await looksAt(robin)
  await robin.fill({ plate: 'AB 12 CD' })
  await submits(robin)
  await robin.page.locator('main [role=status]').waitFor()
  await looksAt(robin)
  const error = robin.page.locator('.emblem-error')
  // Who looks for longer than that finds that it went on by itself.
  await Promise.race([submits(robin), error.waitFor()])
  await error.waitFor()
  await looksAt(robin)
}
