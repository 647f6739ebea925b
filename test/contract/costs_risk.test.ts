/** What looking at risk costs: nothing where it is off, and stated units where it is on. */
import { expect, test } from 'vitest'
import { openJar } from '../fixture/browser_jar.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import { FIREFOX, HOME, openRiskHouse } from '../fixture/risk_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

test('a sign-in from a known device costs one read and one write unit more where risk is looked at', async () => {
  const house = await openRiskHouse()
  const jar = openJar(house, HOME, FIREFOX)
  const spend = async () => {
    const shown = await house.authorize(jar, { prompt: 'login' })
    const lines = house.logs.length
    expect(codeFrom(await signIn(jar, shown, 'jo', PASSWORD))).not.toBeNull()
    const last = house.logs
      .slice(lines)
      .filter(({ message }) => message === 'request')
      .at(-1)
    return { read: Number(last?.fields.read), write: Number(last?.fields.write) }
  }
  await spend()
  house.pass(60)
  const on = await spend()
  const { tenant } = house.stores()
  const before = await tenant.find()
  if (!before) throw new Error('there is no tenant')
  const { risk: _, ...policies } = before.policies
  await tenant.update({ ...before, policies })
  house.house.cache.tenants.forget('main')
  house.pass(60)

  const off = await spend()

  expect({ read: on.read - off.read, write: on.write - off.write }).toEqual({ read: 1, write: 1 })
  house.close()
})
