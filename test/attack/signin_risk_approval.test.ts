/** A sign-in that somebody has to let through: nobody gets round it, and what was approved is good for that sign-in only. */
import { deviceName } from '@gatehouse/core/user_agent.ts'
import { saveAssociation } from '@gatehouse/workflow/associations.ts'
import { decide } from '@gatehouse/workflow/decide.ts'
import { saveWorkflow } from '@gatehouse/workflow/definitions.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Jar, openJar, type Visit } from '../fixture/browser_jar.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import { CHROME, FIREFOX, HOME, OFFICE, openRiskHouse, PARIS, type RiskHouse, SYDNEY } from '../fixture/risk_house.ts'
import { PASSWORD, signIn } from '../fixture/sign_in_house.ts'

const HOUR = 3600
let house: RiskHouse

beforeEach(async () => {
  house = await openRiskHouse({ actions: { medium: 'approval', high: 'deny' } })
  await house.addUser('boss', PASSWORD)
  const ctx = await house.context()
  await saveWorkflow(ctx, { name: 'let in', levels: [{ name: 'boss', approvers: { users: ['boss', 'jo'] } }] })
  await saveAssociation(ctx, { operation: 'risky_sign_in', workflow: 'let in' })
  expect(codeFrom(await house.begin(openJar(house, HOME, FIREFOX)))).not.toBeNull()
  house.pass(24 * HOUR)
})
afterEach(() => house.close())

const away = () => openJar(house, PARIS, CHROME)
const path = (visit: Visit) => visit.url.pathname.replace('/t/main', '')

async function ask(jar: Jar): Promise<{ readonly page: Visit; readonly requestId: `req_${string}` }> {
  const page = await jar.submit(await house.begin(jar), {})
  const id = /req_[A-Za-z0-9_-]+/.exec(page.body)?.[0]
  if (id === undefined) throw new Error(page.body)
  return { page, requestId: id as `req_${string}` }
}

async function approve(requestId: `req_${string}`, verdict: 'approve' | 'reject' = 'approve', who = 'boss') {
  const ctx = await house.context()
  const user = await ctx.stores.users.findByName(who)
  return decide({ ...ctx, actor: user ? { userId: user.id } : {} }, { requestId, level: 0, verdict })
}

test('who is asked for approval waits, is let through by somebody else, once, and goes on in the same browser', async () => {
  const jar = away()
  const before = await house.begin(jar)
  const { page, requestId } = await ask(jar)
  const waiting = await jar.get(`${page.url.pathname}${page.url.search}`)

  await expect(approve(requestId, 'approve', 'jo')).rejects.toMatchObject({ code: 'forbidden' })
  await approve(requestId)
  const done = await jar.get(`${page.url.pathname}${page.url.search}`)

  expect([path(before), path(page), waiting.status]).toEqual(['/login/approval', '/login/approval', 200])
  expect(waiting.body).toContain(requestId)
  expect(codeFrom(done)).not.toBeNull()
  expect(await house.stores().risk.findHistory(house.jo.id)).toMatchObject({
    devices: [{ name: deviceName(CHROME) }, {}],
    places: [{ country: 'FR' }, {}],
  })
  expect((await house.stores().requests.find(requestId))?.data?.applicant.signIn).toEqual({
    risk: 'medium',
    seen: 'new_country, new_device',
    device: 'Chrome, Windows',
    ip: PARIS,
    country: 'FR',
    place: 'Paris, France',
  })
})

test('it is approved in the browser that asked, and in no other; and not for another place or device', async () => {
  const jar = away()
  const { requestId } = await ask(jar)
  await approve(requestId)
  const approval = [...jar.cookies].filter(([name]) => name.endsWith('approval'))
  const withApproval = (other: Jar) => {
    for (const [name, cookie] of approval) other.cookies.set(name, cookie)
    return other
  }
  house.places.set(OFFICE, { country: 'FR' })

  expect(path(await house.begin(away()))).toBe('/login/approval')
  expect(path(await house.begin(withApproval(openJar(house, PARIS, FIREFOX))))).toBe('/login/approval')
  house.places.set(SYDNEY, { country: 'AU' })
  expect(path(await house.begin(withApproval(openJar(house, SYDNEY, CHROME))))).toBe('/login/approval')
  expect(codeFrom(await house.begin(withApproval(away())))).not.toBeNull()
})

test('an approval is used once, and not after its time', async () => {
  await house.setRisk({ levels: { medium: 10, high: 500 } })
  const jar = away()
  const first = await ask(jar)
  await approve(first.requestId)
  const used = [...jar.cookies].filter(([name]) => name.endsWith('approval'))
  const going = await house.begin(jar)
  const copy = away()
  for (const [name, cookie] of used) copy.cookies.set(name, cookie)
  const again = await house.begin(copy)
  const late = await ask(copy)
  await approve(late.requestId)
  house.pass(2 * HOUR)

  expect(codeFrom(going)).not.toBeNull()
  expect(path(again)).toBe('/login/approval')
  expect(path(await house.begin(copy))).toBe('/login/approval')
})

test('who was declined stays outside, and nobody approves without being asked by the right password', async () => {
  const jar = away()
  const { page, requestId } = await ask(jar)
  await approve(requestId, 'reject')

  const declined = await jar.get(`${page.url.pathname}${page.url.search}`)
  const wrong = away()
  const shown = await signIn(wrong, await house.authorize(wrong), 'jo', 'a wrong guess')

  expect([declined.status, codeFrom(declined)]).toEqual([200, null])
  expect(declined.body).toContain('was not let through')
  expect(path(shown)).toBe('/login')
  expect(await house.events('request.opened')).toHaveLength(1)
})

test('whoever has the password does not fill the inbox: three requests a day', async () => {
  for (let n = 0; n < 3; n++) await ask(away())

  const fourth = away()
  const refused = await fourth.submit(await house.begin(fourth), {})

  expect(refused.status).toBe(429)
  expect(await house.events('request.opened')).toHaveLength(3)
})

test('a form of another sign-in, or of another site, asks for nothing', async () => {
  const jar = away()
  const shown = await house.begin(jar)
  const interaction = shown.url.searchParams.get('interaction') ?? ''

  const forged = await jar.post('/t/main/login/approval', { interaction, csrf: 'guessed' })

  expect(forged.status).toBe(403)
  expect(await house.events('request.opened')).toHaveLength(0)
})
