/** A factor that is set up in the midst of a sign-in is no way round those that the person has. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type FactorHouse, openFactorHouse } from '../fixture/factor_house.ts'

let house: FactorHouse

beforeEach(async () => {
  house = await openFactorHouse()
})

afterEach(() => house.close())

test('with the password alone nobody adds a factor of their own, whatever level the request makes essential', async () => {
  const app = await house.addTotp()
  await house.setPolicy({
    steps: [{ anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false }],
    levels: [{ acr: 'urn:sms', steps: [['password'], ['sms_otp']] }],
  })
  const essential = { claims: JSON.stringify({ id_token: { acr: { essential: true, values: ['urn:sms'] } } }) }
  const [thief, owner] = [house.jar('203.0.113.9'), house.jar()]

  const asked = await house.begin(thief, essential)
  const enrolment = new URL(asked.url.href.replace('/mfa?', '/mfa/enrol?'))
  const shown = await thief.get(enrolment.href)
  const posted = await thief.submit({ ...asked, url: enrolment }, { kind: 'sms_otp', phone_number: '+491700000001', action: 'send' })
  const sent = await house.events('one_time_password.asked')
  const enrols = await owner.submit(await house.begin(owner, essential), { otp: app.code() })

  expect([asked, shown].map(({ url }) => url.pathname)).toEqual(['/t/main/mfa', '/t/main/mfa'])
  expect(posted.body).not.toContain('name="phone_number"')
  expect(sent).toEqual([])
  expect(enrols.url.pathname).toBe('/t/main/mfa/enrol')
})

test('a step that has to be, for another kind than the person has, asks for what they have first', async () => {
  const app = await house.addTotp()
  await house.setPolicy({
    steps: [
      { anyOf: ['password'], ifNotEnrolled: 'skip', rememberable: false },
      { anyOf: ['sms_otp'], ifNotEnrolled: 'enrol', rememberable: true },
    ],
  })
  const jar = house.jar()

  const asked = await house.begin(jar)
  const enrols = await jar.submit(asked, { otp: app.code() })

  expect(asked.url.pathname).toBe('/t/main/mfa')
  expect(asked.body).not.toContain('name="remember"')
  expect(enrols.url.pathname).toBe('/t/main/mfa/enrol')
})
