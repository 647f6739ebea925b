/** My Account is behind the tenant's script, by whichever application the session began. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Jar } from '../fixture/browser_jar.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import { openScriptHouse, type ScriptHouse } from '../fixture/script_house.ts'
import { signIn } from '../fixture/sign_in_house.ts'

const LETS_ON = 'var onLoginRequest = function (context) { executeStep(1); };'
const LETS_ON_TOO = 'var onLoginRequest = function (context) { executeStep(1, {}); };'
const REFUSES = `var onLoginRequest = function (context) { executeStep(1, { onSuccess: function () { fail({ errorMessage: 'closed' }); } }); };`
const ASKS_MORE = 'var onLoginRequest = function (context) { executeStep(1, { onSuccess: function () { executeStep(2); } }); };'

let house: ScriptHouse

beforeEach(async () => {
  house = await openScriptHouse()
  await house.setScript(LETS_ON)
})

afterEach(() => house.close())

/** Somebody is signed in by an application whose script is its own. */
async function signedInAtDesk(): Promise<Jar> {
  const jar = house.jar()
  expect(codeFrom(await house.begin(jar))).toBeTruthy()
  return jar
}

const me = (jar: Jar) => jar.get('/t/main/api/v1/me')

test('a session of an application opens no My Account whose script refuses', async () => {
  await house.setPolicy({ script: REFUSES })
  const jar = await signedInAtDesk()

  expect((await me(jar)).status).toBe(401)
  expect((await jar.get('/t/main/login')).status).toBe(403)
  expect((await me(jar)).status).toBe(401)
})

test('where the script asks for more than the application did, that is asked for on the way', async () => {
  await house.setPolicy({ script: ASKS_MORE })
  const totp = await house.addTotp()
  const jar = await signedInAtDesk()

  const asked = await jar.get('/t/main/login')
  expect(asked.url.pathname).toBe('/t/main/mfa')
  expect((await me(jar)).status).toBe(401)
  await jar.submit(asked, { otp: totp.code() })

  expect((await me(jar)).status).toBe(200)
})

test('where it asks for nothing more, nobody notices: it is asked once, and again when it has changed', async () => {
  await house.setPolicy({ script: LETS_ON })
  const jar = await signedInAtDesk()
  const tenants = async () => (await house.endings()).filter(({ event }) => event.clientId === undefined).length

  await jar.get('/t/main/login')
  expect((await me(jar)).status).toBe(200)
  await jar.get('/t/main/account')
  expect(await tenants()).toBe(1)

  await house.setPolicy({ script: LETS_ON_TOO })
  expect((await me(jar)).status).toBe(401)
  await jar.get('/t/main/account')
  expect((await me(jar)).status).toBe(200)
  expect(await tenants()).toBe(2)
})

test('whoever signs in to My Account itself is in, and a session without a script stays as it was', async () => {
  const before = await signedInAtDesk()
  expect((await me(before)).status).toBe(200)

  await house.setPolicy({ script: LETS_ON })
  const jar = house.jar()
  await signIn(jar, await jar.get('/t/main/login'))

  expect((await me(jar)).status).toBe(200)
})
