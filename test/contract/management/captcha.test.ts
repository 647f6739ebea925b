/** The check against programs by the management API: its secret goes in, is kept, and never comes out. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Body, type ManagementHouse, openManagementHouse } from './management_house.ts'

const TURNSTILE = { provider: 'turnstile', siteKey: 'our-site' }
const settings = (captcha: unknown) => ({ display_name: 'Main', policies: { captcha } })

let house: ManagementHouse
let admin: string

beforeEach(async () => {
  house = await openManagementHouse()
  admin = await house.administratorToken()
})
afterEach(() => house.close())

const put = (captcha: unknown) => house.api(admin, 'PUT', '/tenant', settings(captcha))
const stored = async () => (await house.stores().tenant.find())?.policies.captcha

test('what is left out is the house’s default', async () => {
  const { status, body } = await put({ provider: 'proof_of_work' })

  expect(status).toBe(200)
  expect((body.policies as Body).captcha).toEqual({
    provider: 'proof_of_work',
    when: 'by_risk',
    forms: ['sign_in', 'sign_up', 'recovery', 'code_resend'],
    difficulty: 17,
    minimumScore: 0.5,
    waitSeconds: 60,
  })
})

test('a secret is stored sealed, is in no answer, and stays while the site key stays', async () => {
  const { body } = await put({ ...TURNSTILE, secret: 'their-secret' })
  const sealed = (await stored())?.sealedSecret
  expect(sealed).toBeTypeOf('string')
  expect(JSON.stringify(await stored())).not.toContain('their-secret')
  expect(JSON.stringify([body, (await house.api(admin, 'GET', '/tenant')).body])).not.toMatch(/their-secret|ealedSecret/)

  expect((await put({ ...TURNSTILE, when: 'always' })).status).toBe(200)

  expect(await stored()).toMatchObject({ when: 'always', sealedSecret: sealed })
})

test('an export, applied again, changes nothing', async () => {
  await put({ ...TURNSTILE, secret: 'their-secret' })
  const before = await stored()
  const { body } = await house.api(admin, 'GET', '/tenant')

  expect((await put((body.policies as Body).captcha)).status).toBe(200)
  expect(await stored()).toEqual(before)
})

test.each([
  ['no secret, and none stored', TURNSTILE, '/policies/captcha/secret'],
  ['no site key', { provider: 'hcaptcha', secret: 's' }, '/policies/captcha/siteKey'],
  ['a secret where there is none', { provider: 'proof_of_work', secret: 's' }, '/policies/captcha/secret'],
  ['work that takes hours', { provider: 'proof_of_work', difficulty: 40 }, '/policies/captcha/difficulty'],
  ['a form that there is not', { provider: 'proof_of_work', forms: ['sign_out'] }, '/policies/captcha/forms/0'],
])('%s is refused, and says where', async (_, captcha, path) => {
  const { status, body } = await put(captcha)

  expect(status).toBe(422)
  expect(JSON.stringify(body)).toContain(path)
})

test('the secret of another site key is not kept for this one', async () => {
  await put({ ...TURNSTILE, secret: 'their-secret' })

  expect((await put({ ...TURNSTILE, siteKey: 'another-site' })).status).toBe(422)
  expect((await put({ ...TURNSTILE, provider: 'hcaptcha' })).status).toBe(422)
})

test('a level of the request belongs to by_risk, and needs weights', async () => {
  const settle = (captcha: unknown, risk?: unknown) =>
    house.api(admin, 'PUT', '/tenant', { display_name: 'Main', policies: { captcha, ...(risk === undefined ? {} : { risk }) } })
  const asking = { provider: 'proof_of_work', risk: 'medium' }

  expect(JSON.stringify((await settle(asking)).body)).toContain('/policies/captcha/risk')
  expect(JSON.stringify((await settle({ ...asking, when: 'always' }, {})).body)).toContain('/policies/captcha/risk')
  expect((await settle({ ...asking, risk: 'low' }, {})).status).toBe(422)

  expect((await settle(asking, {})).status).toBe(200)
  expect(await stored()).toMatchObject({ when: 'by_risk', risk: 'medium' })
  expect(((await house.api(admin, 'GET', '/tenant')).body.policies as Body).captcha).toMatchObject({ risk: 'medium' })
})
